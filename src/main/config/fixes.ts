/** Plans the fixes for warnings. A plan is null if the fix would change nothing or is not safe. */
import type { ConfirmedDomains } from "../../shared/gateway-domain";
import { atGatewayHost } from "../../shared/gateway-host";
import { gatewayBaseUrl } from "../../shared/gateway-url";
import { unconfirmedHost } from "../../shared/key-host";
import { baseUrlOfSegment } from "../../shared/segments";
import { withoutTrailingSlashes } from "../../shared/trailing-slashes";
import type { FixCode, TokenLeak } from "../../shared/view";
import { ownBaseUrl } from "../mux/base-url";
import type { BlockDetails } from "./edit";
import { isObject, tokenHeadersIn, tokenIn } from "../mux/gateway-header";
import { keyOrigin } from "../mux/key-source";
import type { Edit } from "../jsonc/plan";
import { removeAllHeaders } from "../mirror/mirror-headers";
import { ownGateway } from "./own-gateway";
import type { ProviderConfig } from "../mux/provider-config";
import { routedProvider } from "../mux/routed-provider";

export interface FixPlan {
  readonly edits: readonly Edit[];
  /** The block to switch on after the edits, or null. */
  readonly block: BlockDetails | null;
}

export interface FixContext {
  readonly env: NodeJS.ProcessEnv;
  /** The custom domains that the user has confirmed. */
  readonly domains: ConfirmedDomains;
}

/** Fixes that depend only on the provider's own values. */
export type PlannedFix = Exclude<
  FixCode,
  "mend_mirror" | "hide_saved_values" | "remove_disabled_block" | TokenLeak["fix"]
>;

/** The plan for a fix, or null if the provider does not need it or it is not safe. */
export function fixPlan(
  fix: PlannedFix,
  provider: ProviderConfig,
  { env, domains }: FixContext,
): FixPlan | null {
  switch (fix) {
    case "adopt_gateway":
      return adoptGateway(provider, { env, domains });
    case "use_api_key_auth":
      return hasCodexLogin(provider) && keyOrigin(provider, env).source !== "none"
        ? {
            edits: [{ kind: "set", path: ["codexOauthDefaultAuth"], value: "apiKey" }],
            block: null,
          }
        : null;
    case "disable_websocket":
      return usesWebSocket(provider)
        ? {
            edits: [
              { kind: "set", path: ["webSocketTransportEnabled"], value: { spelled: "false" } },
            ],
            block: null,
          }
        : null;
    default:
      return fix satisfies never;
  }
}

/**
 * Whether mux uses OpenAI's Codex login instead of the API key. Source: mux, provider settings: mux
 * stores the login in members whose names begin with `codexOauth`.
 */
export function hasCodexLogin({ id, kind, values }: ProviderConfig): boolean {
  if (kind === "custom" || id !== "openai" || values["codexOauthDefaultAuth"] === "apiKey")
    return false;
  return Object.entries(values).some(
    ([key, value]) => key.startsWith("codexOauth") && typeof value === "object" && value !== null,
  );
}

/** Whether mux calls OpenAI over a WebSocket. Source: mux, provider settings. */
export function usesWebSocket({ id, kind, values }: ProviderConfig): boolean {
  return kind === "built-in" && id === "openai" && values["webSocketTransportEnabled"] === true;
}

/**
 * Moves account, gateway and segment from the base URL to a block, and the token from the user's
 * header. A custom provider on a segment that Cloudflare knows gets its own base URL back. Null unless
 * the block yields exactly the same base URL, with the host spelled correctly.
 */
function adoptGateway(provider: ProviderConfig, { env, domains }: FixContext): FixPlan | null {
  const own = ownBaseUrl(provider, env);
  const address = own?.source === "file" ? ownGateway(own.url, domains) : null;
  const member = own?.name;
  if (provider.block !== null || !address || !own || !member) return null;
  const header = tokenHeader(provider.values["headers"]);
  if (header === null) return null;
  // mux without gateway support would send the token to OpenRouter in every request body.
  const isOpenRouter = provider.kind === "built-in" && provider.id === "openrouter";
  if (isOpenRouter && header.token !== null) return null;
  // A custom provider needs a base URL of its own, which says which provider it is.
  const direct =
    provider.kind === "custom" ? baseUrlOfSegment(address.segment, address.accountId) : null;
  const values = { ...provider.values, [member]: direct ?? undefined };
  const routed = routedProvider({ ...provider, values }, env);
  const { accountId, gatewayName, host } = address;
  const at = host === null ? atGatewayHost(own.url) : atGatewayHost(own.url, host);
  const entry = withoutTrailingSlashes(at?.corrected ?? own.url);
  // Without this base URL, one from the environment may show that the key belongs to another host.
  const usual = unconfirmedHost(routed, null) === null ? [null] : [];
  const segment = [...usual, address.segment].find((candidate) => {
    const url = gatewayBaseUrl(routed, { ...address, segment: candidate });
    return url.success && url.data === entry;
  });
  if (segment === undefined) return null;
  return {
    edits: [
      direct === null
        ? { kind: "remove", path: [member] }
        : { kind: "set", path: [member], value: direct },
      ...header.edits,
    ],
    // Without a header, the token in a block of the same account is kept.
    block: { accountId, gatewayName, host, token: header.token ?? undefined, segment },
  };
}

interface TokenHeader {
  readonly token: string | null;
  /** Removes the header. */
  readonly edits: readonly Edit[];
}

/** The token header; null if there is one that a block cannot express. */
function tokenHeader(headers: unknown): TokenHeader | null {
  const [name, ...more] = tokenHeadersIn(headers);
  if (name === undefined || !isObject(headers)) return { token: null, edits: [] };
  const token = tokenIn(headers[name]);
  if (more.length > 0 || token === null) return null;
  return { token, edits: removeAllHeaders(headers, [name]) };
}
