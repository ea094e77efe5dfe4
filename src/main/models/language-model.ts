/** From a provider's configuration to an AI SDK model, by mux's rules. */
import { failure } from "../../shared/errors";
import { atGatewayHost, GATEWAY_HOST } from "../../shared/gateway-host";
import { gatewayBaseUrl } from "../../shared/gateway-url";
import { checkToken } from "../../shared/gateway-names";
import { catalogued } from "../../shared/providers";
import { success, type Result } from "../../shared/result";
import { withoutTrailingSlashes } from "../../shared/trailing-slashes";
import type { Route } from "../../shared/view";
import { ownBaseUrl, writtenBaseUrls } from "../mux/base-url";
import type { GatewayBlock, ProviderConfig } from "../mux/provider-config";
import { routedProvider } from "../mux/routed-provider";
import { harmless, shortened } from "../text/harmless-text";
import type { Log } from "../text/log";
import { belowBaseUrl, bendsPath } from "./base-url-guard";
import { readKey } from "./credentials";
import { isGatewayUrl, withGatewayHeaders } from "./gateway-headers";
import { sharedFetch } from "../network/shared-fetch";
import {
  KEYED_MODELS,
  NAME_IN_PATH,
  openaiCompatible,
  type ModelSettings,
  type SdkModel,
} from "./sdk-models";
import { urlSecrets } from "../text/url-secrets";
import { headerSecrets, readUserHeaders } from "./user-headers";

export interface ModelRequest {
  readonly provider: ProviderConfig;
  /** Without the provider's prefix. */
  readonly modelId: string;
  /** `saved`: behind the gateway when the provider has a block; `direct`: without it. */
  readonly route: "saved" | Extract<Route, "direct">;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  /** By default a client that honours proxies and extra certificates. */
  readonly fetch?: typeof globalThis.fetch;
  /** Sent to the gateway's host only, with every request; names in lower case. */
  readonly gatewayHeaders?: Readonly<Record<string, string>>;
  /** Told the URL of each request that would have left the base URL and was not sent. */
  readonly refused?: (url: string) => void;
}

export interface CreatedModel {
  readonly model: SdkModel;
  /** What the SDK calls below. */
  readonly baseUrl: string;
  /** The route that the configuration means: a base URL on the gateway's host means the gateway too. */
  readonly expected: Route;
  /** Keys, tokens, the user's headers and what is secret in base URLs: to be kept out of every text. */
  readonly secrets: readonly string[];
}

/** How the gateway's address begins. */
const GATEWAY_ORIGIN = `https://${GATEWAY_HOST}/`;

/** How much of a model's name an error quotes, in UTF-16 code units. */
const SHOWN_NAME = 120;

/** Why mux has a provider that cannot be created here; each is the end of a sentence. */
const NOT_SUPPORTED: ReadonlyMap<string, string> = new Map([
  ["mux-gateway", "it is mux's own gateway and needs mux's sign-in."],
  ["github-copilot", "it needs mux's sign-in to GitHub."],
  ["coder", "it needs mux's sign-in to Coder."],
  ["bedrock", "its requests are signed with AWS credentials, which this panel does not handle."],
]);

/**
 * Creates a model. Key: `apiKey`, `apiKeyFile`, environment. Base URL: the block, else the
 * provider's own. A block that is there and wrong is an error; it never means "direct". Says
 * "Using Cloudflare AI Gateway" for each model of a provider with a block. The model calls nothing
 * that is not below the base URL.
 *
 * Source: mux, provider settings; Cloudflare, usage/providers and configuration/authentication.
 */
