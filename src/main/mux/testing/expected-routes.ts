/**
 * For tests: the expected route of each combination, written from the description of mux's routing
 * alone and as tables, so that it cannot share a mistake with `muxRoute`.
 */

const GATEWAYS = ["mux-gateway", "openrouter", "github-copilot", "coder", "bedrock"] as const;
type Gateway = (typeof GATEWAYS)[number];

/** One row per gateway, in mux's display order; an "x" in the column of each served origin. */
const SERVED = `
                anthropic openai google xai deepseek moonshotai
mux-gateway     x         x      x      x   -        -
openrouter      x         x      x      x   x        x
github-copilot  x         x      x      -   -        -
coder           x         x      -      -   -        -
bedrock         x         -      -      -   -        -
`;

/** The user's other settings, and the gateways that mux can use because of them. */
export interface GatewayRow {
  readonly name: string;
  readonly file: Readonly<Record<string, object>>;
  readonly env?: NodeJS.ProcessEnv;
  /** Usable gateways; with `only`, for these models alone. */
  readonly usable: readonly Gateway[];
  readonly only?: readonly string[];
  /** `muxGatewayEnabled: false` disables mux's own gateway while `routePriority` is absent. */
  readonly hasXumGateway?: boolean;
}

const OPENROUTER = { openrouter: { apiKey: "sk-or" } };
const BEDROCK = { bedrock: { region: "us-east-1", bearerToken: "t" } };

export const GATEWAY_ROWS: readonly GatewayRow[] = [
  { name: "no gateway", file: {}, usable: [] },
  { name: "OpenRouter with a key", file: OPENROUTER, usable: ["openrouter"] },
  {
    name: "OpenRouter with a 1Password key",
    file: { openrouter: { apiKey: "op://v/or" } },
    usable: [],
  },
  {
    name: "OpenRouter with a blank key",
    file: { openrouter: { apiKey: " ", models: ["m"] } },
    usable: [],
  },
  {
    name: "OpenRouter, disabled",
    file: { openrouter: { apiKey: "sk-or", enabled: false } },
    usable: [],
  },
  {
    name: "OpenRouter, disabled in the older spelling",
    file: { openrouter: { apiKey: "sk-or", enabled: "false" } },
    usable: [],
  },
  {
    name: "OpenRouter's key in the environment",
    file: {},
    env: { OPENROUTER_API_KEY: "sk-or" },
    usable: ["openrouter"],
  },
  {
    name: "OpenRouter with a 1Password key and one in the environment",
    file: { openrouter: { apiKey: "op://v/or" } },
    env: { OPENROUTER_API_KEY: "sk-or" },
    usable: ["openrouter"],
  },
  {
    name: "a custom provider in OpenRouter's place",
    file: {
      openrouter: { providerType: "openai-compatible", apiKey: "k", baseUrl: "https://or.example" },
    },
    usable: [],
  },
  { name: "Bedrock with a region alone", file: { bedrock: { region: "us-east-1" } }, usable: [] },
  { name: "Bedrock with a bearer token", file: BEDROCK, usable: ["bedrock"] },
  {
    name: "Bedrock with access keys",
    file: { bedrock: { region: "us-east-1", accessKeyId: "a", secretAccessKey: "b" } },
    usable: ["bedrock"],
  },
  {
    name: "Copilot with a token",
    file: { "github-copilot": { apiKey: "gho_1" } },
    usable: ["github-copilot"],
  },
  {
    name: "Copilot with the model in its list",
    file: { "github-copilot": { apiKey: "gho_1", models: ["listed-model", "other"] } },
    usable: ["github-copilot"],
    only: ["listed-model", "other"],
  },
  { name: "Copilot without a token", file: { "github-copilot": { models: ["m"] } }, usable: [] },
  {
    name: "Coder with a deployment URL alone",
    file: { coder: { deploymentUrl: "https://coder.example" } },
    usable: [],
  },
  {
    name: "Coder with a login",
    file: {
      coder: { deploymentUrl: "https://coder.example", coderOauth: { access: "a", refresh: "r" } },
    },
    usable: ["coder"],
  },
  {
    name: "mux's gateway with a coupon",
    file: { "mux-gateway": { couponCode: "c" } },
    usable: ["mux-gateway"],
    hasXumGateway: true,
  },
  {
    name: "mux's gateway with a voucher",
    file: { "mux-gateway": { voucher: "v" } },
    usable: ["mux-gateway"],
    hasXumGateway: true,
  },
  {
    name: "mux's gateway, disabled",
    file: { "mux-gateway": { couponCode: "c", enabled: false } },
    usable: [],
  },
  {
    name: "OpenRouter and Bedrock",
    file: { ...OPENROUTER, ...BEDROCK },
    usable: ["openrouter", "bedrock"],
  },
  {
    name: "four gateways",
    file: {
      ...BEDROCK,
      ...OPENROUTER,
      "github-copilot": { apiKey: "gho_1" },
      "mux-gateway": { couponCode: "c" },
    },
    usable: ["mux-gateway", "openrouter", "github-copilot", "bedrock"],
    hasXumGateway: true,
  },
];

