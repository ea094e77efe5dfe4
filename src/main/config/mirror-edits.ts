/** What the members beside a provider's block should be, as edits. */
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
 * What makes the members beside a block what they should be; nothing when they are. A mirror that
 * exists is updated even where blocks are not mirrored, because the user did not remove it.
 */
export function mirrorEdits(
  provider: ReadProvider,
  { env, mirror, domains }: MirrorContext,
): readonly Edit[] {
  const { config, written, tokens } = provider;
  if (hasTwoOfOneKind(provider)) return [];
  if (written === null) {
    // Written by hand, a base URL of a gateway and its token are a route of their own.
    const { baseUrl } = config.values;
    const hosts = domains.map(({ host }) => host);
    return isOnGateway(baseUrl, hosts) ? [] : removeStrayTokens(config.values, tokens);
  }
  if (config.block === null) return removeMirror(written, { claim: false });
  if (unconfirmedDomain(config.block, domains) !== null) {
    return removeMirror(written, { claim: false });
  }
  // The user has not confirmed yet that the gateway may pass on the key of another host.
  const isUnconfirmed = unconfirmedHost(keyOwner(provider, env), config.block.segment) !== null;
  if (!isMirrored(written) && (!mirror || isUnconfirmed)) return restoreHeaders(written);
  const wanted = mirrorValues(config, env);
  if (wanted === null) return [];
  const token = wanted.token ?? (isMirrored(written) ? null : siblingToken(provider, config.block));
  return updateMirror(written, { ...wanted, token }, { isNew: false });
}

/** What stops mux from sending the token of a provider elsewhere; a mirror that is there is kept. */
export function stopLeak(provider: ReadProvider, context: MirrorContext): LeakFix {
  const isMarked = provider.written !== null && isMirrored(provider.written);
  const mirror = context.mirror || isMarked;
  return leakFix(provider, mirrorEdits(provider, { ...context, mirror }), context);
}

/** Stops mux from calling a custom domain that is not confirmed; null where it does not call it. */
export function domainFix(
  provider: ReadProvider,
  context: Pick<ChangeContext, "env" | "domains">,
): DomainFix | null {
  const { written } = provider;
  if (written === null || calledUnconfirmed(provider, context) === null) return null;
  const edits = removeMirror(written, { claim: true });
  if (edits.length === 0) return null;
  const hasToken = tokenHeadersIn(written.values["headers"]).length > 0;
  return { fix: hasToken ? "remove_token_header" : "mend_mirror", edits };
}

/** For OpenRouter, which keeps none of its own: the token that other blocks of the gateway have. */
export function siblingToken(
  { config, tokens }: ReadProvider,
  gateway: GatewayNames,
): string | null {
  const token = isOpenRouter(config) ? tokens.ofGateway(gateway) : null;
  return token !== null && checkToken(token).success ? token : null;
}

/** Two blocks of the same name are ambiguous, so neither is changed. */
export function hasTwoOfOneKind({ notices }: ReadProvider): boolean {
  return notices.some(({ code }) => code === "duplicate_block");
}
