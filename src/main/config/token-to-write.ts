/** Decides where the token of a changed block is written: to the block, to a header, or nowhere. */
import { failure } from "../../shared/errors";
import { unconfirmedDomain } from "../../shared/gateway-domain";
import { checkToken } from "../../shared/gateway-names";
import { success, type Result } from "../../shared/result";
import { isMirrored } from "../mirror/mirrored-fields";
import { isOpenRouter } from "../mirror/provider-entry";
import type { BlockDetails } from "./edit";
import { siblingToken, type ChangeContext } from "./mirror-edits";
import type { ReadProvider } from "./providers";

export interface TokenToWrite {
  readonly inBlock: BlockDetails["token"];
  /** For OpenRouter, whose token is only in the mirrored header. If absent, the block's token. */
  readonly inHeader?: string | null;
}

/**
 * A token belongs to its account and host, so a change of either drops it unless a new one is given.
 * OpenRouter takes the token of another block of the same gateway. Fails with
 * `openrouter_needs_mirror`, `token_invalid`, or `domain_unconfirmed` for OpenRouter, whose token is in
 * the mirror, which an unconfirmed domain does not get.
 */
export function tokenToWrite(
  provider: ReadProvider,
  details: BlockDetails,
  { mirror, domains }: ChangeContext,
): Result<TokenToWrite> {
  const { config, shown, entry } = provider;
  const { token: asked, accountId, gatewayName } = details;
  const host = hostAfter(provider, details);
  const isKept =
    shown !== null &&
    shown.host === host &&
    (shown.accountId === "" || shown.accountId === accountId);
  const kept = isKept ? shown.token : null;
  if (!isOpenRouter(config)) {
    // A confirmation that one gateway is open does not apply to another.
    const staysOpen = !isOpen(provider) || shown?.gatewayName === gatewayName;
    return success({ inBlock: asked === undefined && !(isKept && staysOpen) ? null : asked });
  }
  const own = typeof asked === "string" ? asked : asked === undefined ? kept : null;
  if (own !== null && own !== "") {
    const usable = checkToken(own);
    if (!usable.success) return usable;
  }
  const unconfirmed = unconfirmedDomain({ accountId, gatewayName, host }, domains);
  if (unconfirmed !== null) {
    return own === null || own === ""
      ? success({ inBlock: null, inHeader: null })
      : failure("domain_unconfirmed", { host: unconfirmed });
  }
  const isMirroredNow = mirror || (entry !== null && isMirrored(entry));
  if (own !== null && own !== "" && !isMirroredNow) return failure("openrouter_needs_mirror");
  const taken =
    asked === undefined && isMirroredNow
      ? siblingToken(provider, { accountId, gatewayName, host })
      : null;
  return success({ inBlock: null, inHeader: own ?? taken });
}

/** The custom domain of a provider's block with these details; null for Cloudflare's own host. */
export function hostAfter({ shown }: ReadProvider, { host }: BlockDetails): string | null {
  return (host === undefined ? shown?.host : host) ?? null;
}

/** Whether the user confirmed that the gateway of its block needs no token. */
export function isOpen({ entry }: ReadProvider): boolean {
  return entry?.block["token"] === null;
}
