/**
 * For tests: how mux routes a model, from the raw text of its files. Written from a description of
 * mux by another author than `mux-route.ts`, which it does not use, so that the two cannot share a
 * mistake.
 */
import { existsSync, readFileSync, statSync } from "node:fs";

/** mux's files as text; null for a file that does not exist. */
export interface MuxHome {
  readonly providers: string | null;
  readonly config: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
}

interface Members {
  readonly [member: string]: unknown;
}

const GATEWAYS = ["mux-gateway", "openrouter", "github-copilot", "coder", "bedrock"] as const;
type Gateway = (typeof GATEWAYS)[number];

/** `origin>gateway` for every provider whose models a gateway has. */
const SERVED = new Set(
  [
    "mux-gateway: anthropic openai google xai",
    "openrouter: anthropic openai google xai deepseek moonshotai",
    "github-copilot: openai anthropic google",
    "coder: anthropic openai",
    "bedrock: anthropic",
  ].flatMap((line) => {
    const [gateway = "", origins = ""] = line.split(": ");
    return origins.split(" ").map((origin) => `${origin}>${gateway}`);
  }),
);

const KEY_VARIABLES: Readonly<Record<string, readonly string[]>> = {
  anthropic: ["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"],
  openai: ["OPENAI_API_KEY"],
  google: ["GOOGLE_GENERATIVE_AI_API_KEY", "GOOGLE_API_KEY"],
  xai: ["XAI_API_KEY"],
  openrouter: ["OPENROUTER_API_KEY"],
  deepseek: ["DEEPSEEK_API_KEY"],
  moonshotai: ["MOONSHOT_API_KEY"],
  "github-copilot": ["GITHUB_COPILOT_TOKEN"],
};

/** "direct", or the gateway to which mux sends the model. */
export function secondRoute(home: MuxHome, origin: string, model: string): string {
  const providers = membersOf(parsed(home.providers));
  const config = membersOf(parsed(home.config));
  const provider = membersOf(providers[origin]);
  if (isCustom(provider)) return "direct";

  const priority = Array.isArray(config["routePriority"]) ? config["routePriority"] : null;
  const gateways = GATEWAYS.filter((gateway) => {
    if (gateway === "mux-gateway" && !priority && config["muxGatewayEnabled"] === false) {
      return false;
    }
    return isUsableGateway(gateway, membersOf(providers[gateway]), home.env);
  });
  const chosen = membersOf(config["routeOverrides"])[`${origin}:${model}`];
  const wishes = [
    ...(chosen === origin ? ["direct"] : [chosen]),
    // Without a list, mux saves one at its next start: each of its gateways, then "direct".
    ...(priority ?? [...gateways, "direct"]),
  ];
  for (const wish of wishes) {
    if (wish === "direct") {
      if (isOn(provider) && hasKey(origin, provider, home.env)) return "direct";
      continue;
    }
    const gateway = gateways.find((id) => id === wish);
    if (!gateway || !SERVED.has(`${origin}>${gateway}`)) continue;
    if (hasModel(gateway, membersOf(providers[gateway]), model)) return gateway;
  }
  return "direct";
}

function isUsableGateway(id: Gateway, members: Members, env: MuxHome["env"]): boolean {
  if (isCustom(members) || !isOn(members)) return false;
  switch (id) {
    case "mux-gateway":
      return isText(members["couponCode"]) || isText(members["voucher"]);
    case "openrouter":
      return hasKey(id, members, env);
    case "github-copilot":
      return hasKey(id, members, env);
    case "coder":
      return (
        isText(members["deploymentUrl"]) && Object.keys(membersOf(members["coderOauth"])).length > 0
      );
    case "bedrock": {
      // A region alone does not count, and neither do credentials without a region.
      const hasPair = isText(members["accessKeyId"]) && isText(members["secretAccessKey"]);
      return isText(members["region"]) && (hasPair || isText(members["bearerToken"]));
    }
    default:
      return id satisfies never;
  }
}

/** Only GitHub Copilot names its models; without a list it has all of them. */
function hasModel(gateway: Gateway, { models }: Members, model: string): boolean {
  if (gateway !== "github-copilot" || !Array.isArray(models)) return true;
  return models.some((entry: unknown) => (membersOf(entry)["id"] ?? entry) === model);
}

function hasKey(id: string, members: Members, env: MuxHome["env"]): boolean {
  const { apiKey, apiKeyFile } = members;
  if (isText(apiKey) && !apiKey.startsWith("op://")) return true;
  if (isText(apiKeyFile) && hasText(apiKeyFile)) return true;
  return (KEY_VARIABLES[id] ?? []).some((name) => isText(env[name]));
}

function hasText(file: string): boolean {
  if (!existsSync(file)) return false;
  const facts = statSync(file);
  return facts.isFile() && facts.size <= 64 * 1024 && isText(readFileSync(file, "utf8"));
}

function isOn({ enabled }: Members): boolean {
  return enabled !== false && enabled !== "false";
}

function isCustom({ providerType }: Members): boolean {
  return providerType === "openai-compatible";
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

function membersOf(value: unknown): Members {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "{}");
  } catch {
    return {};
  }
}
