/** Text + one change of a provider → text, its mirror included. */
import { failure } from "../../shared/errors";
import { checkToken } from "../../shared/gateway-names";
import { gatewayBaseUrl, usualSegment } from "../../shared/gateway-url";
import { unconfirmedHost } from "../../shared/key-host";
import { success, type Result } from "../../shared/result";
import type { FixCode } from "../../shared/view";
import { parseDocument } from "../jsonc/document";
import { applyChange, type BlockDetails } from "./edit";
import { fixPlan } from "./fixes";
import { editMembers, type MemberEdit } from "../jsonc/member-edits";
import { isSameAccount, withTokensOf, type GatewayNames } from "../mirror/known-tokens";
import {
  followBlock,
  mirrorWish,
  removeBlockTokens,
  removeLeftovers,
  removeMirror,
  removeOldToken,
  renewMemory,
} from "../mirror/mirror";
import { removeStrayTokens, restoreHeaders } from "../mirror/mirror-headers";
import { isOpenRouter } from "../mirror/written";
import { isMirrored, isOnGateway, marksOf } from "../mirror/mirror-marks";
import { keyOwner, readProviders, type ReadProvider } from "./providers";
import { leakFix, leakHost, type LeakFix } from "./token-leak";
import { routedProvider } from "../mux/routed-provider";

export interface ChangeContext {
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  /** Whether blocks are mirrored. */
  readonly mirror: boolean;
}

/**
 * Besides the errors of `applyChange`: those of the names, the token and `gatewayBaseUrl`, and
 * `foreign_host` for a key of another host while no segment says where the key may go.
 */
export function enableProvider(
  text: string,
  provider: ReadProvider,
  details: BlockDetails,
  context: ChangeContext,
): Result<string> {
  const { file, env } = context;
  const { config, shown } = provider;
  if (typeof details.token === "string") {
    const token = checkToken(details.token);
    if (!token.success) return token;
  }
  const segment = (details.segment === undefined ? shown?.segment : details.segment) ?? null;
  const routed = routedProvider(config, env);
  const url = gatewayBaseUrl(routed, { ...details, segment });
  if (!url.success) return url;
  const host = unconfirmedHost(keyOwner(provider, env), segment);
  if (host !== null) {
    return failure("foreign_host", {
      provider: config.id,
      host,
      segment: usualSegment(routed) ?? "custom-…",
    });
  }
  const token = tokenToWrite(provider, details, context);
  if (!token.success) return token;
  const claimed = claimHandMade(text, provider, context);
  if (!claimed.success) return claimed;
  const inBlock = { ...details, token: token.data.inBlock };
  const change = { kind: "enable", provider: config.id, details: inBlock } as const;
  const enabled = applyChange(claimed.data, change, file);
  if (!enabled.success) return enabled;
  const isNew = config.block === null;
  return settle(enabled.data, provider, context, { isNew, inHeader: token.data.inHeader });
}

/** Switches the block off and takes its mirror away. */
export function disableProvider(
  text: string,
  provider: ReadProvider,
  context: ChangeContext,
): Result<string> {
  return changeDirect(text, provider, "disable", context);
}

/** Removes the block and its mirror. */
export function forgetProvider(
  text: string,
  provider: ReadProvider,
  context: ChangeContext,
): Result<string> {
  return changeDirect(text, provider, "forget", context);
}

