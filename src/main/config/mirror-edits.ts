/** What the members beside a provider's block should be, as edits. */
import { checkToken } from "../../shared/gateway-names";
import { unconfirmedHost } from "../../shared/key-host";
import type { Edit } from "../jsonc/plan";
import type { GatewayNames } from "../mirror/known-tokens";
import { updateMirror, mirrorValues, removeMirror } from "../mirror/mirror";
import { removeStrayTokens, restoreHeaders } from "../mirror/mirror-headers";
import { isMirrored, isOnGateway } from "../mirror/mirrored-fields";
import { isOpenRouter } from "../mirror/provider-entry";
import { keyOwner, type ReadProvider } from "./providers";
import { leakFix, type LeakFix } from "./token-leak";

export interface ChangeContext {
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  /** Whether blocks are mirrored. */
  readonly mirror: boolean;
}

/**
 * What makes the members beside a block what they should be; nothing when they are. A mirror that
 * exists is updated even where blocks are not mirrored, because the user did not remove it.
 */
export function mirrorEdits(
  provider: ReadProvider,
  { env, mirror }: Pick<ChangeContext, "env" | "mirror">,
): readonly Edit[] {
  const { config, written, tokens } = provider;
  if (hasTwoOfOneKind(provider)) return [];
  if (written === null) {
    // Written by hand, a base URL of the gateway and its token are a route of their own.
    const { baseUrl } = config.values;
    return isOnGateway(baseUrl) ? [] : removeStrayTokens(config.values, tokens);
  }
  if (config.block === null) return removeMirror(written, { claim: false });
  // The user has not confirmed yet that the gateway may pass on the key of another host.
  const isUnconfirmed = unconfirmedHost(keyOwner(provider, env), config.block.segment) !== null;
  if (!isMirrored(written) && (!mirror || isUnconfirmed)) return restoreHeaders(written);
  const wanted = mirrorValues(config, env);
  if (wanted === null) return [];
  const token = wanted.token ?? (isMirrored(written) ? null : siblingToken(provider, config.block));
  return updateMirror(written, { ...wanted, token }, { isNew: false });
}

/** What stops mux from sending the token of a provider elsewhere; a mirror that is there is kept. */
export function stopLeak(
  provider: ReadProvider,
  { env, mirror }: Pick<ChangeContext, "env" | "mirror">,
): LeakFix {
  const isMarked = provider.written !== null && isMirrored(provider.written);
  return leakFix(provider, mirrorEdits(provider, { env, mirror: mirror || isMarked }), env);
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
