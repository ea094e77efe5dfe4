/**
 * The allowed changes of a program that only changes gateways. It reads both versions with
 * `jsonc-parser` and shares no code with `src`, so that it cannot repeat a bug there.
 */
import { createScanner, getNodeValue, parseTree, type Node, type ParseError } from "jsonc-parser";

import { builtInProvider } from "../../src/shared/providers";

/** Values of jsonc-parser's `SyntaxKind`, a const enum without names at run time. */
const COMMA = 5;
const LINE_COMMENT = 12;
const BLOCK_COMMENT = 13;
const LINE_BREAK = 14;
const SPACE = 15;
const END = 17;

const BLOCKS: ReadonlySet<string> = new Set(["cloudflareGateway", "cloudflareGatewayDisabled"]);
/** The mirror writes these members, so they are compared without its changes. */
const MIRRORED: ReadonlySet<string> = new Set(["baseUrl", "headers"]);
const GATEWAY = "https://gateway.ai.cloudflare.com/";
const TOKEN_HEADER = "cf-aig-authorization";

/** Null: the file is missing. */
export type Text = string | null;

/** Describes every part of the old version that is missing or changed in the new one, except gateways. */
export function damageBetween(before: Text, after: Text): readonly string[] {
  const old = readingOf(before);
  const now = readingOf(after);
  if (now === null) return [`it does not parse: ${JSON.stringify(after?.slice(0, 80))}`];
  if (old === null) return ["it was written although the earlier version does not parse"];
  const wrong: string[] = [];
  if (old.bom !== now.bom && before !== null) wrong.push("the BOM was added or removed");
  if (old.lineEnds !== "" && now.lineEnds !== "" && old.lineEnds !== now.lineEnds) {
    wrong.push(`line ends: ${now.lineEnds} instead of ${old.lineEnds}`);
  }
  const at = old.tokens.findIndex((token, index) => token !== now.tokens[index]);
  const more = old.tokens.length < now.tokens.length ? old.tokens.length : -1;
  const first = at === -1 ? more : at;
  if (first !== -1) {
    const around = (tokens: readonly string[]) => tokens.slice(Math.max(0, first - 3), first + 2);
    wrong.push(`${around(now.tokens).join(" ")} instead of ${around(old.tokens).join(" ")}`);
  }
  for (const id of new Set([...old.own.keys(), ...now.own.keys()])) {
    const [had, has] = [old.own.get(id), now.own.get(id)];
    if (had !== has) wrong.push(`${id} is ${has ?? "gone"} instead of ${had ?? "not there"}`);
  }
  return wrong;
}

/** Sorted names of the providers with an active block; null when the text does not parse. */
export function routedIn(text: Text): readonly string[] | null {
  const root = text === null ? undefined : rootOf(text);
  if (root === null) return null;
  return membersOf(root)
    .flatMap(({ key, value }) => {
      const members = membersOf(value);
      if (!members.some((member) => member.key === "cloudflareGateway")) return [];
      const named = members.find((member) => member.key === "displayName")?.value.value;
      return [typeof named === "string" ? named : (builtInProvider(key)?.name ?? key)];
    })
    .toSorted();
}

interface Reading {
  readonly bom: boolean;
  /** `""` for a text without line breaks, `mixed` for one with both kinds. */
  readonly lineEnds: string;
  /** All tokens except gateways, spaces and commas, as spelled; comments with their line. */
  readonly tokens: readonly string[];
  /** Each provider's content without its gateway; omits providers that have only a gateway. */
  readonly own: ReadonlyMap<string, string>;
}

function readingOf(text: Text): Reading | null {
  if (text === null) return { bom: false, lineEnds: "", tokens: [], own: new Map() };
  const root = rootOf(text);
  if (root === null) return null;
  const own = new Map<string, string>();
  const gone: Span[] = [];
  const hidden: Span[] = [];
  for (const { key, node, value } of membersOf(root)) {
    const members = membersOf(value);
    const meaning = ownMeaning(value);
    if (meaning === "{}") gone.push(spanOf(node));
    else own.set(key, meaning);
    for (const member of members) {
      if (BLOCKS.has(member.key)) gone.push(spanOf(member.node));
      if (MIRRORED.has(member.key)) hidden.push(spanOf(member.node));
    }
  }
  const tokens = own.size === 0 ? [] : tokensOf(text, gone, hidden);
  return { bom: text.startsWith("\uFEFF"), lineEnds: lineEndsOf(text), tokens, own };
}

