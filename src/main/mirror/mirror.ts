/**
 * The mirror: compatibility fields that give a mux without gateway support the same route. The block
 * lists them in `mirror` and saves the user's own values in `direct`.
 */
import { checkToken } from "../../shared/gateway-names";
import { gatewayBaseUrl } from "../../shared/gateway-url";
import type { Edit } from "../jsonc/plan";
import { valuesAfter } from "../jsonc/values";
import { bearer, isObject, LOG_HEADER } from "../mux/gateway-header";
import type { ProviderConfig } from "../mux/provider-config";
import { routedProvider } from "../mux/routed-provider";
import type { KnownTokens } from "./known-tokens";
import {
  canHidePrompts,
  canTakeToken,
  keepHeaders,
  mirroredHeaders,
  removeHeaders,
  removeStrayTokens,
  restoreHeaders,
  writeHeaders,
} from "./mirror-headers";
import {
  domainsOfEntry,
  isMirrored,
  isOnGateway,
  mirroredFields,
  ourHeadersIn,
  ourLogHeadersIn,
} from "./mirrored-fields";
import {
  withDirectObject,
  isInOldSpelling,
  moveMemory,
  removeMemory,
  removeStaleMemory,
} from "./mirror-memory";
import { isOpenRouter, type ProviderEntry } from "./provider-entry";

/** The values of the compatibility fields for a block. */
export interface MirrorValues {
  readonly baseUrl: string;
  readonly token: string | null;
  /** Whether the gateway must not store prompts in its log. */
  readonly hidesPrompts: boolean;
}

/**
 * The values for the active block; null if there is none or it is not usable. An invalid token is
 * omitted, so that the base URL still follows the block.
 */
export function mirrorValues(
  provider: ProviderConfig,
  env: NodeJS.ProcessEnv,
): MirrorValues | null {
  if (provider.block === null) return null;
  const baseUrl = gatewayBaseUrl(routedProvider(provider, env), provider.block);
  if (!baseUrl.success) return null;
  const { token } = provider.block;
  return {
    baseUrl: baseUrl.data,
    token: token !== null && checkToken(token).success ? token : null,
    hidesPrompts: provider.block.storePrompts === false,
  };
}

/**
 * Updates the compatibility fields to match their block; no edits if they match. First saves the
 * user's own values in the block, exactly as spelled. `isNew`: the block has just been switched on,
 * so an existing base URL is the user's. `formerHost`: the custom domain of the block before it was
 * changed, where the mirror's base URL still points.
 */
export function updateMirror(
  entry: ProviderEntry,
  wanted: MirrorValues,
  { isNew, formerHost = null }: { readonly isNew: boolean; readonly formerHost?: string | null },
): readonly Edit[] {
  const { key, block, values } = entry;
  const token = canTakeToken(entry) ? wanted.token : null;
  const hidesPrompts = wanted.hidesPrompts && canHidePrompts(entry);
  const fields = mirroredFields(entry, { isNew });
  const isUserValue =
    "baseUrl" in values && !(fields.baseUrl && isPossibleMirrorUrl(entry, formerHost));
  const losesToken = token === null && (fields.headers || ourHeadersIn(entry).length > 0);
  const keepsHeaders = token !== null || (hidesPrompts && !(losesToken && hasKeptToken(entry)));
  const keptNames = [
    ...(isUserValue ? [] : ["baseUrl" as const]),
    ...(keepsHeaders ? ["headers" as const] : []),
  ];
  const keeping: readonly Edit[] = [
    ...moveMemory(entry, keptNames),
    ...(isUserValue
      ? [{ kind: "copy", path: [key, "direct", "baseUrl"], from: ["baseUrl"] } as const]
      : []),
    ...(token === null && !hidesPrompts ? [] : keepHeaders(entry, { token: token !== null })),
  ];
  const edits: Edit[] = [];
  const members = [
    "baseUrl",
    ...(token === null ? [] : ["headers"]),
    ...(hidesPrompts ? [LOG_HEADER] : []),
  ];
  if (JSON.stringify(block["mirror"]) !== JSON.stringify(members)) {
    const spelled = `[${members.map((name) => JSON.stringify(name)).join(", ")}]`;
    edits.push({ kind: "set", path: [key, "mirror"], value: { spelled } });
  }
  edits.push(...withDirectObject(entry, keeping));
  if (values["baseUrl"] !== wanted.baseUrl) {
    edits.push({ kind: "set", path: ["baseUrl"], value: wanted.baseUrl });
  }
  const headerEdits = writeHeaders(entry, mirroredHeaders(token, hidesPrompts));
  edits.push(...headerEdits);
  if (token !== null) edits.push(...(hidesPrompts ? [] : removeHeaders(ourLogHeadersIn(entry))));
  else {
    const after = { ...entry, values: valuesAfter(values, headerEdits) };
    if (losesToken || !hidesPrompts) {
      edits.push(...restoreHeaders(after, { keepsLog: hidesPrompts }));
    }
    const keepsBaseUrl = keeping.length > 0;
    if (!keepsHeaders) edits.push(...forgetHeaders(entry, { keepsBaseUrl }));
  }
  edits.push(...removeStaleMemory(entry));
  if (isOpenRouter(entry)) edits.push(...removeBlockTokens(entry));
  return edits;
}

