/**
 * The mirror: what stands beside a block so that a mux that does not know the block takes the same
 * route. The block lists in `mirror` which of the provider's members are the mirror's, and keeps
 * what stood in their place in `directBaseUrl` and `directHeaders`.
 */
import { checkToken } from "../../shared/gateway-names";
import { gatewayBaseUrl } from "../../shared/gateway-url";
import type { MemberEdit } from "../jsonc/member-edits";
import { followToken, restoreHeaders } from "./mirror-headers";
import {
  isOnGateway,
  marksOf,
  mirroredToken,
  type MirrorMarks,
  type Written,
} from "./mirror-marks";
import type { ProviderConfig } from "../mux/provider-config";
import { routedProvider } from "../mux/routed-provider";

/** What the mirror of a block says. */
export interface MirrorWish {
  readonly baseUrl: string;
  readonly token: string | null;
}

/** Null when there is no block that is on, or none that a request can be sent by. */
export function mirrorWish(provider: ProviderConfig, env: NodeJS.ProcessEnv): MirrorWish | null {
  if (provider.block === null) return null;
  const baseUrl = gatewayBaseUrl(routedProvider(provider, env), provider.block);
  const token = provider.block.token ?? "";
  if (!baseUrl.success || (token !== "" && !checkToken(token).success)) return null;
  return { baseUrl: baseUrl.data, token: token === "" ? null : token };
}

/**
 * What brings the mirror in step with its block; nothing when it is. What the user wrote in its
 * place is kept in the block first, as it is spelled. `isNew`: the block has only now been switched
 * on, so that whatever stands beside it is the user's.
 */
export function followBlock(
  written: Written,
  wish: MirrorWish,
  { isNew }: { readonly isNew: boolean },
): readonly MemberEdit[] {
  const { id, key, block } = written;
  const found = marksOf(written);
  const marks = isNew && !found.declared ? NONE : found;
  const members = wish.token === null ? ["baseUrl"] : ["baseUrl", "headers"];
  const edits: MemberEdit[] = [];
  if (JSON.stringify(block["mirror"]) !== JSON.stringify(members)) {
    const spelled = `[${members.map((name) => JSON.stringify(name)).join(", ")}]`;
    edits.push({ kind: "set", path: [key, "mirror"], value: { spelled } });
  }
  edits.push(...followBaseUrl(written, marks, wish.baseUrl));
  if (wish.token !== null) edits.push(...followToken(written, marks, wish.token));
  else if (marks.headers) edits.push(...restoreHeaders(written));
  // mux sends OpenRouter the whole block in the body, so that the token stands in the header alone.
  if (id === "openrouter" && "token" in block) edits.push({ kind: "remove", path: [key, "token"] });
  return edits;
}

/**
 * What takes the mirror away, in step or not, and puts back what stood in its place: the file as it
 * would be if there had never been one. Nothing of the token stays outside the block.
 */
export function removeMirror(written: Written): readonly MemberEdit[] {
  const { key, block } = written;
  const marks = marksOf(written);
  return [
    ...(marks.headers ? restoreHeaders(written) : []),
    ...(marks.baseUrl ? restoreBaseUrl(written) : []),
    ...["directBaseUrl", "mirror"]
      .filter((name) => name in block)
      .map((name): MemberEdit => ({ kind: "remove", path: [key, name] })),
  ];
}

/** The same for a block that stays on: a token that stands in the header alone goes back into it. */
export function removeMirrorOnly(written: Written): readonly MemberEdit[] {
  const token = mirroredToken(written);
  const back: readonly MemberEdit[] =
    token === null ? [] : [{ kind: "set", path: [written.key, "token"], value: token }];
  return [...removeMirror(written), ...back];
}

const NONE: MirrorMarks = { baseUrl: false, headers: false, declared: false };

function followBaseUrl(
  { key, values }: Written,
  marks: MirrorMarks,
  baseUrl: string,
): readonly MemberEdit[] {
  const isUsers = "baseUrl" in values && !(marks.baseUrl && isMirrors(values["baseUrl"]));
  const keep: readonly MemberEdit[] = isUsers
    ? [{ kind: "copy", path: [key, "directBaseUrl"], from: ["baseUrl"] }]
    : [];
  return values["baseUrl"] === baseUrl
    ? keep
    : [...keep, { kind: "set", path: ["baseUrl"], value: baseUrl }];
}

function restoreBaseUrl({ key, block, values }: Written): readonly MemberEdit[] {
  // Somebody gave it another base URL since: that is the newer wish.
  if ("baseUrl" in values && !isMirrors(values["baseUrl"])) return [];
  if ("directBaseUrl" in block) {
    return [{ kind: "copy", path: ["baseUrl"], from: [key, "directBaseUrl"] }];
  }
  return "baseUrl" in values ? [{ kind: "remove", path: ["baseUrl"] }] : [];
}

/** What a user would have written is an address elsewhere. */
function isMirrors(baseUrl: unknown): boolean {
  return typeof baseUrl !== "string" || baseUrl.trim() === "" || isOnGateway(baseUrl.trim());
}
