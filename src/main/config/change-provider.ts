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
import { followBlock, mirrorWish, removeMirror, removeMirrorOnly } from "../mirror/mirror";
import { isMirrored, marksOf } from "../mirror/mirror-marks";
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
  const claimed = claimHandMade(text, provider, context);
  if (!claimed.success) return claimed;
  const change = { kind: "enable", provider: config.id, details } as const;
  const enabled = applyChange(claimed.data, change, file);
  if (!enabled.success) return enabled;
  const isNew = config.block === null;
  return settle(enabled.data, config.id, context, { isNew, dropToken: details.token === null });
}

/** Switches the block off and takes its mirror away. */
export function disableProvider(
  text: string,
  provider: ReadProvider,
  context: ChangeContext,
): Result<string> {
  const change = { kind: "disable", provider: provider.config.id } as const;
  const direct = withoutMirror(text, provider, context);
  return direct.success ? applyChange(direct.data, change, context.file) : direct;
}

/** Removes the block and its mirror. */
export function forgetProvider(
  text: string,
  provider: ReadProvider,
  context: ChangeContext,
): Result<string> {
  const change = { kind: "forget", provider: provider.config.id } as const;
  const direct = withoutMirror(text, provider, context);
  return direct.success ? applyChange(direct.data, change, context.file) : direct;
}

/** `fix_unavailable` when the provider has no use for it. */
export function fixProvider(
  text: string,
  provider: ReadProvider,
  fix: FixCode,
  context: ChangeContext,
): Result<string> {
  const { id } = provider.config;
  if (fix === "mend_mirror") {
    const edits = mirrorEdits(provider, context);
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
  const edited = editMembers(text, [{ provider: id, edits: plan.edits }], context.file);
  if (!edited.success || plan.block === null) return edited;
  const change = { kind: "enable", provider: id, details: plan.block } as const;
  const adopted = applyChange(edited.data, change, context.file);
  return adopted.success ? settle(adopted.data, id, context, { isNew: true }) : adopted;
}

/** Writes the mirror of every block that is on, or takes every mirror away. */
export function mirrorAll(
  text: string,
  providers: readonly ReadProvider[],
  context: ChangeContext,
): Result<string> {
  const asked = providers.flatMap((provider) => {
    const edits = mirrorEdits(provider, context);
    return edits.length === 0 ? [] : [{ provider: provider.config.id, edits }];
  });
  return editMembers(text, asked, context.file);
}

/** What makes the members beside a block what they should be; nothing when they are. */
export function mirrorEdits(
  { config, written, notices }: ReadProvider,
  { env, mirror }: Pick<ChangeContext, "env" | "mirror">,
): readonly MemberEdit[] {
  // Of two blocks of the same name nobody can say which is meant: neither is touched.
  if (written === null || notices.some(({ code }) => code === "duplicate_block")) return [];
  if (config.block === null) return isMirrored(written) ? removeMirror(written) : [];
  if (!mirror) return isMirrored(written) ? removeMirrorOnly(written) : [];
  const wish = mirrorWish(config, env);
  return wish === null ? [] : followBlock(written, wish, { isNew: false });
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
  /** The token that OpenRouter's header has is not wanted any more. */
  readonly dropToken?: boolean;
}

/** After the block has been changed: what stands beside it follows. */
function settle(
  text: string,
  id: string,
  { file, env, mirror }: ChangeContext,
  { isNew, dropToken = false }: Settling,
): Result<string> {
  const provider = providerIn(text, id, file);
  if (!provider.success) return provider;
  const { written, config } = provider.data;
  const wish = mirrorWish(config, env);
  if (written === null || wish === null) return success(text);
  const edits = (): readonly MemberEdit[] => {
    if (mirror) return followBlock(written, dropToken ? { ...wish, token: null } : wish, { isNew });
    if (!isMirrored(written)) return [];
    return dropToken ? removeMirror(written) : removeMirrorOnly(written);
  };
  return editMembers(text, [{ provider: id, edits: edits() }], file);
}

/** What was written by hand as the mirror would have written it becomes the mirror's, or it would be taken for the user's once the block has changed. */
function claimHandMade(
  text: string,
  provider: ReadProvider,
  context: ChangeContext,
): Result<string> {
  const { config, written } = provider;
  const marks = written && marksOf(written);
  const isHandMade = marks !== null && !marks.declared && (marks.baseUrl || marks.headers);
  if (!context.mirror || !isHandMade) return success(text);
  const edits = mirrorEdits(provider, context);
  return editMembers(text, [{ provider: config.id, edits }], context.file);
}

function withoutMirror(
  text: string,
  { config, written }: ReadProvider,
  { file, mirror }: ChangeContext,
): Result<string> {
  if (written === null || !(mirror || isMirrored(written))) return success(text);
  return editMembers(text, [{ provider: config.id, edits: removeMirror(written) }], file);
}

function providerIn(text: string, id: string, file: string): Result<ReadProvider> {
  const document = parseDocument(text, file);
  if (!document.success) return document;
  const same = document.data.root?.members.filter(({ key }) => key === id) ?? [];
  const provider = readProviders(text, same).find(({ config }) => config.id === id);
  return provider ? success(provider) : failure("provider_unknown", { provider: id });
}