/** A config.json. `order`: the priority that mux then uses; null for the one that it seeds. */
export interface ConfigRow {
  readonly name: string;
  /** Null for no file. `ORIGIN` is replaced by the origin's id, `MODEL` by its model. */
  readonly text: string | null;
  readonly order: readonly string[] | null;
  /** The route of the model that the user has chosen; "self" is the origin. */
  readonly override?: string;
  readonly isXumGatewayOff?: boolean;
}

const override = (route: string) => `"routeOverrides": { "ORIGIN:MODEL": "${route}" }`;

export const CONFIG_ROWS: readonly ConfigRow[] = [
  { name: "no config.json", text: null, order: null },
  { name: "an empty config.json", text: "{}", order: null },
  { name: "a broken config.json", text: `{ "routePriority": ["direct"`, order: null },
  { name: "a priority that is not a list", text: `{ "routePriority": "direct" }`, order: null },
  { name: "direct alone", text: `{ "routePriority": ["direct"] }`, order: ["direct"] },
  { name: "an empty list", text: `{ "routePriority": [] }`, order: [] },
  {
    name: "direct, then OpenRouter",
    text: `{ "routePriority": ["direct", "openrouter"] }`,
    order: ["direct", "openrouter"],
  },
  {
    name: "OpenRouter, then direct",
    text: `{ "routePriority": ["openrouter", "direct"] }`,
    order: ["openrouter", "direct"],
  },
  {
    name: "the seeded order of a demo home",
    text: `{ "routePriority": ["openrouter", "bedrock", "direct"] }`,
    order: ["openrouter", "bedrock", "direct"],
  },
  {
    name: "Bedrock, Copilot and no direct",
    text: `{ "routePriority": ["bedrock", "github-copilot"] }`,
    order: ["bedrock", "github-copilot"],
  },
  {
    name: "every gateway, then direct",
    text: `{ "routePriority": ["coder", "github-copilot", "mux-gateway", "bedrock", "openrouter", "direct"] }`,
    order: ["coder", "github-copilot", "mux-gateway", "bedrock", "openrouter", "direct"],
  },
  {
    name: "unknown names and numbers, then direct",
    text: `{ "routePriority": ["anthropic", 3, "unknown-provider", "direct", "openrouter"] }`,
    order: ["unknown-provider", "direct", "openrouter"],
  },
  {
    name: "an override to direct",
    text: `{ "routePriority": ["openrouter", "direct"], ${override("direct")} }`,
    order: ["openrouter", "direct"],
    override: "self",
  },
  {
    name: "an override to the origin",
    text: `{ "routePriority": ["openrouter", "direct"], ${override("ORIGIN")} }`,
    order: ["openrouter", "direct"],
    override: "self",
  },
  {
    name: "an override to OpenRouter",
    text: `{ "routePriority": ["direct"], ${override("openrouter")} }`,
    order: ["direct"],
    override: "openrouter",
  },
  {
    name: "an override to Copilot without a priority",
    text: `{ ${override("github-copilot")} }`,
    order: null,
    override: "github-copilot",
  },
  {
    name: "an override to an unknown provider",
    text: `{ "routePriority": ["direct", "bedrock"], ${override("unknown-provider")} }`,
    order: ["direct", "bedrock"],
    override: "unknown-provider",
  },
  {
    name: "an override of another model",
    text: `{ "routePriority": ["direct"], "routeOverrides": { "ORIGIN:another": "openrouter" } }`,
    order: ["direct"],
  },
  {
    name: "mux's gateway off without a priority",
    text: `{ "muxGatewayEnabled": false }`,
    order: null,
    isXumGatewayOff: true,
  },
  {
    name: "mux's gateway off with a priority",
    text: `{ "muxGatewayEnabled": false, "routePriority": ["mux-gateway", "direct"] }`,
    order: ["mux-gateway", "direct"],
  },
];

