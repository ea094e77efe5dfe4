/** The mirror's part in a provider's `headers`: the token's header, and what stood there before. */
import { bearer, isObject, TOKEN_HEADER, tokenHeadersIn } from "../mux/gateway-header";
import type { MemberEdit, MemberPath } from "../jsonc/member-edits";
import type { MirrorMarks, Written } from "./mirror-marks";

/** Writes the token's header; a header of the user's of that name is kept in the block first. */
export function followToken(
  written: Written,
  marks: MirrorMarks,
  token: string,
): readonly MemberEdit[] {
  const { headers } = written.values;
  const value = bearer(token);
  const edits = marks.headers && marks.declared ? [] : [...keepHeaders(written, marks)];
  if (!hasMembers(headers)) {
    return [...edits, { kind: "set", path: ["headers"], value: [[TOKEN_HEADER, value]] }];
  }
  const names = tokenHeadersIn(headers);
  const name = names.at(-1) ?? TOKEN_HEADER;
  // Spelled in two ways it would be sent as two headers in one.
  const others = names.slice(0, -1);
  edits.push(...others.map((other): MemberEdit => ({ kind: "remove", path: ["headers", other] })));
  if (headers[name] !== value) edits.push({ kind: "set", path: ["headers", name], value });
  return edits;
}

/**
 * Takes the token's header away, whatever it holds by now, and puts back what the user had. Other
 * headers, and those that came since, stay.
 */
export function restoreHeaders({ key, block, values }: Written): readonly MemberEdit[] {
  const kept = block["directHeaders"];
  const had = "directHeaders" in block;
  const forgetKept: readonly MemberEdit[] = had
    ? [{ kind: "remove", path: [key, "directHeaders"] }]
    : [];
  const { headers } = values;
  const copyAll: MemberEdit = { kind: "copy", path: ["headers"], from: [key, "directHeaders"] };
  if (!isObject(headers)) {
    return had && !("headers" in values) ? [copyAll, ...forgetKept] : forgetKept;
  }
  const names = tokenHeadersIn(headers);
  const own = tokenHeadersIn(kept);
  if (own.length === 0 && names.length === Object.keys(headers).length) {
    return had ? [copyAll, ...forgetKept] : [{ kind: "remove", path: ["headers"] }];
  }
  return [
    ...names
      .filter((name) => !own.includes(name))
      .map((name): MemberEdit => ({ kind: "remove", path: ["headers", name] })),
    ...own.map((name): MemberEdit => {
      const from: MemberPath = [key, "directHeaders", name];
      return { kind: "copy", path: ["headers", name], from };
    }),
    ...forgetKept,
  ];
}

/** `directHeaders`: all of `headers` when it has no members, else its headers of the token's name. */
function keepHeaders({ id, key, values }: Written, marks: MirrorMarks): readonly MemberEdit[] {
  const { headers } = values;
  if (!("headers" in values)) return [];
  if (!hasMembers(headers))
    return [{ kind: "copy", path: [key, "directHeaders"], from: ["headers"] }];
  const names = tokenHeadersIn(headers);
  const ours = marks.headers && !marks.declared;
  if (ours && names.length === Object.keys(headers).length) return [];
  // mux sends OpenRouter the whole block, so that no token may be kept there.
  const own = ours || id === "openrouter" ? [] : names;
  return [
    { kind: "set", path: [key, "directHeaders"], value: { spelled: "{}" } },
    ...own.map((name): MemberEdit => {
      return { kind: "copy", path: [key, "directHeaders", name], from: ["headers", name] };
    }),
  ];
}

function hasMembers(headers: unknown): headers is Readonly<Record<string, unknown>> {
  return isObject(headers) && Object.keys(headers).length > 0;
}
