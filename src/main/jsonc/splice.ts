/** Small spans of text replaced so that all the rest of an object stays byte for byte. */
import type { Member, ObjectNode } from "./document";
import {
  afterBreak,
  breakNear,
  hasBreak,
  indentAt,
  isBlank,
  lineEnd,
  lineStart,
  skipBlankBack,
  skipSpaces,
  skipSpacesBack,
} from "./text-lines";

/** What can be written: a string, an object with its members in order, or any value as it is spelled. */
export type NewValue = string | readonly NewMember[] | Spelled;
export type NewMember = readonly [key: string, value: NewValue];
/** Taken over byte for byte. */
export interface Spelled {
  readonly spelled: string;
}

interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A text with nothing in it but white space and comments, and an object after them. */
export function appendObject(text: string, members: readonly NewMember[]): string {
  const lineBreak = breakNear(text, text.length);
  const startsLine = isBlank(text, lineStart(text, text.length), text.length);
  const endsLine = startsLine || skipBlankBack(text, text.length) < text.length;
  const object = render(members, { ...SPACED, lines: { lineBreak, indent: "", unit: "  " } });
  return `${text}${startsLine ? "" : lineBreak}${object}${endsLine ? lineBreak : ""}`;
}

/**
 * Adds a member behind all others. An object on one line stays on one line; otherwise the member gets
 * its own lines, with the indentation and line breaks of its neighbours. A trailing comma moves to
 * the new last member. `root` is the object of the whole file, whose indentation stands in where
 * this one has none.
 */
export function appendMember(
  text: string,
  object: ObjectNode,
  [key, value]: NewMember,
  root: ObjectNode,
): string {
  const close = object.end - 1;
  const last = object.members.at(-1);
  const style = styleOf(text, object, root);
  const member = `${JSON.stringify(key)}:${style.colon}${render(value, style)}`;
  const comma = last?.comma == null ? "" : ",";
  const splices: Splice[] = [];
  if (last?.comma === null) splices.push(insert(last.end, ","));
  const at = skipBlankBack(text, close);
  if (style.lines) {
    const { indent, lineBreak } = style.lines;
    const line = lineStart(text, close);
    splices.push(
      isBlank(text, line, close)
        ? insert(line, `${indent}${member}${comma}${lineBreak}`)
        : insert(at, `${lineBreak}${indent}${member}${comma}`),
    );
  } else if (at === object.start + 1) {
    splices.push(insert(at, `${style.pad}${member}${at === close ? style.pad : ""}`));
  } else {
    splices.push(insert(at, `${style.gap}${member}${comma}`));
  }
  return spliced(text, splices);
}

/** Replaces the values of members by strings. */
export function replaceStrings(
  text: string,
  changes: readonly { readonly member: Member; readonly value: string }[],
): string {
  return spliced(
    text,
    changes.map(({ member: { start, end }, value }) => ({
      start,
      end,
      text: JSON.stringify(value),
    })),
  );
}

/** Replaces the value of a member; a new object goes on one line. */
export function replaceValue(text: string, { start, end }: Member, value: NewValue): string {
  return spliced(text, [{ start, end, text: render(value, { ...SPACED, lines: null }) }]);
}

/**
 * Renames a member, where one of the names begins with the other. Works inside the quotes, so that
 * a key that is written with escapes keeps its spelling.
 */
export function renameKey(text: string, member: Member, from: string, to: string): string {
  const { keyStart, keyEnd } = member;
  if (to.startsWith(from)) {
    return spliced(text, [insert(keyEnd - 1, to.slice(from.length))]);
  }
  const suffix = from.slice(to.length);
  const inside = keyEnd - 1 - suffix.length;
  const spelled = from.startsWith(to) && text.startsWith(`${suffix}"`, inside);
  return spliced(text, [
    spelled
      ? { start: inside, end: keyEnd - 1, text: "" }
      : { start: keyStart, end: keyEnd, text: JSON.stringify(to) },
  ]);
}

/**
 * Takes a member out, with the comments inside it; those around it stay. The lines that it had to
 * itself go with it. The last member that is left has a trailing comma if the object had one.
 */
export function removeMember(text: string, object: ObjectNode, member: Member): string {
  const index = object.members.indexOf(member);
  const last = index === object.members.length - 1;
  const adjoins = member.comma !== null && goesAlong(text, member.end, member.comma);
  const to = adjoins && member.comma !== null ? member.comma + 1 : member.end;
  const commaBefore = last && member.comma === null ? object.members[index - 1]?.comma : null;
  const commas = [commaBefore, adjoins ? null : member.comma].filter((at) => at != null);
  const cuts = [
    ...commas.map((at) => commaRemoval(text, at)),
    removal(text, object, { start: member.keyStart, end: to }, commas),
  ];
  return spliced(text, cuts);
}

/** How an object is written, for a member that joins it. */
interface Style {
  /** Between a colon and the value. */
  readonly colon: string;
  /** Between members on one line, the comma not included. */
  readonly gap: string;
  /** Inside the braces of an object on one line. */
  readonly pad: string;
  /** Null when everything goes on one line. */
  readonly lines: Lines | null;
}

interface Lines {
  readonly lineBreak: string;
  /** Of the members. */
  readonly indent: string;
  /** What one more level adds. */
  readonly unit: string;
}

const SPACED = { colon: " ", gap: " ", pad: " " } as const;

