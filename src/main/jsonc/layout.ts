/** Detects the layout of an object, and renders new members in it. */
import type { ObjectNode } from "./document";
import type { NewMember, NewValue } from "./plan";
import {
  beginsLine,
  breakNear,
  commentsBetween,
  hasBreak,
  indentAt,
  isBlankCode,
} from "./text-lines";

/** An object in its text, with the parts of its layout that depend on its surroundings. */
export interface Place {
  readonly text: string;
  readonly node: ObjectNode;
  /** Whether there is white space between colons and values around it. */
  readonly isSpaced: boolean;
  /** The indentation of its line. Read only if its members are on separate lines. */
  readonly outer: string;
  /** The indentation that one more level adds around it, or null if unknown. */
  readonly unit: string | null;
}

/** The layout that a new member of an object follows. */
export interface Layout {
  /** The white space between a colon and a value. */
  readonly colon: string;
  /** The white space after a comma between members on one line. */
  readonly gap: string;
  /** The white space inside the braces of an object on one line. */
  readonly pad: string;
  /** Null if everything is on one line. */
  readonly lines: Lines | null;
}

interface Lines {
  readonly lineBreak: string;
  /** The indentation of the members. */
  readonly indent: string;
  /** The indentation that one more level adds. */
  readonly unit: string;
}

/** For a new value that replaces another. */
export const ON_ONE_LINE: Layout = { colon: " ", gap: " ", pad: " ", lines: null };

/**
 * An object on one line stays on one line. In all others, each new member gets its own line, with the
 * indentation and line breaks of its neighbors.
 */
export function layoutOf(place: Place): Layout {
  const { text, node, isSpaced } = place;
  const [first, second] = node.members;
  const last = node.members.at(-1);
  const space = (last ? isBlankBefore(text, last.start) : isSpaced) ? " " : "";
  return {
    colon: space,
    gap: second ? (isBlankBefore(text, second.keyStart) ? " " : "") : space,
    pad: first ? (isBlankBefore(text, node.start + 2) ? " " : "") : space,
    lines: isOnOneLine(text, node) ? null : linesOf(place),
  };
}

/** `"key": value` */
export function renderMember([key, value]: NewMember, layout: Layout): string {
  return `${JSON.stringify(key)}:${layout.colon}${renderValue(value, layout)}`;
}

export function renderValue(value: NewValue, layout: Layout): string {
  if (typeof value === "string") return JSON.stringify(value);
  if ("spelled" in value) return value.spelled;
  const { gap, pad, lines } = layout;
  const inner = lines && { ...lines, indent: lines.indent + lines.unit };
  const members = value.map((member) => renderMember(member, { ...layout, lines: inner }));
  if (members.length === 0) return "{}";
  if (lines === null || inner === null) return `{${pad}${members.join(`,${gap}`)}${pad}}`;
  const { lineBreak, indent } = lines;
  const each = members.map((member) => `${lineBreak}${inner.indent}${member}`);
  return `{${each.join(",")}${lineBreak}${indent}}`;
}

function linesOf({ text, node, outer, unit }: Place): Lines {
  const own = innerIndent(text, node);
  const step = unitBetween(outer, own) ?? unit ?? (own === outer ? "" : "  ");
  return { lineBreak: breakNear(text, node.end - 1), indent: own ?? outer + step, unit: step };
}

/** The indentation of the last member at the start of a line, or else of the first such comment. */
export function innerIndent(text: string, { start, end, members }: ObjectNode): string | null {
  const member = members.findLast(({ keyStart }) => beginsLine(text, keyStart));
  if (member) return indentAt(text, member.keyStart);
  let from = start + 1;
  for (const next of [...members, { keyStart: end - 1, end }]) {
    for (const comment of commentsBetween(text, from, next.keyStart)) {
      if (beginsLine(text, comment.start)) return indentAt(text, comment.start);
    }
    from = next.end;
  }
  return null;
}

/** The part that the inner indentation adds to the outer one; null if it does not start with it. */
export function unitBetween(outer: string, inner: string | null): string | null {
  if (inner === null || inner.length <= outer.length || !inner.startsWith(outer)) return null;
  return inner.slice(outer.length);
}

/** Whether its members are on one line. Their values may contain line breaks. */
function isOnOneLine(text: string, { start, end, members }: ObjectNode): boolean {
  if (!hasBreak(text, start, end)) return true;
  let from = start + 1;
  for (const member of members) {
    if (hasBreak(text, from, member.keyStart)) return false;
    from = member.end;
  }
  return !hasBreak(text, from, end - 1);
}

function isBlankBefore(text: string, at: number): boolean {
  return isBlankCode(text.charCodeAt(at - 1));
}