/**
 * Removes the compatibility fields and restores the user's own values, as if there had never been a
 * mirror. `claim`: a base URL that is exactly the block's counts as mirrored, even if the block does
 * not declare it.
 */
export function removeMirror(
  entry: ProviderEntry,
  { claim }: { readonly claim: boolean },
): readonly Edit[] {
  const restoresBaseUrl = mirroredFields(entry).baseUrl && (claim || isMirrored(entry));
  return [
    ...restoreHeaders(entry),
    ...(restoresBaseUrl ? restoreBaseUrl(entry) : []),
    ...removeMemory(entry),
  ];
}

/** Removes a token header whose token is not the one of its block. The block has no mirror. */
export function removeOldToken(entry: ProviderEntry, token: string | null): readonly Edit[] {
  const { headers } = entry.values;
  const current = token === null ? null : bearer(token);
  const isOld = (name: string) => isObject(headers) && headers[name] !== current;
  return ourHeadersIn(entry).some(isOld) ? restoreHeaders(entry) : [];
}

/** Removes a known token and its base URL, left over after a user removed the block. */
export function removeLeftovers(
  values: ProviderEntry["values"],
  tokens: KnownTokens,
): readonly Edit[] {
  const headers = removeStrayTokens(values, tokens);
  return headers.length > 0 && isOnGateway(values["baseUrl"])
    ? [...headers, { kind: "remove", path: ["baseUrl"] }]
    : headers;
}

/** Moves values saved by 0.1.0 to a place that mux hides from its agents. */
export function renewMemory(entry: ProviderEntry): readonly Edit[] {
  if (!isInOldSpelling(entry)) return [];
  const moved = moveMemory(entry, ["baseUrl", "headers"]);
  return [...withDirectObject(entry, moved), ...removeStaleMemory(entry)];
}

/** Removes tokens from both blocks. For OpenRouter, because mux sends it every unknown member. */
export function removeBlockTokens(entry: ProviderEntry): readonly Edit[] {
  return entry.blocks
    .filter(({ block }) => "token" in block)
    .map(({ key }): Edit => ({ kind: "remove", path: [key, "token"] }));
}

/** Whether the block saves a token header of the user's, which is restored without the token. */
function hasKeptToken(entry: ProviderEntry): boolean {
  const kept = entry.saved.headers?.value;
  return isObject(kept) && Object.keys(kept).length > 0;
}

/** Removes saved headers, because the token header is gone, and `direct` if it becomes empty. */
function forgetHeaders(
  { key, block: { direct } }: ProviderEntry,
  { keepsBaseUrl }: { readonly keepsBaseUrl: boolean },
): readonly Edit[] {
  if (!isObject(direct) || !("headers" in direct)) return [];
  const isLast = Object.keys(direct).length === 1 && !keepsBaseUrl;
  return [{ kind: "remove", path: isLast ? [key, "direct"] : [key, "direct", "headers"] }];
}

function restoreBaseUrl(entry: ProviderEntry): readonly Edit[] {
  const { values } = entry;
  // The user has changed the base URL since, so it stays.
  if ("baseUrl" in values && !isPossibleMirrorUrl(entry)) return [];
  const kept = entry.saved.baseUrl;
  if (kept !== null) return [{ kind: "copy", path: ["baseUrl"], from: kept.path }];
  return "baseUrl" in values ? [{ kind: "remove", path: ["baseUrl"] }] : [];
}

/** Whether the mirror can have written the base URL. A URL on another host is the user's own. */
function isPossibleMirrorUrl(entry: ProviderEntry, formerHost: string | null = null): boolean {
  const { baseUrl } = entry.values;
  const domains = domainsOfEntry(entry);
  return (
    typeof baseUrl !== "string" ||
    baseUrl.trim() === "" ||
    isOnGateway(baseUrl, formerHost === null ? domains : [...domains, formerHost])
  );
}