/** `fix_unavailable` when the provider has no use for it. */
export function fixProvider(
  text: string,
  provider: ReadProvider,
  fix: FixCode,
  context: ChangeContext,
): Result<string> {
  const { id } = provider.config;
  if (fix === "mend_mirror" || fix === "hide_saved_values") {
    const { written } = provider;
    const renewal = written === null || hasTwoOfOneKind(provider) ? [] : renewMemory(written);
    const edits = fix === "mend_mirror" ? mirrorEdits(provider, context) : renewal;
    if (edits.length === 0) return failure("fix_unavailable", { provider: id });
    return editMembers(text, [{ provider: id, edits }], context.file);
  }
  if (fix === "restore_gateway_url" || fix === "remove_token_header") {
    const stop = leakHost(provider, context.env) === null ? null : stopLeak(provider, context);
    if (stop?.fix !== fix) return failure("fix_unavailable", { provider: id });
    return editMembers(text, [{ provider: id, edits: stop.edits }], context.file);
  }
  const plan = fixPlan(fix, provider.config, context.env);
  if (plan === null) return failure("fix_unavailable", { provider: id });
  const edits = [...plan.edits, ...(provider.written ? renewMemory(provider.written) : [])];
  const edited = editMembers(text, [{ provider: id, edits }], context.file);
  if (!edited.success || plan.block === null) return edited;
  const change = { kind: "enable", provider: id, details: plan.block } as const;
  const adopted = applyChange(edited.data, change, context.file);
  return adopted.success ? settle(adopted.data, provider, context, { isNew: true }) : adopted;
}

/** Writes the mirror of every block that is on, or takes every mirror and token header away. */
export function mirrorAll(
  text: string,
  providers: readonly ReadProvider[],
  context: ChangeContext,
): Result<string> {
  const asked = providers.flatMap((provider) => {
    const { written } = provider;
    const edits =
      context.mirror || written === null || hasTwoOfOneKind(provider)
        ? mirrorEdits(provider, context)
        : removeMirror(written, { claim: false });
    return edits.length === 0 ? [] : [{ provider: provider.config.id, edits }];
  });
  return editMembers(text, asked, context.file);
}

/**
 * What makes the members beside a block what they should be; nothing when they are. A mirror that
 * is there is kept in step also where blocks are not mirrored, for nobody asked to remove it.
 */
export function mirrorEdits(
  provider: ReadProvider,
  { env, mirror }: Pick<ChangeContext, "env" | "mirror">,
): readonly MemberEdit[] {
  const { config, written, tokens } = provider;
  if (hasTwoOfOneKind(provider)) return [];
  if (written === null) {
    // Written by hand, a base URL of the gateway and its token are a route of their own.
    const { baseUrl } = config.values;
    return isOnGateway(baseUrl) ? [] : removeStrayTokens(config.values, tokens);
  }
  if (config.block === null) return removeMirror(written, { claim: false });
  if (!mirror && !isMirrored(written)) return restoreHeaders(written);
  const wish = mirrorWish(config, env);
  if (wish === null) return [];
  const token = wish.token ?? (isMirrored(written) ? null : siblingToken(provider, config.block));
  return followBlock(written, { ...wish, token }, { isNew: false });
}

interface TokenToWrite {
  /** As in `BlockDetails`. */
  readonly inBlock: string | null | undefined;
  /** For OpenRouter, whose token is in the mirror's header alone; absent: that of the block. */
  readonly inHeader?: string | null;
}

/**
 * A token stays with its account: for another one, a token that is not given anew is not kept.
 * OpenRouter takes the token of another block of the same gateway. Fails with
 * `openrouter_needs_mirror` and `token_invalid`.
 */
function tokenToWrite(
  provider: ReadProvider,
  details: BlockDetails,
  { mirror }: ChangeContext,
): Result<TokenToWrite> {
  const { config, shown, written } = provider;
  const { token: asked, accountId } = details;
  const isKept =
    shown !== null &&
    (shown.accountId === "" ||
      isSameAccount(written?.block ?? {}, { accountId, host: written?.block["host"] }));
  const kept = isKept ? shown.token : null;
  if (!isOpenRouter(config)) {
    return success({ inBlock: asked === undefined && !isKept ? null : asked });
  }
  const own = asked === undefined ? kept : asked;
  if (own !== null && own !== "") {
    const usable = checkToken(own);
    if (!usable.success) return usable;
  }
  const isMirroredNow = mirror || (written !== null && isMirrored(written));
  if (own !== null && own !== "" && !isMirroredNow) return failure("openrouter_needs_mirror");
  const taken = asked === undefined && isMirroredNow ? siblingToken(provider, details) : null;
  return success({ inBlock: null, inHeader: own ?? taken });
}

