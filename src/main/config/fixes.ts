/** What each fix of a trap changes of a provider; null where it would change nothing or not be safe. */
import { gatewayAddressOf } from "../../shared/gateway-address";
import { atGatewayHost } from "../../shared/gateway-host";
import { gatewayBaseUrl } from "../../shared/gateway-url";
import { unconfirmedHost } from "../../shared/key-host";
import { withoutTrailingSlashes } from "../../shared/trailing-slashes";
import type { FixCode, TokenLeak } from "../../shared/view";
import { ownBaseUrl } from "../mux/base-url";
import type { BlockDetails } from "./edit";
import { isObject, tokenHeadersIn, tokenIn } from "../mux/gateway-header";
import { keyOrigin } from "../mux/key-source";
import type { Edit } from "../jsonc/plan";
import type { ProviderConfig } from "../mux/provider-config";
import { routedProvider } from "../mux/routed-provider";

export interface FixPlan {
  readonly edits: readonly Edit[];
  /** The block to switch on after the edits, or null. */
  readonly block: BlockDetails | null;
}

/** The fixes that need nothing but the provider's own values. */
export type PlannedFix = Exclude<FixCode, "mend_mirror" | "hide_saved_values" | TokenLeak["fix"]>;

export function fixPlan(
  fix: PlannedFix,
  provider: ProviderConfig,
  env: NodeJS.ProcessEnv,
): FixPlan | null {
  switch (fix) {
    case "adopt_gateway":
      return adoptGateway(provider, env);
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
 * Whether mux would use OpenAI's Codex login rather than its key. Source: mux, provider settings:
 * the login is kept in members whose names begin with `codexOauth`.
 */
export function hasCodexLogin({ id, kind, values }: ProviderConfig): boolean {
  if (kind === "custom" || id !== "openai" || values["codexOauthDefaultAuth"] === "apiKey")
    return false;
  return Object.entries(values).some(
    ([key, value]) => key.startsWith("codexOauth") && typeof value === "object" && value !== null,
  );
}

/** Whether mux would call OpenAI over `wss://`. Source: mux, provider settings. */
export function usesWebSocket({ id, kind, values }: ProviderConfig): boolean {
  return kind === "built-in" && id === "openai" && values["webSocketTransportEnabled"] === true;
}

/**
 * Account, gateway and segment go from the base URL into a block, and so does the token of a header
 * that the user wrote. Only when the block then gives the very same base URL, its host spelled right.
 */
function adoptGateway(provider: ProviderConfig, env: NodeJS.ProcessEnv): FixPlan | null {
  const own = ownBaseUrl(provider, env);
  const address = own?.source === "file" ? gatewayAddressOf(own.url) : null;
  const member = own?.name;
  if (provider.block !== null || !address || !own || !member) return null;
  const header = tokenHeader(provider.values["headers"]);
  if (header === null) return null;
  // A stock mux would send it to OpenRouter in the body of every request.
  const isOpenRouter = provider.kind === "built-in" && provider.id === "openrouter";
  if (isOpenRouter && header.token !== null) return null;
  const values = { ...provider.values, [member]: undefined };
  const routed = routedProvider({ ...provider, values }, env);
  const written = withoutTrailingSlashes(atGatewayHost(own.url)?.corrected ?? own.url);
  // Without the base URL in the file, the environment may say that the key belongs elsewhere.
  const usual = unconfirmedHost(routed, null) === null ? [null] : [];
  const segment = [...usual, address.segment].find((candidate) => {
    const url = gatewayBaseUrl(routed, { ...address, segment: candidate });
    return url.success && url.data === written;
  });
  if (segment === undefined) return null;
  const { accountId, gatewayName } = address;
  return {
    edits: [{ kind: "remove", path: [member] }, ...header.edits],
    // Without a header, a token that a block of the same account has stays.
    block: { accountId, gatewayName, token: header.token ?? undefined, segment },
  };
}

interface TokenHeader {
  readonly token: string | null;
  /** What takes it out. */
  readonly edits: readonly Edit[];
}

/** Null when there is one that no block can stand for. */
function tokenHeader(headers: unknown): TokenHeader | null {
  const [name, ...more] = tokenHeadersIn(headers);
  if (name === undefined || !isObject(headers)) return { token: null, edits: [] };
  const token = tokenIn(headers[name]);
  if (more.length > 0 || token === null) return null;
  const alone = Object.keys(headers).length === 1;
  return { token, edits: [{ kind: "remove", path: alone ? ["headers"] : ["headers", name] }] };
}