export async function createLanguageModel(request: ModelRequest): Promise<Result<CreatedModel>> {
  const { provider, modelId, env, log } = request;
  const supported = checkSupported(provider);
  if (!supported.success) return supported;
  const block = request.route === "saved" ? provider.block : null;
  if (provider.kind === "built-in" && NAME_IN_PATH.has(provider.id) && bendsPath(modelId)) {
    const model = shortened(harmless(modelId), SHOWN_NAME);
    return failure("model_leaves_path", { provider: provider.id, model });
  }
  const base = baseUrlOf(provider, block, env);
  if (!base.success) return base;
  const headers = readUserHeaders(provider);
  if (!headers.success) return headers;
  const token = tokenOf(block);
  if (!token.success) return token;
  const key = await readKey(provider, env);
  if (!key.success) return key;

  const settings: ModelSettings = {
    provider: provider.id,
    modelId,
    baseUrl: base.data,
    headers: headers.data,
    fetch: belowBaseUrl(
      withGatewayHeaders(request.fetch ?? sharedFetch(env, log), {
        ...request.gatewayHeaders,
        ...(token.data === null ? {} : { "cf-aig-authorization": `Bearer ${token.data}` }),
      }),
      base.data,
      request.refused,
    ),
    organization: env["OPENAI_ORG_ID"]?.trim() || null,
    chatCompletions: provider.values["wireFormat"] === "chatCompletions",
  };
  const model = await makeModel(provider, settings, key.data);
  if (block) {
    log.info("Using Cloudflare AI Gateway", {
      provider: provider.id,
      accountId: block.accountId,
      gatewayName: block.gatewayName,
    });
  }
  return success({
    model,
    baseUrl: base.data,
    expected: isGatewayUrl(new URL(base.data)) ? "gateway" : "direct",
    secrets: [
      ...[key.data, token.data].filter((text) => text !== null),
      ...headerSecrets(headers.data),
      ...writtenBaseUrls(provider, env).flatMap(urlSecrets),
    ],
  });
}

function makeModel(
  { id, kind }: ProviderConfig,
  settings: ModelSettings,
  apiKey: string | null,
): Promise<SdkModel> {
  const make = kind === "built-in" ? KEYED_MODELS.get(id) : undefined;
  return make && apiKey !== null
    ? make({ ...settings, apiKey })
    : openaiCompatible({ ...settings, apiKey });
}

function checkSupported(provider: ProviderConfig): Result<null> {
  const why = provider.kind === "built-in" ? NOT_SUPPORTED.get(provider.id) : undefined;
  if (why !== undefined) {
    return failure("provider_not_supported", { provider: provider.id, why });
  }
  if (provider.kind === "built-in" && !catalogued(provider)) {
    return failure("provider_unknown", { provider: provider.id });
  }
  return provider.enabled ? success(null) : failure("provider_disabled", { provider: provider.id });
}

function baseUrlOf(
  provider: ProviderConfig,
  block: GatewayBlock | null,
  env: NodeJS.ProcessEnv,
): Result<string> {
  if (block) return gatewayBaseUrl(routedProvider(provider, env), block);
  const own = ownBaseUrl(provider, env);
  if (!own) return failure("base_url_missing", { provider: provider.id });
  const bad = whatIsWrongWith(own.url);
  if (bad !== null) return failure("base_url_invalid", { provider: provider.id, what: bad });
  const isOllama = provider.kind === "built-in" && provider.id === "ollama";
  return success(isOllama ? compatibleOllamaUrl(own.url) : own.url);
}

function whatIsWrongWith(baseUrl: string): string | null {
  if (!URL.canParse(baseUrl)) return "it is not an address.";
  const url = new URL(baseUrl);
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return "it does not start with https:// or http://.";
  }
  if (url.username !== "" || url.password !== "") {
    return "it holds a user name or password, which no request can be sent with.";
  }
  const gateway = atGatewayHost(baseUrl);
  if (gateway === null) return null;
  if (gateway.wrong !== null) {
    return `its host is Cloudflare AI Gateway, but ${gateway.wrong}. Write ${GATEWAY_ORIGIN}.`;
  }
  if (bendsPath(url.pathname)) {
    return "its path has an encoded slash, dot or other character that changes the address.";
  }
  return null;
}

/** Ollama's own API is below `/api`; what OpenAI's packages speak is below `/v1` beside it. */
function compatibleOllamaUrl(baseUrl: string): string {
  return `${withoutTrailingSlashes(baseUrl).replace(/\/(?:api|v1)$/, "")}/v1`;
}

function tokenOf(block: GatewayBlock | null): Result<string | null> {
  return block === null || block.token === null ? success(null) : checkToken(block.token);
}
