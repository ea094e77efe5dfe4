/** Plans changes of providers, including their compatibility fields. */
import { failure } from "../../shared/errors";
import { unconfirmedDomain } from "../../shared/gateway-domain";
import { checkToken } from "../../shared/gateway-names";
import { gatewayBaseUrl, usualSegment } from "../../shared/gateway-url";
import { unconfirmedHost } from "../../shared/key-host";
import { success, type Result } from "../../shared/result";
import type { FixCode } from "../../shared/view";
import type { Document } from "../jsonc/document";
import { isBareObject } from "../jsonc/bare-object";
import {
  updateMirror,
  mirrorValues,
  removeBlockTokens,
  removeLeftovers,
  removeMirror,
  removeOldToken,
  renewMemory,
} from "../mirror/mirror";
import { isMirrored, mirroredFields } from "../mirror/mirrored-fields";
import { isOpenRouter } from "../mirror/provider-entry";
import { routedProvider } from "../mux/routed-provider";
import type { BlockDetails } from "./edit";
import { fixPlan } from "./fixes";
import {
  domainFix,
  hasTwoOfOneKind,
  isKeyOfOtherHost,
  mirrorEdits,
  stopLeak,
  type ChangeContext,
} from "./mirror-edits";
import { ProviderChange } from "./provider-change";
import { keyOwner, type ReadProvider } from "./providers";
import { checkNewToken } from "./new-token";
import { leakHost } from "./token-leak";
import { hostAfter, tokenToWrite, type TokenToWrite } from "./token-to-write";

/**
 * Plans to write or enable the block with a token that is not stored yet. Errors: those of `planRoute`
 * and `checkNewToken`.
 */
export function planEnable(
  document: Document,
  provider: ReadProvider,
  details: BlockDetails,
  context: ChangeContext,
): Result<ProviderChange> {
  const token =
    typeof details.token === "string" ? checkNewToken(details.token, context.env) : success(null);
  return token.success ? planRoute(document, provider, details, context) : token;
}

/**
 * Plans to write or enable the block. Errors: those of `planChange`, `tokenToWrite` and
 * `gatewayBaseUrl`, and `foreign_host` for a key of another host without a segment.
 */
export function planRoute(
  document: Document,
  provider: ReadProvider,
  details: BlockDetails,
  context: ChangeContext,
): Result<ProviderChange> {
  const { env } = context;
  const { config, shown } = provider;
  if (typeof details.token === "string") {
    const token = checkToken(details.token);
    if (!token.success) return token;
  }
  const segment = (details.segment === undefined ? shown?.segment : details.segment) ?? null;
  const routed = routedProvider(config, env);
  const domain = hostAfter(provider, details);
  const url = gatewayBaseUrl(routed, { ...details, segment, host: domain });
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
  return planBlock(document, provider, { kind: "enable", details, token: token.data }, context);
}

/**
 * Plans the change of a block that stays active or disabled. Whether the provider can be routed was
 * checked when the block was enabled. Errors: those of `planChange` and `tokenToWrite`.
 */
export function planUpdate(
  document: Document,
  provider: ReadProvider,
  details: BlockDetails,
  context: ChangeContext,
): Result<ProviderChange> {
  const { config } = provider;
  const isOn = config.block !== null;
  // OpenRouter's token is in a header, which exists only while its block is active.
  const token: Result<TokenToWrite> =
    isOpenRouter(config) && !isOn
      ? success({ inBlock: null })
      : tokenToWrite(provider, details, context);
  if (!token.success) return token;
  return planBlock(document, provider, { kind: "update", details, token: token.data }, context);
}

interface Asked {
  readonly kind: "enable" | "update";
  readonly details: BlockDetails;
  readonly token: TokenToWrite;
}

/** Plans a change of the block, with the compatibility fields of one that is active afterwards. */
function planBlock(
  document: Document,
  provider: ReadProvider,
  { kind, details, token: { inBlock, inHeader } }: Asked,
  context: ChangeContext,
): Result<ProviderChange> {
  const { config, shown } = provider;
  const change = new ProviderChange(provider);
  prepare(change, details, context);
  // A header with exactly the new token counts as the mirror's, even if it was written by hand.
  change.know([{ token: inHeader }]);
  const block = { kind, provider: config.id, details: { ...details, token: inBlock } } as const;
  const planned = change.changeBlock(document, block, context.file);
  if (!planned.success) return planned;
  const isNew = config.block === null;
  const formerHost = shown?.host ?? null;
  if (kind === "enable" || !isNew) settle(change, context, { isNew, inHeader, formerHost });
  return success(change);
}

/** Whether mux sends a disabled block to OpenRouter. Source: mux, provider settings. */
export function sendsDisabledBlock({ config, shown }: ReadProvider): boolean {
  return (
    config.kind === "built-in" && config.id === "openrouter" && !config.block && shown !== null
  );
}

