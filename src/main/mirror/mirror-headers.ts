/** Writes the mirror's headers to a provider's `headers`, and saves and restores the user's own. */
import { isDeepStrictEqual } from "node:util";

import type { Edit, Path } from "../jsonc/plan";
import {
  bearer,
  headersNamed,
  isObject,
  LOG_HEADER,
  TOKEN_HEADER,
  tokenHeadersIn,
  namesWithout,
} from "../mux/gateway-header";
import type { KnownTokens } from "./known-tokens";
import {
  mirroredFields,
  ourHeadersIn,
  ourLogHeadersIn,
  ownHeadersIn,
  ownLogHeadersIn,
} from "./mirrored-fields";
import { isOpenRouter, type ProviderEntry, type SavedValue } from "./provider-entry";

/** A header that the mirror writes. */
export type MirroredHeader = readonly [name: string, value: string];

/** The headers of the mirror: the token's, and the one that keeps prompts out of the log. */
export function mirroredHeaders(
  token: string | null,
  hidesPrompts: boolean,
): readonly MirroredHeader[] {
  return [
    ...(token === null ? [] : [[TOKEN_HEADER, bearer(token)] as const]),
    ...(hidesPrompts ? [[LOG_HEADER, "false"] as const] : []),
  ];
}

/** Writes headers of the mirror, each in place of all others of its name. */
export function writeHeaders(
  { values }: ProviderEntry,
  wanted: readonly MirroredHeader[],
): readonly Edit[] {
  const { headers } = values;
  if (!hasMembers(headers)) {
    return wanted.length === 0 ? [] : [{ kind: "set", path: ["headers"], value: wanted }];
  }
  return wanted.flatMap(([wantedName, value]): readonly Edit[] => {
    const names = headersNamed(wantedName, headers);
    const name = names.at(-1) ?? wantedName;
    return [
      // HTTP would combine two spellings to one header with both values.
      ...removeHeaders(names.slice(0, -1)),
      ...(headers[name] === value
        ? []
        : [{ kind: "set", path: ["headers", name], value } as const]),
    ];
  });
}

/**
 * Saves in the block what the mirror's headers replace. A `headers` value without members is copied
 * whole, otherwise only the user's token headers. An empty copy means that there were other headers.
 * With two spellings, all of `headers` is saved, because only that preserves their order. The log's
 * header never replaces the user's own, so beside other headers it needs no copy.
 */
export function keepHeaders(
  entry: ProviderEntry,
  { token }: { readonly token: boolean },
): readonly Edit[] {
  const { key, values } = entry;
  const { headers } = values;
  const path: Path = [key, "direct", "headers"];
  const fields = mirroredFields(entry);
  if (fields.headers || !("headers" in values)) return [];
  const isKept = entry.saved.headers !== null;
  if (!hasMembers(headers)) {
    return isKept || fields.log ? [] : [{ kind: "copy", path, from: ["headers"] }];
  }
  if (!token) return [];
  const own = ownHeadersIn(entry);
  const ours = [...ourHeadersIn(entry), ...ourLogHeadersIn(entry)];
  if (ours.length === Object.keys(headers).length) return [];
  // mux sends OpenRouter the whole block, so it must not contain a header.
  if (isOpenRouter(entry)) return [];
  if (own.length > 1) {
    return [
      { kind: "copy", path, from: ["headers"] },
      ...ours.map((name): Edit => ({ kind: "remove", path: [...path, name] })),
    ];
  }
  if (isKept && own.length === 0) return [];
  return [
    { kind: "set", path, value: { spelled: "{}" } },
    ...own.map((name): Edit => {
      return { kind: "copy", path: [...path, name], from: ["headers", name] };
    }),
  ];
}

/**
 * Removes the mirror's headers and restores the user's own, except gateway tokens. Other headers
 * stay, including those added since. `keepsLog`: the log's header stays.
 */
export function restoreHeaders(
  entry: ProviderEntry,
  { keepsLog = false }: { readonly keepsLog?: boolean } = {},
): readonly Edit[] {
  const { values, tokens } = entry;
  const { headers } = values;
  const kept = entry.saved.headers;
  if (!("headers" in values)) return kept === null ? [] : copyBack(kept, tokens);
  if (!isObject(headers)) return [];
  const fields = mirroredFields(entry);
  const ours = ourHeadersIn(entry);
  const removed = keepsLog ? ours : [...ours, ...ourLogHeadersIn(entry)];
  if (removed.length === 0 && !fields.headers && (keepsLog || !fields.log)) return [];
  const own = keptNames(kept, tokens);
  const rest = namesWithout(Object.keys(headers), removed);
  if (own.length === 0 && rest.length === 0) {
    return kept === null ? [{ kind: "remove", path: ["headers"] }] : copyBack(kept, tokens);
  }
  if (own.length < 2 || kept === null) {
    return [...removeHeaders(namesWithout(removed, own)), ...copyHeaders(kept, own)];
  }
  // One that stays has just been written, so the block may not name it yet.
  const log = keepsLog ? headersNamed(LOG_HEADER, headers) : ourLogHeadersIn(entry);
  return isDeepStrictEqual(othersIn(headers, log), othersIn(kept.value, []))
    ? [...copyBack(kept, tokens), ...(keepsLog ? setHeaders(headers, log) : [])]
    : [
        ...removeHeaders([...new Set([...tokenHeadersIn(headers), ...removed])]),
        ...copyHeaders(kept, own),
      ];
}