function styleOf(text: string, object: ObjectNode, root: ObjectNode): Style {
  const [first, second] = object.members;
  const value = object.members.at(-1)?.start ?? object.start;
  // The root has no colon before it.
  const spaced = value === root.start || spacesBefore(text, value) !== "" ? " " : "";
  return {
    colon: spaced,
    gap: second ? (spacesBefore(text, second.keyStart) === "" ? "" : " ") : spaced,
    pad: first ? (isBlank(text, object.start + 1, object.start + 2) ? " " : "") : spaced,
    lines: isOnOneLine(text, object) ? null : linesOf(text, object, root),
  };
}

function linesOf(text: string, object: ObjectNode, root: ObjectNode): Lines {
  const outer = indentAt(text, object.start);
  const own = innerIndent(text, object);
  const unit =
    unitBetween(outer, own) ??
    unitBetween(indentAt(text, root.start), innerIndent(text, root)) ??
    (own === outer ? "" : "  ");
  return { lineBreak: breakNear(text, object.end - 1), indent: own ?? outer + unit, unit };
}

/** The indentation of the last member or comment that begins its line. */
function innerIndent(text: string, { members, comments }: ObjectNode): string | null {
  const starts = [
    ...members.map(({ keyStart }) => keyStart),
    ...comments.map(({ start }) => start),
  ];
  const beginsLine = (at: number) => isBlank(text, lineStart(text, at), at);
  const at =
    starts.slice(0, members.length).findLast(beginsLine) ??
    starts.slice(members.length).find(beginsLine);
  return at === undefined ? null : indentAt(text, at);
}

function unitBetween(outer: string, inner: string | null): string | null {
  if (inner === null || inner.length <= outer.length || !inner.startsWith(outer)) return null;
  return inner.slice(outer.length);
}

/** Whether no line break stands between its members, whatever their values hold. */
function isOnOneLine(text: string, { start, end, members }: ObjectNode): boolean {
  let from = start + 1;
  for (const member of members) {
    if (hasBreak(text, from, member.keyStart)) return false;
    from = member.end;
  }
  return !hasBreak(text, from, end - 1);
}

function spacesBefore(text: string, at: number): string {
  return text.slice(skipBlankBack(text, at), at);
}

function render(value: NewValue, style: Style): string {
  if (typeof value === "string") return JSON.stringify(value);
  if ("spelled" in value) return value.spelled;
  const { colon, gap, pad, lines } = style;
  const inner = lines && { ...lines, indent: lines.indent + lines.unit };
  const members = value.map(
    ([key, member]) =>
      `${JSON.stringify(key)}:${colon}${render(member, { ...style, lines: inner })}`,
  );
  if (lines === null || inner === null) return `{${pad}${members.join(`,${gap}`)}${pad}}`;
  const { lineBreak, indent } = lines;
  const each = members.map((member) => `${lineBreak}${inner.indent}${member}`);
  return `{${each.join(",")}${lineBreak}${indent}}`;
}

/** Whether nothing but white space parts a member from its comma, and no comment shares its line. */
function goesAlong(text: string, end: number, comma: number): boolean {
  if (!isBlank(text, end, comma)) return false;
  return !hasBreak(text, end, comma) || text.charAt(skipSpaces(text, comma + 1)) !== "/";
}

/** A comma goes with its line when it is alone on it. */
function commaRemoval(text: string, comma: number): Splice {
  const line = lineStart(text, comma);
  const lineStop = lineEnd(text, comma);
  const alone = isBlank(text, line, comma) && isBlank(text, comma + 1, lineStop);
  return alone
    ? { start: line, end: afterBreak(text, lineStop), text: "" }
    : { start: comma, end: comma + 1, text: "" };
}

/** What goes when `cut` does: also the white space that would be left over. */
function removal(
  text: string,
  object: ObjectNode,
  cut: { readonly start: number; readonly end: number },
  commas: readonly number[],
): Splice {
  const { start, end } = cut;
  const gone = (from: number, to: number) => {
    const comma = commas.find((at) => at >= from && at < to);
    if (comma === undefined) return isBlank(text, from, to);
    return isBlank(text, from, comma) && isBlank(text, comma + 1, to);
  };
  const line = lineStart(text, start);
  const lineStop = lineEnd(text, end);
  const opensLine = gone(line, start);
  const endsLine = gone(end, lineStop);
  const close = object.end - 1;
  const next = skipSpaces(text, end);
  if (opensLine && endsLine && lineStop < text.length) {
    return { start: line, end: afterBreak(text, lineStop), text: "" };
  }
  if (endsLine) return { start: skipSpacesBack(text, start), end, text: "" };
  if (next !== close) return { start, end: next, text: "" };
  const before = opensLine ? skipBlankBack(text, start) : skipSpacesBack(text, start);
  if (object.comments.some((comment) => comment.line && comment.end === before)) {
    return { start, end: next, text: "" };
  }
  return { start: before, end: before === object.start + 1 ? next : end, text: "" };
}

function insert(at: number, text: string): Splice {
  return { start: at, end: at, text };
}

/** In the order of the text; where spans overlap, what lies in either goes. */
function spliced(text: string, splices: readonly Splice[]): string {
  let out = "";
  let from = 0;
  for (const splice of splices.toSorted((a, b) => a.start - b.start)) {
    out += text.slice(from, Math.max(from, splice.start)) + splice.text;
    from = Math.max(from, splice.end);
  }
  return out + text.slice(from);
}
