/** Plans the edits that make the compatibility fields match a block. */
import { unconfirmedDomain, type ConfirmedDomains } from "../../shared/gateway-domain";
import { checkToken } from "../../shared/gateway-names";
import { unconfirmedHost } from "../../shared/key-host";
import type { FixCode } from "../../shared/view";
import type { Edit } from "../jsonc/plan";
import type { GatewayNames } from "../mirror/known-tokens";
import { updateMirror, mirrorValues, removeMirror } from "../mirror/mirror";
import { removeStrayTokens, restoreHeaders } from "../mirror/mirror-headers";
import { isMirrored, isOnGateway } from "../mirror/mirrored-fields";
import { isOpenRouter } from "../mirror/provider-entry";
import { tokenHeadersIn } from "../mux/gateway-header";
import { calledUnconfirmed } from "./called-domain";
import { keyOwner, type ReadProvider } from "./providers";
import { leakFix, type LeakFix } from "./token-leak";

export interface ChangeContext {
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  /** Whether blocks are mirrored. */
  readonly mirror: boolean;
  /** Custom domains that the user has confirmed. */
  readonly domains: ConfirmedDomains;
}

type MirrorContext = Pick<ChangeContext, "env" | "mirror" | "domains">;

export interface DomainFix {
  readonly fix: Extract<FixCode, "remove_token_header" | "mend_mirror">;
  /** They also take the mirrored base URL away. */
  readonly edits: readonly Edit[];
}

/**
 * The edits that make the compatibility fields match the block; none if they do. An existing mirror is
 * updated even if blocks are not mirrored, because the user did not remove it.
 */
export function mirrorEdits(
  provider: ReadProvider,
  { env, mirror, domains }: MirrorContext,
): readonly Edit[] {
  const { config, entry, tokens } = provider;
  if (hasTwoOfOneKind(provider)) return [];
  if (entry === null) {
    // A gateway's base URL and token without a block are a route that the user wrote by hand.
    const { baseUrl } = config.values;
    const hosts = domains.map(({ host }) => host);
    return isOnGateway(baseUrl, hosts) ? [] : removeStrayTokens(config.values, tokens);
  }
  if (config.block === null) return removeMirror(entry, { claim: false });
  if (unconfirmedDomain(config.block, domains) !== null) {
    return removeMirror(entry, { claim: false });
  }
  const mayAdd = mirror && !isKeyOfOtherHost(provider, env);
  if (!isMirrored(entry) && !mayAdd) return restoreHeaders(entry);
  const wanted = mirrorValues(config, env);
  if (wanted === null) return [];
  const token = wanted.token ?? (isMirrored(entry) ? null : siblingToken(provider, config.block));
  return updateMirror(entry, { ...wanted, token }, { isNew: false });
}

/** Whether the user must first confirm that the gateway may use another host's key. */
export function isKeyOfOtherHost(provider: ReadProvider, env: NodeJS.ProcessEnv): boolean {
  const segment = provider.shown?.segment ?? null;
  return unconfirmedHost(keyOwner(provider, env), segment) !== null;
}

/** The edits that stop mux from sending a token to another host. An existing mirror is kept. */
export function stopLeak(provider: ReadProvider, context: MirrorContext): LeakFix {
  const isMarked = provider.entry !== null && isMirrored(provider.entry);
  const mirror = context.mirror || isMarked;
  return leakFix(provider, mirrorEdits(provider, { ...context, mirror }), context);
}

/** The edits that stop mux from calling an unconfirmed custom domain; null if it does not. */
export function domainFix(
  provider: ReadProvider,
  context: Pick<ChangeContext, "env" | "domains">,
): DomainFix | null {
  const { entry } = provider;
  if (entry === null || calledUnconfirmed(provider, context) === null) return null;
  const edits = removeMirror(entry, { claim: true });
  if (edits.length === 0) return null;
  const hasToken = tokenHeadersIn(entry.values["headers"]).length > 0;
  return { fix: hasToken ? "remove_token_header" : "mend_mirror", edits };
}

/** The token in other blocks of the gateway, for OpenRouter, whose block must not have one. */
export function siblingToken(
  { config, tokens }: ReadProvider,
  gateway: GatewayNames,
): string | null {
  const token = isOpenRouter(config) ? tokens.ofGateway(gateway) : null;
  return token !== null && checkToken(token).success ? token : null;
}

/** Whether a block appears twice. It is ambiguous then, so neither is changed. */
export function hasTwoOfOneKind({ notices }: ReadProvider): boolean {
  return notices.some(({ code }) => code === "duplicate_block");
}