/**
 * Whether the log's header can be written. It never replaces one of the user's, and at OpenRouter
 * not a `headers` value that the block would have to save.
 */
export function canHidePrompts(entry: ProviderEntry): boolean {
  if (isOpenRouter(entry) && isReplaced(entry)) return false;
  return ownLogHeadersIn(entry).length === 0;
}

/** Whether the user has a header of that name, in `headers` or saved in a block. */
function hasOwnHeader(entry: ProviderEntry): boolean {
  const kept = keptNames(entry.saved.headers, entry.tokens);
  return ownHeadersIn(entry).length + kept.length > 0;
}

/**
 * Whether the token header can be written. For OpenRouter it cannot replace the user's own header:
 * mux sends the whole block in the request body, so the block must not save that header.
 */
export function canTakeToken(entry: ProviderEntry): boolean {
  return !isOpenRouter(entry) || !(isReplaced(entry) || hasOwnHeader(entry));
}

/** Whether a header would replace a `headers` value that is not an object. */
function isReplaced({ values: { headers } }: ProviderEntry): boolean {
  return headers !== undefined && headers !== null && !isObject(headers);
}

/** Removes known tokens from the headers of a provider without a block. */
export function removeStrayTokens(
  values: ProviderEntry["values"],
  tokens: KnownTokens,
): readonly Edit[] {
  const { headers } = values;
  if (!isObject(headers)) return [];
  const ours = tokenHeadersIn(headers).filter((name) => tokens.isToken(headers[name]));
  return removeAllHeaders(headers, ours);
}

/** The names of the user's own saved headers. */
function keptNames(kept: SavedValue | null, tokens: KnownTokens): readonly string[] {
  const value = kept?.value;
  if (!isObject(value)) return [];
  return tokenHeadersIn(value).filter((name) => !tokens.isToken(value[name]));
}

/** Restores all saved headers except gateway tokens. */
function copyBack(kept: SavedValue, tokens: KnownTokens): readonly Edit[] {
  const own = keptNames(kept, tokens);
  const stale = namesWithout(tokenHeadersIn(kept.value), own);
  return [{ kind: "copy", path: ["headers"], from: kept.path }, ...removeHeaders(stale)];
}

function copyHeaders(kept: SavedValue | null, names: readonly string[]): readonly Edit[] {
  if (kept === null) return [];
  return names.map((name): Edit => {
    return { kind: "copy", path: ["headers", name], from: [...kept.path, name] };
  });
}

/** Writes headers again after all of them were replaced. */
function setHeaders(
  headers: Readonly<Record<string, unknown>>,
  names: readonly string[],
): readonly Edit[] {
  return names.flatMap((name): readonly Edit[] => {
    const value = headers[name];
    return typeof value === "string" ? [{ kind: "set", path: ["headers", name], value }] : [];
  });
}

/** Removes headers by their names, as they are spelled. */
export function removeHeaders(names: readonly string[]): readonly Edit[] {
  return names.map((name): Edit => ({ kind: "remove", path: ["headers", name] }));
}

/** The same, or removes `headers` itself if no other header is left. */
export function removeAllHeaders(
  headers: Readonly<Record<string, unknown>>,
  names: readonly string[],
): readonly Edit[] {
  const areAll = names.length > 0 && names.length === Object.keys(headers).length;
  return areAll ? [{ kind: "remove", path: ["headers"] }] : removeHeaders(names);
}

/** All but the token headers and those that are `removed`. */
function othersIn(
  headers: unknown,
  removed: readonly string[],
): readonly (readonly [string, unknown])[] {
  const names = new Set([...tokenHeadersIn(headers), ...removed]);
  return Object.entries(isObject(headers) ? headers : {}).filter(([name]) => !names.has(name));
}

function hasMembers(headers: unknown): headers is Readonly<Record<string, unknown>> {
  return isObject(headers) && Object.keys(headers).length > 0;
}