/** Plans a fix. Fails with `fix_unavailable` if the provider does not need it. */
export function planFix(
  document: Document,
  provider: ReadProvider,
  fix: FixCode,
  context: ChangeContext,
): Result<ProviderChange> {
  const { config, entry } = provider;
  const { id } = config;
  const { file } = context;
  if (fix === "remove_disabled_block") {
    return sendsDisabledBlock(provider)
      ? planDirect(document, provider, "forget", context)
      : failure("fix_unavailable", { provider: id });
  }
  const change = new ProviderChange(provider);
  if (fix === "mend_mirror") change.edit(mirrorEdits(provider, context));
  else if (fix === "hide_saved_values") {
    change.edit(entry === null || hasTwoOfOneKind(provider) ? [] : renewMemory(entry));
  } else if (fix === "restore_gateway_url" || fix === "remove_token_header") {
    const isLeak = leakHost(provider, context) !== null;
    const stop = isLeak ? stopLeak(provider, context) : domainFix(provider, context);
    if (stop?.fix === fix) change.edit(stop.edits);
  } else {
    const plan = fixPlan(fix, config, context);
    if (plan !== null) change.edit([...plan.edits, ...(entry ? renewMemory(entry) : [])]);
    if (plan?.block) {
      const token = tokenToWrite(provider, plan.block, context);
      if (!token.success) return token;
      const details = { ...plan.block, token: token.data.inBlock };
      const block = { kind: "enable", provider: id, details } as const;
      const planned = change.changeBlock(document, block, file);
      if (!planned.success) return planned;
      settle(change, context, { isNew: true, inHeader: token.data.inHeader });
    }
  }
  return change.isEmpty ? failure("fix_unavailable", { provider: id }) : success(change);
}

interface Settling {
  readonly isNew: boolean;
  /** The token of the mirrored header. If absent, the block's token. */
  readonly inHeader?: string | null | undefined;
  /** The custom domain of the block before it was changed. */
  readonly formerHost?: string | null;
}

/** Updates the compatibility fields after a change of the block. */
function settle(
  change: ProviderChange,
  { env, mirror, domains }: ChangeContext,
  { isNew, inHeader, formerHost = null }: Settling,
): void {
  const { entry, config } = change.provider;
  const wanted = mirrorValues(config, env);
  if (entry === null || wanted === null) return;
  if (config.block !== null && unconfirmedDomain(config.block, domains) !== null) return;
  const token = inHeader === undefined ? wanted.token : inHeader;
  const adds = mirror && !isKeyOfOtherHost(change.provider, env);
  change.edit(
    adds || isMirrored(entry)
      ? updateMirror(entry, { ...wanted, token }, { isNew, formerHost })
      : removeOldToken(entry, token),
  );
}

/** Before the block is changed: removes any mirror if the domain is not confirmed. */
function prepare(change: ProviderChange, details: BlockDetails, context: ChangeContext): void {
  const { accountId, gatewayName } = details;
  const { entry } = change.provider;
  const named = { accountId, gatewayName, host: hostAfter(change.provider, details) };
  if (unconfirmedDomain(named, context.domains) === null) claimHandMade(change, context);
  else if (entry !== null) change.edit(removeMirror(entry, { claim: context.mirror }));
}

/**
 * Declares values that were written by hand, but exactly as the mirror would write them, as mirrored.
 * Otherwise they would count as the user's own after the block has changed.
 */
function claimHandMade(change: ProviderChange, context: ChangeContext): void {
  const { config, entry } = change.provider;
  if (entry === null || config.block === null) return;
  const { baseUrl, declared } = mirroredFields(entry);
  const isHandMade = baseUrl && !declared && (context.mirror || isMirrored(entry));
  if (isHandMade) change.edit(mirrorEdits(change.provider, context));
}

/** Plans to remove the mirror and then the block, or what is left of a mirror without a block. */
export function planDirect(
  document: Document,
  provider: ReadProvider,
  kind: "disable" | "forget",
  { file, mirror }: ChangeContext,
): Result<ProviderChange> {
  const { config, entry, blocks, tokens } = provider;
  const change = new ProviderChange(provider);
  if (entry !== null) {
    change.edit(removeMirror(entry, { claim: mirror }));
    if (isOpenRouter(config)) change.edit(removeBlockTokens(entry));
  } else if (blocks.length === 0) change.edit(removeLeftovers(config.values, tokens));
  if (entry !== null || change.isEmpty) {
    const planned = change.changeBlock(document, { kind, provider: config.id }, file);
    if (!planned.success) return planned;
  }
  if (kind === "forget" && isLeftEmpty(document, change)) change.removeProvider();
  return success(change);
}

/**
 * Whether a provider that the panel may have created has neither members nor comments left. An object
 * on one line can be the user's own `{}`, so it stays.
 */
function isLeftEmpty({ text, root }: Document, { id, provider }: ProviderChange): boolean {
  if (root === null || Object.keys(provider.config.values).length > 0) return false;
  const isRepeated = provider.notices.some(({ code }) => code === "duplicate_provider");
  const member = root.last(id);
  return member !== undefined && !isRepeated && isBareObject(text, member);
}
