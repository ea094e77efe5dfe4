/** Creates an AI SDK model from a provider's configuration, by mux's rules. */
import { failure } from "../../shared/errors";
import {
  checkGatewayDomain,
  unconfirmedDomain,
  type ConfirmedDomains,
} from "../../shared/gateway-domain";
import { atGatewayHost, GATEWAY_HOST } from "../../shared/gateway-host";
import type { DomainKey } from "../../shared/gateways";
import { gatewayBaseUrl } from "../../shared/gateway-url";
import { checkToken } from "../../shared/gateway-names";
import { ESCAPING_PATH, escapesPath } from "../../shared/path-escape";
import { catalogued } from "../../shared/providers";
import { success, type Result } from "../../shared/result";
import { withoutTrailingSlashes } from "../../shared/trailing-slashes";
import type { Route } from "../../shared/view";
import { baseUrlFault, ownBaseUrl, writtenBaseUrls } from "../mux/base-url";
import { LOG_HEADER } from "../mux/gateway-header";
import type { GatewayBlock, ProviderConfig } from "../mux/provider-config";
import { routedProvider } from "../mux/routed-provider";
import { harmless, shortened } from "../text/harmless-text";
import type { Log } from "../text/log";
import { restrictToBaseUrl } from "./base-url-guard";
import { readKey } from "./credentials";
import { isGatewayUrl, withGatewayHeaders } from "./gateway-headers";
import { checkModelName } from "./model-secrets";
import { sharedFetch } from "../network/shared-fetch";
import {
  MODEL_FACTORIES,
  MODEL_NAME_IN_PATH,
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
  /** `saved`: through the gateway when the provider has a block; `direct`: without it. */
  readonly route: "saved" | Extract<Route, "direct">;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  /**
   * The custom domains that the user has confirmed; none by default. A block that names another one
   * is refused, because its owner would receive the key and the token.
   */
  readonly domains?: ConfirmedDomains;
  /** A custom domain that the user has not confirmed, so that no base URL may call it. */
  readonly forbiddenHost?: string | null;
  /** By default a client that uses the environment's proxies and extra certificates. */
  readonly fetch?: typeof globalThis.fetch;
  /** Sent with every request to the gateway's host, and to no other host; names in lower case. */
  readonly gatewayHeaders?: Readonly<Record<string, string>>;
  /** Called with the URL of each request that was refused because it is not below the base URL. */
  readonly onRefused?: (url: string) => void;
}

export interface CreatedModel {
  readonly model: SdkModel;
  /** Every request of the model is below it. */
  readonly baseUrl: string;
  /** The configured route: `gateway` also for a provider's own base URL on the gateway's host. */
  readonly expected: Route;
  /** The confirmed custom domain of the base URL, or null. */
  readonly domain: DomainKey | null;
  /** Keys, tokens, header values and the secrets in base URLs, all to be redacted. */
  readonly secrets: readonly string[];
}

const GATEWAY_ORIGIN = `https://${GATEWAY_HOST}/`;

/** The length at which an error cuts a model's name, in UTF-16 code units. */
const MODEL_NAME_LENGTH = 120;

/** Providers of mux that cannot be created here, each with the reason as the end of a sentence. */
const NOT_SUPPORTED: ReadonlyMap<string, string> = new Map([
  ["mux-gateway", "it is mux's own gateway and needs mux's sign-in."],
  ["github-copilot", "it needs mux's sign-in to GitHub."],
  ["coder", "it needs mux's sign-in to Coder."],
  ["bedrock", "its requests are signed with AWS credentials, which this panel does not handle."],
]);

/**
 * Creates a model. The key comes from `apiKey`, `apiKeyFile` or the environment, the base URL from
 * the block or else from the provider's own. An invalid block is an error and never means "direct".
 * A custom domain that is not confirmed is an error too, `domain_unconfirmed`. Logs "Using
 * Cloudflare AI Gateway" for each model of a provider with a block. The model sends requests only to
 * URLs below the base URL.
 *
 * Source: mux, provider settings; Cloudflare, usage/providers and configuration/authentication.
 */
