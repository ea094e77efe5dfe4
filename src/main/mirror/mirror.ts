/**
 * The mirror: what is written beside a block so that a mux that does not read blocks takes the same
 * route. The block lists in `mirror` which of the provider's members are the mirror's, and keeps
 * the user's own in `direct`.
 */
import { checkToken } from "../../shared/gateway-names";
import { gatewayBaseUrl } from "../../shared/gateway-url";
import type { Edit } from "../jsonc/plan";
import { bearer, isObject } from "../mux/gateway-header";
import type { ProviderConfig } from "../mux/provider-config";
import { routedProvider } from "../mux/routed-provider";
import type { KnownTokens } from "./known-tokens";
import {
  canTakeToken,
  keepHeaders,
  removeStrayTokens,
  restoreHeaders,
  writeTokenHeader,
} from "./mirror-headers";
import { isMirrored, isOnGateway, marksOf, ourHeadersIn } from "./mirror-marks";
import {
  inMemory,
  isInOldSpelling,
  memoryOf,
  moveMemory,
  placesOf,
  removeMemory,
  removeStaleMemory,
} from "./mirror-memory";
import { isOpenRouter, type Written } from "./written";

/** What the mirror of a block says. */
export interface MirrorWish {
  readonly baseUrl: string;
  readonly token: string | null;
}

/**
 * Null when there is no block that is on, or none that a request can be sent by. A token that no
 * header can carry is left out, so that the base URL still follows the block.
 */
export function mirrorWish(provider: ProviderConfig, env: NodeJS.ProcessEnv): MirrorWish | null {
  if (provider.block === null) return null;
  const baseUrl = gatewayBaseUrl(routedProvider(provider, env), provider.block);
  if (!baseUrl.success) return null;
  const { token } = provider.block;
  return {
    baseUrl: baseUrl.data,
    token: token !== null && checkToken(token).success ? token : null,
  };
}

/**
 * What brings the mirror in step with its block; nothing when it is. The user's own values are kept
 * in the block first, as they are spelled. `isNew`: the block was only now switched on, so that a
 * base URL beside it is the user's.
 */
export function followBlock(
  written: Written,
  wish: MirrorWish,
  { isNew }: { readonly isNew: boolean },
): readonly Edit[] {
  const { key, block, values } = written;
  const token = canTakeToken(written) ? wish.token : null;
  const marks = marksOf(written, { isNew });
  const isUsers = "baseUrl" in values && !(marks.baseUrl && isMirrors(values["baseUrl"]));
  const keptNames = [
    ...(isUsers ? [] : ["baseUrl" as const]),
    ...(token === null ? [] : ["headers" as const]),
  ];
  const keeping: readonly Edit[] = [
    ...moveMemory(written, keptNames),
    ...(isUsers
      ? [{ kind: "copy", path: [key, "direct", "baseUrl"], from: ["baseUrl"] } as const]
      : []),
    ...(token === null ? [] : keepHeaders(written)),
  ];
  const edits: Edit[] = [];
  const members = token === null ? ["baseUrl"] : ["baseUrl", "headers"];
  if (JSON.stringify(block["mirror"]) !== JSON.stringify(members)) {
    const spelled = `[${members.map((name) => JSON.stringify(name)).join(", ")}]`;
    edits.push({ kind: "set", path: [key, "mirror"], value: { spelled } });
  }
  edits.push(...inMemory(written, keeping));
  if (values["baseUrl"] !== wish.baseUrl) {
    edits.push({ kind: "set", path: ["baseUrl"], value: wish.baseUrl });
  }
  if (token !== null) edits.push(...writeTokenHeader(written, token));
  else {
    const keepsBaseUrl = keeping.length > 0;
    edits.push(...restoreHeaders(written), ...forgetHeaders(written, { keepsBaseUrl }));
  }
  edits.push(...removeStaleMemory(written));
  if (isOpenRouter(written)) edits.push(...removeBlockTokens(written));
  return edits;
}

/**
 * What takes the mirror away, in step or not, and restores the user's own values: the file as it
 * would be if there had never been one. `claim`: a base URL that is the very one of the block counts
 * as the mirror's, also where nothing says so.
 */
export function removeMirror(
  written: Written,
  { claim }: { readonly claim: boolean },
): readonly Edit[] {
  const restoresBaseUrl = marksOf(written).baseUrl && (claim || isMirrored(written));
  return [
    ...restoreHeaders(written),
    ...(restoresBaseUrl ? restoreBaseUrl(written) : []),
    ...removeMemory(written),
  ];
}

/** What takes away the header of a token that its block, which has no mirror, does not hold. */
export function removeOldToken(written: Written, token: string | null): readonly Edit[] {
  const { headers } = written.values;
  const current = token === null ? null : bearer(token);
  const isOld = (name: string) => isObject(headers) && headers[name] !== current;
  return ourHeadersIn(written).some(isOld) ? restoreHeaders(written) : [];
}

/** What takes away the rest of a mirror whose block was removed by hand: a known token and its base URL. */
export function removeLeftovers(values: Written["values"], tokens: KnownTokens): readonly Edit[] {
  const headers = removeStrayTokens(values, tokens);
  return headers.length > 0 && isOnGateway(values["baseUrl"])
    ? [...headers, { kind: "remove", path: ["baseUrl"] }]
    : headers;
}

/** Rewrites what 0.1.0 kept in members that mux does not hide from its agents. */
export function renewMemory(written: Written): readonly Edit[] {
  if (!isInOldSpelling(written)) return [];
  const moved = moveMemory(written, ["baseUrl", "headers"]);
  return [...inMemory(written, moved), ...removeStaleMemory(written)];
}

/** mux sends OpenRouter every member of its object, so neither of its blocks may hold a token. */
export function removeBlockTokens(written: Written): readonly Edit[] {
  return placesOf(written)
    .filter(({ block }) => "token" in block)
    .map(({ key }): Edit => ({ kind: "remove", path: [key, "token"] }));
}

/** With the token's header gone, nothing of `headers` is kept; `direct` goes with its last member. */
function forgetHeaders(
  { key, block: { direct } }: Written,
  { keepsBaseUrl }: { readonly keepsBaseUrl: boolean },
): readonly Edit[] {
  if (!isObject(direct) || !("headers" in direct)) return [];
  const isLast = Object.keys(direct).length === 1 && !keepsBaseUrl;
  return [{ kind: "remove", path: isLast ? [key, "direct"] : [key, "direct", "headers"] }];
}

function restoreBaseUrl(written: Written): readonly Edit[] {
  const { values } = written;
  // A base URL that was written since is the newer wish.
  if ("baseUrl" in values && !isMirrors(values["baseUrl"])) return [];
  const kept = memoryOf(written).baseUrl;
  if (kept !== null) return [{ kind: "copy", path: ["baseUrl"], from: kept.path }];
  return "baseUrl" in values ? [{ kind: "remove", path: ["baseUrl"] }] : [];
}

/** A user's own would be an address elsewhere. */
function isMirrors(baseUrl: unknown): boolean {
  return typeof baseUrl !== "string" || baseUrl.trim() === "" || isOnGateway(baseUrl);
}