/** A provider whose model is asked for. */
export interface OriginRow {
  readonly name: string;
  readonly id: string;
  readonly model: string;
  readonly values: object | null;
  readonly env?: NodeJS.ProcessEnv;
  /** Whether mux can call it itself. */
  readonly usable: boolean;
  readonly isCustom?: boolean;
}

const BUILT_IN = ["anthropic", "openai", "google", "xai", "deepseek", "moonshotai"] as const;

export const ORIGIN_ROWS: readonly OriginRow[] = [
  ...BUILT_IN.map((id) => ({
    name: `${id} with a key`,
    id,
    model: "listed-model",
    values: { apiKey: "k" },
    usable: true,
  })),
  {
    name: "anthropic without a key",
    id: "anthropic",
    model: "listed-model",
    values: null,
    usable: false,
  },
  {
    name: "anthropic with a key in the environment",
    id: "anthropic",
    model: "unlisted-model",
    values: null,
    env: { ANTHROPIC_AUTH_TOKEN: "k" },
    usable: true,
  },
  {
    name: "openai with a 1Password key",
    id: "openai",
    model: "listed-model",
    values: { apiKey: "op://v/openai" },
    usable: false,
  },
  {
    name: "google, disabled",
    id: "google",
    model: "unlisted-model",
    values: { apiKey: "k", enabled: false },
    usable: false,
  },
  {
    name: "a custom provider in openai's place",
    id: "openai",
    model: "listed-model",
    values: { providerType: "openai-compatible", baseUrl: "https://o.example", apiKey: "k" },
    usable: true,
    isCustom: true,
  },
  {
    name: "a custom provider",
    id: "mine",
    model: "m",
    values: { providerType: "openai-compatible", baseUrl: "https://m.example", apiKey: "k" },
    usable: true,
    isCustom: true,
  },
  { name: "ollama", id: "ollama", model: "qwen3:8b", values: {}, usable: true },
];

/** "direct" or the id of the gateway that mux uses. */
export function expectedRoute(gateways: GatewayRow, config: ConfigRow, origin: OriginRow): string {
  if (origin.isCustom) return "direct";
  const isOff = config.isXumGatewayOff === true && gateways.hasXumGateway === true;
  const usable = gateways.usable.filter((id) => !(isOff && id === "mux-gateway"));
  const asked = [
    ...(config.override === undefined ? [] : [config.override]),
    ...(config.order ?? [...usable, "direct"]),
  ];
  const possible = new Map<string, boolean>([
    ["self", origin.usable],
    ["direct", origin.usable],
    ...GATEWAYS.map(
      (id) =>
        [
          id,
          usable.includes(id) &&
            isServed(id, origin.id) &&
            (id !== "github-copilot" || gateways.only?.includes(origin.model) !== false),
        ] as const,
    ),
  ]);
  const found = asked.find((route) => possible.get(route) === true);
  return found === undefined || found === "self" ? "direct" : found;
}

function isServed(gateway: string, origin: string): boolean {
  const [head = "", ...rows] = SERVED.trim().split("\n");
  const column = head.trim().split(/\s+/).indexOf(origin);
  const row = rows.find((line) => line.startsWith(`${gateway} `));
  return row?.trim().split(/\s+/)[column + 1] === "x" && column >= 0;
}
