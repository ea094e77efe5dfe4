/** The spans of a text that are removed together with members of an object. */
import type { Member, ObjectNode } from "./document";
import {
  afterBreak,
  commentsBetween,
  hasBreak,
  isBlank,
  isBlankCode,
  isBreak,
  isSpace,
  skipSpaces,
} from "./text-lines";

interface Cut {
  readonly start: number;
  readonly end: number;
  /** The start of the spaces and tabs before it. */
  readonly left: number;
}

/**
 * Removes members with the comments inside them, and with lines that contain nothing else. Comments
 * around them stay. The last remaining member has a trailing comma if the object had one. One pass
 * over the members, from the first to the last.
 */
export function cutMembers(
  text: string,
  node: ObjectNode,
  isRemoved: (member: Member) => boolean,
): Cuts {
  const { members } = node;
  const cuts = new Cuts(text);
  const lastLeft = members.findLastIndex((member) => !isRemoved(member));
  const losesComma = members.at(-1)?.comma === null && lastLeft < members.length - 1;
  for (const [index, member] of members.entries()) {
    if (isRemoved(member)) cutMember(cuts, text, node, member);
    else if (index === lastLeft && losesComma && member.comma !== null) cuts.addComma(member.comma);
  }
  return cuts;
}

/** Removed spans, in the order of the text. They neither overlap nor touch. */
export class Cuts {
  readonly spans: Cut[] = [];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The start of the white space before `from`, as if all spans had been removed already. */
  back(from: number, isWhite: (code: number) => boolean): number {
    let at = from;
    for (let index = this.spans.length - 1; ;) {
      const span = this.spans[index];
      if (span && span.start >= at) index--;
      else if (span && span.end >= at) {
        // There can be many spaces, so they are not scanned again.
        if (isWhite === isSpace) return span.left;
        at = span.start;
      } else if (isWhite(this.#text.charCodeAt(at - 1))) at--;
      else return at;
    }
  }

  endsWithBreak(at: number): boolean {
    return isBreak(this.#text.charCodeAt(at - 1));
  }

  /** Removes a comma, and its line if there is nothing else on it. */
  addComma(at: number): void {
    const left = this.back(at, isSpace);
    const stop = skipSpaces(this.#text, at + 1);
    const isAlone = this.endsWithBreak(left) && isBreak(this.#text.charCodeAt(stop));
    if (isAlone) this.add({ start: left, end: afterBreak(this.#text, stop), left });
    else this.add({ start: at, end: at + 1, left });
  }

  /** The end of the new span must be after all earlier spans. */
  add(cut: Cut): void {
    let { start } = cut;
    for (let last = this.spans.at(-1); last && last.end >= start; last = this.spans.at(-1)) {
      start = Math.min(start, last.start);
      this.spans.pop();
    }
    this.spans.push({ ...cut, start });
  }
}

function cutMember(cuts: Cuts, text: string, { start, end, members }: ObjectNode, member: Member) {
  const { keyStart, comma } = member;
  const adjoins = comma !== null && isJoined(text, member.end, comma);
  const to = adjoins ? comma + 1 : member.end;
  const left = cuts.back(keyStart, isSpace);
  const opensLine = cuts.endsWithBreak(left);
  const stop = skipSpaces(text, to);
  const endsLine = isBreak(text.charCodeAt(stop));
  const cut = (from: number, until: number) =>
    cuts.add({ start: from, end: until, left: Math.min(left, from) });
  if (endsLine) cut(left, opensLine ? afterBreak(text, stop) : to);
  else if (stop !== end - 1) cut(keyStart, stop);
  else {
    // The closing brace follows on the same line.
    const before = opensLine ? cuts.back(keyStart, isBlankCode) : left;
    const isLast = before === start + 1;
    if (isInLineComment(text, start, members, before)) cut(keyStart, stop);
    // A member is added to `{ }` directly before the brace, so removing it restores `{ }`.
    else if (isLast && !opensLine && stop === to) cut(keyStart, to);
    else cut(before, isLast ? stop : to);
  }
  if (comma !== null && !adjoins) cuts.addComma(comma);
}

/** Whether only white space is between a member and its comma, and no comment follows on their line. */
function isJoined(text: string, end: number, comma: number): boolean {
  if (!isBlank(text, end, comma)) return false;
  return !hasBreak(text, end, comma) || text.charAt(skipSpaces(text, comma + 1)) !== "/";
}

/** Whether text inserted at a place between members would become part of a `//` comment. */
function isInLineComment(
  text: string,
  start: number,
  members: readonly Member[],
  at: number,
): boolean {
  const from = members.findLast(({ end }) => end <= at)?.end ?? start + 1;
  for (const comment of commentsBetween(text, from, at)) {
    if (comment.line && at <= comment.end) return true;
  }
  return false;
}