/** For OpenRouter, which keeps none of its own: the token that other blocks of the gateway have. */
function siblingToken({ config, tokens }: ReadProvider, gateway: GatewayNames): string | null {
  const token = isOpenRouter(config) ? tokens.ofGateway(gateway) : null;
  return token !== null && checkToken(token).success ? token : null;
}

/** What stops mux from sending the token of a provider elsewhere; a mirror that is there is kept. */
export function stopLeak(
  provider: ReadProvider,
  { env, mirror }: Pick<ChangeContext, "env" | "mirror">,
): LeakFix {
  const isMarked = provider.written !== null && isMirrored(provider.written);
  return leakFix(provider, mirrorEdits(provider, { env, mirror: mirror || isMarked }), env);
}

interface Settling {
  readonly isNew: boolean;
  /** The token of the mirror's header; absent: the one of the block. */
  readonly inHeader?: string | null | undefined;
}

/** After the block has been changed: what stands beside it follows. */
function settle(
  text: string,
  before: ReadProvider,
  { file, env, mirror }: ChangeContext,
  { isNew, inHeader }: Settling,
): Result<string> {
  // A header by hand that has the very token that is to be written is the mirror's.
  const tokens = withTokensOf(before.tokens, [{ token: inHeader }]);
  const provider = providerAfter(text, { ...before, tokens }, file);
  if (!provider.success) return provider;
  const { written, config } = provider.data;
  const wish = mirrorWish(config, env);
  if (written === null || wish === null) return success(text);
  const token = inHeader === undefined ? wish.token : inHeader;
  const edits =
    mirror || isMirrored(written)
      ? followBlock(written, { ...wish, token }, { isNew })
      : removeOldToken(written, token);
  return editMembers(text, [{ provider: config.id, edits }], file);
}

/** What was written by hand as the mirror would have written it becomes the mirror's, or it would be taken for the user's once the block has changed. */
function claimHandMade(
  text: string,
  provider: ReadProvider,
  context: ChangeContext,
): Result<string> {
  const { config, written } = provider;
  if (written === null || config.block === null) return success(text);
  const { baseUrl, declared } = marksOf(written);
  const isHandMade = baseUrl && !declared && (context.mirror || isMirrored(written));
  if (!isHandMade) return success(text);
  const edits = mirrorEdits(provider, context);
  return editMembers(text, [{ provider: config.id, edits }], context.file);
}

/** Without its mirror, and then without its block; of a provider without a block, what is left of a mirror. */
function changeDirect(
  text: string,
  provider: ReadProvider,
  kind: "disable" | "forget",
  { file, mirror }: ChangeContext,
): Result<string> {
  const { config, written, blocks, tokens } = provider;
  const { id } = config;
  if (written === null) {
    const left = blocks.length === 0 ? removeLeftovers(config.values, tokens) : [];
    return left.length > 0
      ? editMembers(text, [{ provider: id, edits: left }], file)
      : applyChange(text, { kind, provider: id }, file);
  }
  const edits = [
    ...removeMirror(written, { claim: mirror }),
    ...(isOpenRouter(config) ? removeBlockTokens(written) : []),
  ];
  const direct = editMembers(text, [{ provider: id, edits }], file);
  return direct.success ? applyChange(direct.data, { kind, provider: id }, file) : direct;
}

/** Of two blocks of the same name nobody can say which is meant: neither is touched. */
function hasTwoOfOneKind({ notices }: ReadProvider): boolean {
  return notices.some(({ code }) => code === "duplicate_block");
}

function providerAfter(text: string, before: ReadProvider, file: string): Result<ReadProvider> {
  const document = parseDocument(text, file);
  if (!document.success) return document;
  const { id } = before.config;
  const same = document.data.root?.members.filter(({ key }) => key === id) ?? [];
  const provider = readProviders(text, same, before.tokens).find(({ config }) => config.id === id);
  return provider ? success(provider) : failure("provider_unknown", { provider: id });
}
