/** The mirror's part in a provider's `headers`: the token's header, and what the user had there. */
import { isDeepStrictEqual } from "node:util";

import type { Edit, Path } from "../jsonc/plan";
import { bearer, isObject, TOKEN_HEADER, tokenHeadersIn } from "../mux/gateway-header";
import type { KnownTokens } from "./known-tokens";
import { marksOf, ourHeadersIn, ownHeadersIn } from "./mirror-marks";
import { memoryOf, type Kept } from "./mirror-memory";
import { isOpenRouter, type Written } from "./written";

/** Writes the token's header in the place of every other of that name. */
export function writeTokenHeader({ values }: Written, token: string): readonly Edit[] {
  const { headers } = values;
  const value = bearer(token);
  if (!hasMembers(headers)) {
    return [{ kind: "set", path: ["headers"], value: [[TOKEN_HEADER, value]] }];
  }
  const names = tokenHeadersIn(headers);
  const name = names.at(-1) ?? TOKEN_HEADER;
  return [
    // Two spellings would be sent as one header with both values.
    ...removeHeaders(names.slice(0, -1)),
    ...(headers[name] === value ? [] : [{ kind: "set", path: ["headers", name], value } as const]),
  ];
}

/**
 * Copies to the block what the token's header is about to replace: a `headers` without members as a
 * whole, otherwise the user's headers of the token's name. An empty object says that there were
 * others. Two spellings are kept with all of `headers`, for their order comes back in no other way.
 */
export function keepHeaders(written: Written): readonly Edit[] {
  const { key, values } = written;
  const { headers } = values;
  const path: Path = [key, "direct", "headers"];
  const isKept = memoryOf(written).headers !== null || marksOf(written).headers;
  if (isKept || !("headers" in values)) return [];
  if (!hasMembers(headers)) return [{ kind: "copy", path, from: ["headers"] }];
  const own = ownHeadersIn(written);
  const ours = ourHeadersIn(written);
  if (ours.length === Object.keys(headers).length) return [];
  // mux sends OpenRouter the whole block, so no header is kept there.
  if (isOpenRouter(written)) return [];
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
 * Takes the token's header away and puts back what the user had, unless that is a gateway token too.
 * Other headers, and those that were added since, stay.
 */
export function restoreHeaders(written: Written): readonly Edit[] {
  const { values, tokens } = written;
  const { headers } = values;
  const kept = memoryOf(written).headers;
  if (!("headers" in values)) return kept === null ? [] : copyBack(kept, tokens);
  if (!isObject(headers)) return [];
  const ours = ourHeadersIn(written);
  if (ours.length === 0 && !marksOf(written).headers) return [];
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

/** Whether the user has a header of the token's name, in its place or kept in a block. */
function hasOwnHeader(written: Written): boolean {
  const kept = keptNames(memoryOf(written).headers, written.tokens);
  return ownHeadersIn(written).length + kept.length > 0;
}

/**
 * Whether a token's header can be written. OpenRouter's block keeps nothing that the header would
 * replace, because mux sends the whole block in the request body.
 */
export function canTakeToken(written: Written): boolean {
  const { headers } = written.values;
  const isReplaced = headers !== undefined && headers !== null && !isObject(headers);
  return !isOpenRouter(written) || !(isReplaced || hasOwnHeader(written));
}

/** Removes known tokens from the headers of a provider that has no block. */
export function removeStrayTokens(values: Written["values"], tokens: KnownTokens): readonly Edit[] {
  const { headers } = values;
  if (!isObject(headers)) return [];
  const ours = tokenHeadersIn(headers).filter((name) => tokens.isToken(headers[name]));
  if (ours.length === 0) return [];
  return ours.length === Object.keys(headers).length
    ? [{ kind: "remove", path: ["headers"] }]
    : removeHeaders(ours);
}

/** The kept headers of the user's own, by name. */
function keptNames(kept: Kept | null, tokens: KnownTokens): readonly string[] {
  const value = kept?.value;
  if (!isObject(value)) return [];
  return tokenHeadersIn(value).filter((name) => !tokens.isToken(value[name]));
}

/** All that is kept, but no gateway token. */
function copyBack(kept: Kept, tokens: KnownTokens): readonly Edit[] {
  const own = keptNames(kept, tokens);
  const stale = tokenHeadersIn(kept.value).filter((name) => !own.includes(name));
  return [{ kind: "copy", path: ["headers"], from: kept.path }, ...removeHeaders(stale)];
}

function copyHeaders(kept: Kept | null, names: readonly string[]): readonly Edit[] {
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