/** Undefined for a text without a value, which counts as an empty object; null for a syntax error. */
function rootOf(text: string): Node | undefined | null {
  const errors: ParseError[] = [];
  const root = parseTree(text.replace(/^\uFEFF/, " "), errors, { allowTrailingComma: true });
  if (root === undefined) return /\S/.test(withoutComments(text)) ? null : undefined;
  return errors.length > 0 || root.type !== "object" ? null : root;
}

function withoutComments(text: string): string {
  return text.replace(/\uFEFF|\/\*[^]*?\*\/|\/\/[^\n]*/g, "");
}

interface MemberNode {
  readonly key: string;
  readonly node: Node;
  readonly value: Node;
}

function membersOf(object: Node | undefined): readonly MemberNode[] {
  if (object?.type !== "object") return [];
  return (object.children ?? []).flatMap((node) => {
    const [key, value] = node.children ?? [];
    return key && value ? [{ key: String(key.value), node, value }] : [];
  });
}

type Span = readonly [start: number, end: number];

function spanOf({ offset, length }: Node): Span {
  return [offset, offset + length];
}

/** The provider as JSON without blocks, with the values that the mirror stored restored. */
function ownMeaning(provider: Node): string {
  const members = membersOf(provider);
  if (provider.type !== "object") return JSON.stringify(getNodeValue(provider));
  const values = new Map(members.map(({ key, value }) => [key, getNodeValue(value) as unknown]));
  const block = objectIn(
    values.get("cloudflareGateway") ?? values.get("cloudflareGatewayDisabled"),
  );
  for (const key of BLOCKS) values.delete(key);
  const baseUrl = values.get("baseUrl");
  if (typeof baseUrl === "string" && baseUrl.startsWith(GATEWAY)) values.delete("baseUrl");
  const direct = objectIn(block["direct"]);
  if ("baseUrl" in direct) values.set("baseUrl", direct["baseUrl"]);
  const headers = Object.entries(objectIn(values.get("headers"))).filter(
    ([name]) => name.toLowerCase() !== TOKEN_HEADER,
  );
  const kept = Object.entries(objectIn(direct["headers"]));
  values.delete("headers");
  if (headers.length + kept.length > 0) {
    values.set("headers", sorted([...headers, ...kept]));
  }
  return JSON.stringify(sorted([...values]));
}

function sorted(entries: readonly (readonly [string, unknown])[]): object {
  const compared = entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(compared);
}

function objectIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function tokensOf(text: string, gone: readonly Span[], hidden: readonly Span[]): readonly string[] {
  const scanner = createScanner(text.replace(/^\uFEFF/, " "), false);
  const tokens: string[] = [];
  const within = (spans: readonly Span[], at: number) =>
    spans.some(([start, end]) => at >= start && at < end);
  let ownLine = true;
  for (let kind: number = scanner.scan(); kind !== END; kind = scanner.scan()) {
    if (kind === SPACE) continue;
    if (kind === LINE_BREAK) {
      ownLine = true;
      continue;
    }
    const at = scanner.getTokenOffset();
    const isComment = kind === LINE_COMMENT || kind === BLOCK_COMMENT;
    const kept = !within(gone, at) && (isComment || !within(hidden, at));
    if (kept && kind !== COMMA) {
      const spelled = text.slice(at, at + scanner.getTokenLength());
      tokens.push(isComment && ownLine ? `⏎${spelled}` : spelled);
    }
    ownLine = false;
  }
  return tokens;
}

function lineEndsOf(text: string): string {
  const windows = text.split("\r\n").length - 1;
  const all = text.split("\n").length - 1;
  if (all === 0) return "";
  return windows === 0 ? "LF" : windows === all ? "CRLF" : "mixed";
}
