/** Writes the token header to a provider's `headers`, and saves and restores the user's own header. */
import { isDeepStrictEqual } from "node:util";

import type { Edit, Path } from "../jsonc/plan";
import { bearer, isObject, TOKEN_HEADER, tokenHeadersIn } from "../mux/gateway-header";
import type { KnownTokens } from "./known-tokens";
import { mirroredFields, ourHeadersIn, ownHeadersIn } from "./mirrored-fields";
import { memoryOf, type KeptValue } from "./mirror-memory";
import { isOpenRouter, type ProviderEntry } from "./provider-entry";

/** Writes the token header and replaces all other headers of that name. */
export function writeTokenHeader({ values }: ProviderEntry, token: string): readonly Edit[] {
  const { headers } = values;
  const value = bearer(token);
  if (!hasMembers(headers)) {
    return [{ kind: "set", path: ["headers"], value: [[TOKEN_HEADER, value]] }];
  }
  const names = tokenHeadersIn(headers);
  const name = names.at(-1) ?? TOKEN_HEADER;
  return [
    // HTTP would combine two spellings to one header with both values.
    ...removeHeaders(names.slice(0, -1)),
    ...(headers[name] === value ? [] : [{ kind: "set", path: ["headers", name], value } as const]),
  ];
}

/**
 * Saves in the block what the token header replaces. A `headers` value without members is copied
 * whole, otherwise only the user's headers of that name. An empty copy means that there were other
 * headers. With two spellings, all of `headers` is saved, because only that preserves their order.
 */
export function keepHeaders(entry: ProviderEntry): readonly Edit[] {
  const { key, values } = entry;
  const { headers } = values;
  const path: Path = [key, "direct", "headers"];
  const isKept = memoryOf(entry).headers !== null || mirroredFields(entry).headers;
  if (isKept || !("headers" in values)) return [];
  if (!hasMembers(headers)) return [{ kind: "copy", path, from: ["headers"] }];
  const own = ownHeadersIn(entry);
  const ours = ourHeadersIn(entry);
  if (ours.length === Object.keys(headers).length) return [];
  // mux sends OpenRouter the whole block, so it must not contain a header.
  if (isOpenRouter(entry)) return [];
  if (own.length > 1) {
    return [
      { kind: "copy", path, from: ["headers"] },
      ...ours.map((name): Edit => ({ kind: "remove", path: [...path, name] })),
    ];
  }
  return [
    { kind: "set", path, value: { spelled: "{}" } },
    ...own.map((name): Edit => {
      return { kind: "copy", path: [...path, name], from: ["headers", name] };
    }),
  ];
}

/**
 * Removes the token header and restores the user's own headers, except gateway tokens. Other headers
 * stay, including those added since.
 */
export function restoreHeaders(entry: ProviderEntry): readonly Edit[] {
  const { values, tokens } = entry;
  const { headers } = values;
  const kept = memoryOf(entry).headers;
  if (!("headers" in values)) return kept === null ? [] : copyBack(kept, tokens);
  if (!isObject(headers)) return [];
  const ours = ourHeadersIn(entry);
  if (ours.length === 0 && !mirroredFields(entry).headers) return [];
  const own = keptNames(kept, tokens);
  const rest = Object.keys(headers).filter((name) => !ours.includes(name));
  if (own.length === 0 && rest.length === 0) {
    return kept === null ? [{ kind: "remove", path: ["headers"] }] : copyBack(kept, tokens);
  }
  if (own.length < 2 || kept === null) {
    return [
      ...removeHeaders(ours.filter((name) => !own.includes(name))),
      ...copyHeaders(kept, own),
    ];
  }
  return isDeepStrictEqual(othersIn(headers), othersIn(kept.value))
    ? copyBack(kept, tokens)
    : [...removeHeaders(tokenHeadersIn(headers)), ...copyHeaders(kept, own)];
}

/** Whether the user has a header of that name, in `headers` or saved in a block. */
function hasOwnHeader(entry: ProviderEntry): boolean {
  const kept = keptNames(memoryOf(entry).headers, entry.tokens);
  return ownHeadersIn(entry).length + kept.length > 0;
}

/**
 * Whether the token header can be written. For OpenRouter it cannot replace the user's own header:
 * mux sends the whole block in the request body, so the block must not save that header.
 */
export function canTakeToken(entry: ProviderEntry): boolean {
  const { headers } = entry.values;
  const isReplaced = headers !== undefined && headers !== null && !isObject(headers);
  return !isOpenRouter(entry) || !(isReplaced || hasOwnHeader(entry));
}

/** Removes known tokens from the headers of a provider without a block. */
export function removeStrayTokens(
  values: ProviderEntry["values"],
  tokens: KnownTokens,
): readonly Edit[] {
  const { headers } = values;
  if (!isObject(headers)) return [];
  const ours = tokenHeadersIn(headers).filter((name) => tokens.isToken(headers[name]));
  if (ours.length === 0) return [];
  return ours.length === Object.keys(headers).length
    ? [{ kind: "remove", path: ["headers"] }]
    : removeHeaders(ours);
}

/** The names of the user's own saved headers. */
function keptNames(kept: KeptValue | null, tokens: KnownTokens): readonly string[] {
  const value = kept?.value;
  if (!isObject(value)) return [];
  return tokenHeadersIn(value).filter((name) => !tokens.isToken(value[name]));
}

/** Restores all saved headers except gateway tokens. */
function copyBack(kept: KeptValue, tokens: KnownTokens): readonly Edit[] {
  const own = keptNames(kept, tokens);
  const stale = tokenHeadersIn(kept.value).filter((name) => !own.includes(name));
  return [{ kind: "copy", path: ["headers"], from: kept.path }, ...removeHeaders(stale)];
}

function copyHeaders(kept: KeptValue | null, names: readonly string[]): readonly Edit[] {
  if (kept === null) return [];
  return names.map((name): Edit => {
    return { kind: "copy", path: ["headers", name], from: [...kept.path, name] };
  });
}

function removeHeaders(names: readonly string[]): readonly Edit[] {
  return names.map((name): Edit => ({ kind: "remove", path: ["headers", name] }));
}

function othersIn(headers: unknown): readonly (readonly [string, unknown])[] {
  const names = tokenHeadersIn(headers);
  return Object.entries(isObject(headers) ? headers : {}).filter(([name]) => !names.includes(name));
}

function hasMembers(headers: unknown): headers is Readonly<Record<string, unknown>> {
  return isObject(headers) && Object.keys(headers).length > 0;
}
