/** Finds token leaks, where mux would send a gateway token to another host, and plans their fixes. */
import type { ConfirmedDomains } from "../../shared/gateway-domain";
import { atGatewayHost, GATEWAY_HOST, type AtGatewayHost } from "../../shared/gateway-host";
import { catalogued } from "../../shared/providers";
import { isVendorsHost } from "../../shared/vendor-hosts";
import type { TokenLeak } from "../../shared/view";
import type { Edit } from "../jsonc/plan";
import { valuesAfter } from "../jsonc/values";
import { ownBaseUrl } from "../mux/base-url";
import { isObject, tokenHeadersIn, namesWithout } from "../mux/gateway-header";
import { removeAllHeaders } from "../mirror/mirror-headers";
import { ourHeadersIn } from "../mirror/mirrored-fields";
import type { ProviderConfig } from "../mux/provider-config";
import { blockDomain } from "./called-domain";
import { membersOf, type ReadProvider } from "./providers";

/**
 * The host to which mux sends the token with the next chat, or null. mux without gateway support
 * sends `headers` to its base URL, whether that comes from the file, the environment or the SDK. A
 * base URL that a policy forces on mux is not in a file and cannot be detected.
 *
 * A known token leaks at every host except the gateway and its confirmed custom domains. At the
 * block's own domain that is not confirmed it is not restored, but the warning of the domain. An
 * unknown value leaks at a provider, which never needs this header. Another host may expect it.
 */
export function leakHost(provider: ReadProvider, context: LeakContext): string | null {
  return leakOf(provider, membersOf(provider), context);
}

export interface LeakContext {
  readonly env: NodeJS.ProcessEnv;
  /** Custom domains that the user has confirmed: a gateway's, like Cloudflare's own host. */
  readonly domains: ConfirmedDomains;
}

/** The fix for a leak, and its edits of the provider. */
export interface LeakFix {
  readonly fix: TokenLeak["fix"];
  readonly edits: readonly Edit[];
}

/**
 * The fix for a leak. `mirrorEdits` make the compatibility fields match their block. They are enough
 * if mux then calls the gateway, or if they remove the header. Otherwise the header is removed too.
 */
export function leakFix(
  provider: ReadProvider,
  mirrorEdits: readonly Edit[],
  context: LeakContext,
): LeakFix {
  const after = valuesAfter(membersOf(provider), mirrorEdits);
  if (leakOf(provider, after, context) === null) {
    const called = ownBaseUrl({ ...provider.config, values: after }, context.env)?.url ?? "";
    const isRestored = atAnyHost(called, gatewayHosts(provider, context)) !== null;
    return { fix: isRestored ? "restore_gateway_url" : "remove_token_header", edits: mirrorEdits };
  }
  const { headers } = after;
  const removals = isObject(headers) ? removeAllHeaders(headers, tokenHeadersIn(headers)) : [];
  return { fix: "remove_token_header", edits: [...mirrorEdits, ...removals] };
}

type Members = ProviderConfig["values"];

function leakOf(provider: ReadProvider, values: Members, context: LeakContext): string | null {
  const { env } = context;
  const { config } = provider;
  const { headers } = values;
  const sent = tokenHeadersIn(headers).filter((name) => isObject(headers) && isSent(headers[name]));
  // mux does not call disabled providers.
  if (sent.length === 0 || !config.enabled) return null;
  const called = ownBaseUrl({ ...config, values }, env);
  // For some built-in providers, the login determines the URL.
  if (called === null) return hostName(config);
  if (!URL.canParse(called.url)) return null;
  const { protocol, host } = new URL(called.url);
  if (protocol !== "https:" && protocol !== "http:") return null;
  const gateway = atAnyHost(called.url, gatewayHosts(provider, context));
  if (gateway !== null) return protocol === "https:" ? null : `${host} without encryption`;
  const isOurs = namesWithout(sent, ourHeaders(provider, values)).length < sent.length;
  const isLeak = called.source === "default" || isVendorsHost(called.url) || isOurs;
  return isLeak ? host : null;
}

/** Cloudflare's own host, the domain of the block that counts, and those that are confirmed. */
function gatewayHosts(provider: ReadProvider, { domains }: LeakContext): readonly string[] {
  const own = blockDomain(provider);
  return [GATEWAY_HOST, ...(own === null ? [] : [own]), ...domains.map(({ host }) => host)];
}

function atAnyHost(url: string, hosts: readonly string[]): AtGatewayHost | null {
  for (const host of hosts) {
    const found = atGatewayHost(url, host);
    if (found !== null) return found;
  }
  return null;
}

/** A description of the host if the URL is not in the file; null if mux cannot call the provider. */
function hostName(config: ProviderConfig): string | null {
  const builtIn = catalogued(config);
  return builtIn === undefined ? null : `the host of ${builtIn.name}`;
}

/** The headers with known tokens, and those that the block declares as mirrored. */
function ourHeaders({ entry, tokens }: ReadProvider, values: Members): readonly string[] {
  if (entry !== null) return ourHeadersIn({ ...entry, values });
  const { headers } = values;
  return tokenHeadersIn(headers).filter(
    (name) => isObject(headers) && tokens.isToken(headers[name]),
  );
}

function isSent(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}
