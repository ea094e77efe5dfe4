/** A gateway's token that a stock mux sends to a host that is not the gateway's, and the way to stop it. */
import { atGatewayHost } from "../../shared/gateway-host";
import { isVendorsHost } from "../../shared/key-host";
import { catalogued } from "../../shared/providers";
import type { TokenLeak } from "../../shared/view";
import type { Edit } from "../jsonc/plan";
import { valuesAfter } from "../jsonc/values";
import { ownBaseUrl } from "../mux/base-url";
import { isObject, tokenHeadersIn } from "../mux/gateway-header";
import { ourHeadersIn } from "../mirror/mirrored-fields";
import type { ProviderConfig } from "../mux/provider-config";
import type { ReadProvider } from "./providers";

/**
 * The host that mux sends the token to with the next chat, or null. A stock mux reads the members
 * beside the block: `headers` go wherever its base URL points, be it the file's, the environment's or
 * the SDK's own. A base URL that a policy forces on mux is in no file and cannot be seen here.
 *
 * A header that is known as a token leaks at every host but the gateway's. A value that only the user
 * knows leaks at a provider, which never asks for it; at other hosts it may be what they expect.
 */
export function leakHost(provider: ReadProvider, env: NodeJS.ProcessEnv): string | null {
  return leakOf(provider, membersOf(provider), env);
}

export interface LeakFix {
  readonly fix: TokenLeak["fix"];
  readonly edits: readonly Edit[];
}

/**
 * What stops the leak. `mirrorEdits`: what makes the mirror match its block. Where that leads mux to
 * the gateway again, or takes the header away, it is enough; otherwise the header is removed too.
 */
export function leakFix(
  provider: ReadProvider,
  mirrorEdits: readonly Edit[],
  env: NodeJS.ProcessEnv,
): LeakFix {
  const after = valuesAfter(membersOf(provider), mirrorEdits);
  if (leakOf(provider, after, env) === null) {
    const called = ownBaseUrl({ ...provider.config, values: after }, env)?.url ?? "";
    const isRestored = atGatewayHost(called) !== null;
    return { fix: isRestored ? "restore_gateway_url" : "remove_token_header", edits: mirrorEdits };
  }
  const removals = headerRemovals(after["headers"]);
  return { fix: "remove_token_header", edits: [...mirrorEdits, ...removals] };
}

type Members = ProviderConfig["values"];

/** All members of the provider as mux reads them, the mirror's part included. */
function membersOf({ config, written }: ReadProvider): Members {
  return written?.values ?? config.values;
}

function leakOf(provider: ReadProvider, values: Members, env: NodeJS.ProcessEnv): string | null {
  const { config } = provider;
  const { headers } = values;
  const sent = tokenHeadersIn(headers).filter((name) => isObject(headers) && isSent(headers[name]));
  // mux calls no provider that is disabled.
  if (sent.length === 0 || !config.enabled) return null;
  const called = ownBaseUrl({ ...config, values }, env);
  // mux takes the address of some built-in providers from a login.
  if (called === null) return placeOf(config);
  if (!URL.canParse(called.url)) return null;
  const { protocol, host } = new URL(called.url);
  if (protocol !== "https:" && protocol !== "http:") return null;
  if (atGatewayHost(called.url) !== null) {
    return protocol === "https:" ? null : `${host} without encryption`;
  }
  const ours = ourHeaders(provider, values);
  const isLeak = called.source === "default" || isVendorsHost(called.url) || sent.some(isIn(ours));
  return isLeak ? host : null;
}

/** Where a provider is called whose address is in no file; null when mux cannot call it. */
function placeOf(config: ProviderConfig): string | null {
  const builtIn = catalogued(config);
  return builtIn === undefined ? null : `the host of ${builtIn.name}`;
}

/** The headers whose values are known to be tokens, or that the block says are the mirror's. */
function ourHeaders({ written, tokens }: ReadProvider, values: Members): readonly string[] {
  if (written !== null) return ourHeadersIn({ ...written, values });
  const { headers } = values;
  return tokenHeadersIn(headers).filter(
    (name) => isObject(headers) && tokens.isToken(headers[name]),
  );
}

function isIn(names: readonly string[]): (name: string) => boolean {
  return (name) => names.includes(name);
}

function isSent(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}

function headerRemovals(headers: unknown): readonly Edit[] {
  const names = tokenHeadersIn(headers);
  if (isObject(headers) && names.length === Object.keys(headers).length) {
    return [{ kind: "remove", path: ["headers"] }];
  }
  return names.map((name): Edit => ({ kind: "remove", path: ["headers", name] }));
}
