/** Properties of every edit of every document, checked with other parsers. */
import fc from "fast-check";
import { parse as parseMorph } from "jsonc-morph";
import { parseTree, type Node } from "jsonc-parser";
import { describe, expect, test } from "vitest";

import { countOf } from "../../shared/testing/counts";
import type { BlockDetails, Change } from "./edit";
import { applyChange } from "./testing/edit-text";
import {
  generatedDocument,
  target,
  type GeneratedDocument,
} from "../jsonc/testing/generated-documents";

const RUNS = { numRuns: countOf("edits") };
const BLOCK_KEYS = ["cloudflareGateway", "cloudflareGatewayDisabled"];

const details: fc.Arbitrary<BlockDetails> = fc.record({
  accountId: fc.constantFrom("acc", "sk-1"),
  gatewayName: fc.constantFrom("gw", "sk-1"),
  token: fc.constantFrom(undefined, null, "t"),
  segment: fc.constantFrom(undefined, undefined, null, "custom-s"),
  storePrompts: fc.constantFrom(undefined, undefined, true, false),
});

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant("enable" as const), provider: target, details }),
  fc.record({ kind: fc.constantFrom("disable" as const, "forget" as const), provider: target }),
);

/** The text after an edit; null if the edit failed because of the file. */
function edited(text: string, asked: Change): string | null {
  const result = applyChange(text, asked, "file");
  if (result.success) return result.data;
  expect(["provider_unknown", "block_missing"]).toContain(result.error.code);
  return null;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

interface Property extends Place {
  readonly key: string;
  readonly value: Node;
}

function rootOf(text: string): Node | undefined {
  // jsonc-parser reports a byte order mark as an error, but accepts a space.
  return parseTree(text.replace("\ufeff", " "), [], { allowTrailingComma: true });
}

function propertiesOf(node: Node | undefined): readonly Property[] {
  return (node?.children ?? []).flatMap(({ offset, length, children: [name, value] = [] }) =>
    name && value ? [{ key: String(name.value), value, start: offset, end: offset + length }] : [],
  );
}

function providerIn(text: string, provider: string): Property | undefined {
  return propertiesOf(rootOf(text)).findLast(({ key }) => key === provider);
}

/** The parsed value. The last of equal keys counts. Maps keep keys such as `__proto__` as data. */
function dataOf(node: Node | undefined): unknown {
  if (node?.type === "array") return (node.children ?? []).map(dataOf);
  if (node?.type !== "object") return node?.value;
  return new Map(propertiesOf(node).map(({ key, value }) => [key, dataOf(value)]));
}

function dataIn(text: string): Map<string, unknown> {
  const data = dataOf(rootOf(text));
  return data instanceof Map ? data : new Map();
}

function mapAt(data: Map<string, unknown>, key: string): Map<string, unknown> {
  const found = data.get(key);
  return found instanceof Map ? new Map<string, unknown>(found) : new Map();
}

/** The expected data, calculated without the text. */
function expectedData(before: string, asked: Change): Map<string, unknown> {
  const data = dataIn(before);
  const provider = mapAt(data, asked.provider);
  const [on = "", off = ""] = BLOCK_KEYS;
  if (asked.kind === "forget") {
    provider.delete(on);
    provider.delete(off);
  } else if (asked.kind === "disable") {
    if (provider.has(on)) provider.set(off, provider.get(on));
    provider.delete(on);
  } else {
    const block = mapAt(provider, provider.has(on) ? on : off);
    for (const [key, value] of Object.entries(asked.details)) {
      // Only the exception is written.
      if (value === null || value === true) block.delete(key);
      else if (value !== undefined) block.set(key, value);
    }
    if (!provider.has(on)) provider.delete(off);
    provider.set(on, block);
  }
  return data.set(asked.provider, provider);
}

/** Spans that may lose their comments: a forgotten block, and an older one that is removed. */
function removedSpans(before: string, asked: Change): readonly Place[] {
  const members = propertiesOf(providerIn(before, asked.provider)?.value);
  const blocks = members.filter(({ key }) => BLOCK_KEYS.includes(key));
  if (asked.kind === "forget") return blocks;
  if (asked.kind === "disable")
    return blocks.length > 1 ? blocks.filter(({ key }) => key === BLOCK_KEYS[1]) : [];
  const counts = blocks.toSorted((a, b) => a.key.length - b.key.length)[0];
  return propertiesOf(counts?.value).filter(
    ({ key }) =>
      (key === "token" && asked.details.token === null) ||
      (key === "segment" && asked.details.segment === null) ||
      (key === "storePrompts" && asked.details.storePrompts === true),
  );
}

const within = (spans: readonly Place[], at: number) =>
  spans.some(({ start, end }) => at >= start && at < end);

/** The end of the nearest token before the comment with `mark` on its line; -1 if there is none. */
function neighbourOf(text: string, mark: string): number {
  let at =
    Math.max(
      text.lastIndexOf("//", text.indexOf(mark)),
      text.lastIndexOf("/*", text.indexOf(mark)),
    ) - 1;
  while (at >= 0 && " \t,".includes(text.charAt(at))) at--;
  return at < 0 || "\r\n\ufeff".includes(text.charAt(at)) ? -1 : at;
}

describe("every edit", () => {
  const given = [generatedDocument, change] as const;

  test("changes only the requested paths", () => {
    fc.assert(
      fc.property(...given, ({ text }, asked) => {
        const after = edited(text, asked);
        if (after === null) return;
        expect(dataIn(after)).toEqual(expectedData(text, asked));
      }),
      RUNS,
    );
  });

  test("keeps all bytes outside the provider, and its other members", () => {
    fc.assert(
      fc.property(...given, ({ text }, asked) => {
        const after = edited(text, asked);
        const old = providerIn(text, asked.provider);
        if (after === null || !old) return;
        const now = providerIn(after, asked.provider);
        expect(now).toBeDefined();
        expect(after.slice(0, now?.start)).toBe(text.slice(0, old.start));
        expect(after.slice(now?.end)).toBe(text.slice(old.end));
        const others = (whole: string, { value }: Property) =>
          propertiesOf(value)
            .filter(({ key }) => !BLOCK_KEYS.includes(key))
            .map(({ start, end }) => whole.slice(start, end));
        expect(now && others(after, now)).toEqual(others(text, old));
      }),
      RUNS,
    );
  });

  test("keeps comments and their order when they are not in a removed span", () => {
    fc.assert(
      fc.property(...given, ({ text, comments }: GeneratedDocument, asked) => {
        const after = edited(text, asked);
        if (after === null) return;
        const removed = removedSpans(text, asked);
        const kept = comments.filter((mark) => !within(removed, text.indexOf(mark)));
        expect([...after.matchAll(/<\d+>/g)].map(([mark]) => mark)).toEqual(kept);
      }),
      RUNS,
    );
  });

  test("keeps each comment next to its neighbor when that stays", () => {
    fc.assert(
      fc.property(...given, ({ text, comments }: GeneratedDocument, asked) => {
        const after = edited(text, asked);
        if (after === null) return;
        const provider = providerIn(text, asked.provider);
        const removed = removedSpans(text, asked);
        const blocks = propertiesOf(provider?.value).filter(({ key }) => BLOCK_KEYS.includes(key));
        for (const mark of comments) {
          const old = neighbourOf(text, mark);
          // A removed or respelled neighbor cannot be compared.
          if (within(removed, text.indexOf(mark)) || within(removed, old) || within(blocks, old))
            continue;
          const now = neighbourOf(after, mark);
          expect(after.charAt(now)).toBe(text.charAt(old));
        }
      }),
      RUNS,
    );
  });

  test("keeps white space and comments when it adds a block", () => {
    fc.assert(
      fc.property(generatedDocument, target, details, ({ text }, provider, asked) => {
        const old = providerIn(text, provider);
        const members = propertiesOf(old?.value);
        if (!old || members.some(({ key }) => BLOCK_KEYS.includes(key))) return;
        const after = edited(text, { kind: "enable", provider, details: asked });
        const block = propertiesOf(providerIn(after ?? "", provider)?.value).at(-1);
        expect(block?.key).toBe("cloudflareGateway");
        const lastEnd = members.at(-1)?.end ?? old.value.offset + 1;
        expect(after?.slice(0, lastEnd)).toBe(text.slice(0, lastEnd));
        const rest = (after?.slice(lastEnd, block?.start) ?? "") + (after?.slice(block?.end) ?? "");
        const solid = (part: string) => part.replaceAll(/[\s,]/g, "");
        expect(solid(rest)).toBe(solid(text.slice(lastEnd)));
        expect(after?.endsWith(text.slice(old.end - 1))).toBe(true);
      }),
      RUNS,
    );
  });

  test("changes nothing when it is repeated", () => {
    fc.assert(
      fc.property(...given, ({ text }, asked) => {
        const once = edited(text, asked);
        if (once === null || asked.kind === "forget") return;
        expect(edited(once, asked)).toBe(once);
      }),
      RUNS,
    );
  });

  test("restores the text when an added block is forgotten", () => {
    fc.assert(
      fc.property(generatedDocument, target, details, ({ text }, provider, asked) => {
        const old = providerIn(text, provider);
        const members = propertiesOf(old?.value);
        if (!old || members.some(({ key }) => BLOCK_KEYS.includes(key))) return;
        const on = edited(text, { kind: "enable", provider, details: asked }) ?? "";
        expect(edited(on, { kind: "forget", provider })).toBe(text);
      }),
      RUNS,
    );
  });

  test("restores the text when a disabled block is enabled again", () => {
    fc.assert(
      fc.property(generatedDocument, target, details, ({ text }, provider, asked) => {
        const on = edited(text, { kind: "enable", provider, details: asked });
        if (on === null) return;
        const members = propertiesOf(providerIn(on, provider)?.value);
        if (members.some(({ key }) => key === BLOCK_KEYS[1])) return;
        const off = edited(on, { kind: "disable", provider });
        expect(off).toHaveLength(on.length + "Disabled".length);
        expect(edited(off ?? "", { kind: "enable", provider, details: asked })).toBe(on);
      }),
      RUNS,
    );
  });
});

/** Texts that jsonc-morph edits correctly: one member per line, comments at the ends of lines. */
const neatDocument = fc
  .tuple(
    fc.dictionary(fc.constantFrom("apiKey", "baseUrl", "models"), fc.constantFrom("k", 1, true), {
      minKeys: 1,
    }),
    fc.constantFrom("  ", "    ", "\t"),
    fc.constantFrom("\n", "\r\n"),
    fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
  )
  .map(([members, indent, lineBreak, commented]) =>
    JSON.stringify({ openai: members, anthropic: members, xai: members }, null, indent)
      .split("\n")
      .map((line, index) => (commented[index] ? `${line} // <${index}>` : line))
      .join(lineBreak),
  );

describe("makes the same edit as jsonc-morph", () => {
  const asked = { accountId: "acc", gatewayName: "gw" };

  test("when it adds a block to a neat file", () => {
    fc.assert(
      fc.property(neatDocument, (text) => {
        const morph = parseMorph(text);
        morph.asObjectOrThrow().getIfObjectOrThrow("anthropic").append("cloudflareGateway", asked);
        expect(edited(text, { kind: "enable", provider: "anthropic", details: asked })).toBe(
          morph.toString(),
        );
      }),
      RUNS,
    );
  });

  test("when it removes the added block", () => {
    fc.assert(
      fc.property(neatDocument, (text) => {
        const on = edited(text, { kind: "enable", provider: "anthropic", details: asked }) ?? "";
        const morph = parseMorph(on);
        const provider = morph.asObjectOrThrow().getIfObjectOrThrow("anthropic");
        provider.getOrThrow("cloudflareGateway").remove();
        expect(edited(on, { kind: "forget", provider: "anthropic" })).toBe(morph.toString());
        expect(morph.toString()).toBe(text);
      }),
      RUNS,
    );
  });
});