export async function createLanguageModel(request: ModelRequest): Promise<Result<CreatedModel>> {
  const { provider, modelId, env, log } = request;
  const supported = checkSupported(provider);
  if (!supported.success) return supported;
  const named = await checkModelName(provider, modelId, env);
  if (!named.success) return named;
  const block = request.route === "saved" ? provider.block : null;
  if (provider.kind === "built-in" && MODEL_NAME_IN_PATH.has(provider.id) && escapesPath(modelId)) {
    const model = shortened(harmless(modelId), MODEL_NAME_LENGTH);
    return failure("model_leaves_path", { provider: provider.id, model });
  }
  const domains = request.domains ?? [];
  const unconfirmed = block && unconfirmedDomain(block, domains);
  if (unconfirmed !== null) {
    const valid = checkGatewayDomain(unconfirmed);
    return valid.success ? failure("domain_unconfirmed", { host: unconfirmed }) : valid;
  }
  const base = baseUrlOf(provider, block, env);
  if (!base.success) return base;
  const forbidden = request.forbiddenHost ?? null;
  if (forbidden !== null && atGatewayHost(new URL(base.data).href, forbidden) !== null) {
    return failure("domain_unconfirmed", { host: forbidden });
  }
  const domain = domainOf(base.data, block, domains);
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
    fetch: restrictToBaseUrl(
      withGatewayHeaders(
        request.fetch ?? sharedFetch(env, log),
        {
          ...request.gatewayHeaders,
          ...(block?.storePrompts === false ? { [LOG_HEADER]: "false" } : {}),
          ...(token.data === null ? {} : { "cf-aig-authorization": `Bearer ${token.data}` }),
        },
        domain?.host,
      ),
      base.data,
      request.onRefused,
    ),
    organization: env["OPENAI_ORG_ID"]?.trim() || null,
    chatCompletions: provider.values["wireFormat"] === "chatCompletions",
  };
  const model = await createSdkModel(provider, settings, key.data);
  if (block) {
    log.info("Using Cloudflare AI Gateway", {
      provider: provider.id,
      accountId: block.accountId,
      gatewayName: block.gatewayName,
      ...(block.host === null ? {} : { host: block.host }),
    });
  }
  return success({
    model,
    baseUrl: base.data,
    expected: isGatewayUrl(new URL(base.data), domain?.host) ? "gateway" : "direct",
    domain,
    secrets: [
      ...[key.data, token.data].filter((text) => text !== null),
      ...headerSecrets(headers.data),
      ...writtenBaseUrls(provider, env).flatMap(urlSecrets),
    ],
  });
}

/** The confirmed custom domain of the block, else the one that the base URL is on, or null. */
function domainOf(
  baseUrl: string,
  block: GatewayBlock | null,
  domains: ConfirmedDomains,
): DomainKey | null {
  if (block !== null) return block.host === null ? null : { ...namesOf(block), host: block.host };
  return domains.find(({ host }) => isGatewayUrl(new URL(baseUrl), host)) ?? null;
}

function namesOf({ accountId, gatewayName }: GatewayBlock): Omit<DomainKey, "host"> {
  return { accountId, gatewayName };
}

function createSdkModel(
  { id, kind }: ProviderConfig,
  settings: ModelSettings,
  apiKey: string | null,
): Promise<SdkModel> {
  const create = kind === "built-in" ? MODEL_FACTORIES.get(id) : undefined;
  return create && apiKey !== null
    ? create({ ...settings, apiKey })
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
  const problem = baseUrlFault(provider) ?? baseUrlProblem(own.url);
  if (problem !== null) {
    return failure("base_url_invalid", { provider: provider.id, what: problem });
  }
  const isOllama = provider.kind === "built-in" && provider.id === "ollama";
  return success(isOllama ? compatibleOllamaUrl(own.url) : own.url);
}

function baseUrlProblem(baseUrl: string): string | null {
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
  if (escapesPath(url.pathname)) {
    return ESCAPING_PATH;
  }
  return null;
}

/** Ollama's own API is below `/api`, its OpenAI-compatible one below `/v1`. */
function compatibleOllamaUrl(baseUrl: string): string {
  return `${withoutTrailingSlashes(baseUrl).replace(/\/(?:api|v1)$/, "")}/v1`;
}

function tokenOf(block: GatewayBlock | null): Result<string | null> {
  return block === null || block.token === null ? success(null) : checkToken(block.token);
}
