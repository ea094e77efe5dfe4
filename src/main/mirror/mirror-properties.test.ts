/** Properties of the mirror for every document: removing it restores the exact text. */
import fc from "fast-check";
import { parseTree, type Node } from "jsonc-parser";
import { describe, expect, test } from "vitest";

import type { Result } from "../../shared/result";
import { countOf } from "../../shared/testing/counts";
import { mirrorEdits, type ChangeContext } from "../config/mirror-edits";
import {
  disableProvider,
  enableProvider,
  forgetProvider,
  mirrorAll,
} from "../config/testing/edit-text";
import type { BlockDetails } from "../config/edit";
import { directDocument, generatedDocument, target } from "../jsonc/testing/generated-documents";
import type { ReadProvider } from "../config/providers";
import { snapshotOf } from "../config/snapshot";

const RUNS = { numRuns: countOf("mirrors") };
const TOKEN = "gateway-token-1111";
const mirrored: ChangeContext = { file: "file", env: {}, mirror: true, domains: [] };
const bare: ChangeContext = { ...mirrored, mirror: false };

const details: fc.Arbitrary<BlockDetails> = fc.record({
  accountId: fc.constant("0123456789abcdef0123456789abcdef"),
  gatewayName: fc.constantFrom("gw", "gw2"),
  token: fc.constantFrom(TOKEN, TOKEN, null),
  segment: fc.constantFrom(null, "custom-s"),
  storePrompts: fc.constantFrom(true, false, undefined),
});

function readAll(text: string): readonly ReadProvider[] {
  return snapshotOf({ success: true, data: Buffer.from(text) }, "file").providers;
}

function read(text: string, id: string): ReadProvider | undefined {
  return readAll(text).find(({ config }) => config.id === id);
}

type Step = (text: string, provider: ReadProvider, context: ChangeContext) => Result<string>;

const on =
  (asked: BlockDetails): Step =>
  (text, provider, context) =>
    enableProvider(text, provider, asked, context);

/** The text after all steps; null if one failed because of the file. */
function after(
  text: string,
  id: string,
  context: ChangeContext,
  ...steps: readonly Step[]
): string | null {
  let changed = text;
  for (const step of steps) {
    const provider = read(changed, id);
    if (!provider) return null;
    const result = step(changed, provider, context);
    if (!result.success) {
      if (result.error.code === "edit_refused") throw new Error("edit_refused");
      return null;
    }
    changed = result.data;
  }
  return changed;
}

/** The text after mux reads and rewrites the file. The last of equal keys counts. */
function asMuxSaves(text: string): string {
  const written = (node: Node | undefined): string => {
    if (node?.type === "array") return `[${(node.children ?? []).map(written).join(",")}]`;
    if (node?.type !== "object") return JSON.stringify(node?.value ?? null);
    const members = new Map(
      (node.children ?? []).map(({ children: [key, value] = [] }) => [key?.value, written(value)]),
    );
    return `{${[...members].map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(",")}}`;
  };
  const root = parseTree(text.replace("\ufeff", ""), [], { allowTrailingComma: true });
  return `// saved by mux\n${root ? written(root) : "{}"}\n`;
}

/** A comma on a line of its own, behind a line comment: the known exception to "to the byte". */
const LONE_COMMA = /\/\/[^\r\n]*[\r\n]\s*,/;

const direct = fc
  .constantFrom("anthropic", "google", "a.b", "__proto__")
  .chain((id) => directDocument(id).map(({ text }) => ({ text, id })))
  .filter(({ text }) => !LONE_COMMA.test(text));

describe("a mirror", () => {
  test("is removed without a trace when the block is disabled or forgotten", () => {
    fc.assert(
      fc.property(direct, details, fc.boolean(), ({ text, id }, asked, forget) => {
        const off = forget ? forgetProvider : disableProvider;
        const without = after(text, id, bare, on(asked), off);
        expect(after(text, id, mirrored, on(asked), off)).toBe(without);
      }),
      RUNS,
    );
  });

  test("is restored exactly when the block is enabled again", () => {
    fc.assert(
      fc.property(direct, details, ({ text, id }, asked) => {
        // A token that is removed for good can take the file's only space after a colon with it.
        const settled = after(text, id, bare, on(asked), disableProvider);
        const routed = settled === null ? null : after(settled, id, mirrored, on(asked));
        if (routed === null) return;
        expect(after(routed, id, mirrored, disableProvider, on(asked))).toBe(routed);
        expect(after(routed, id, mirrored, on(asked))).toBe(routed);
      }),
      RUNS,
    );
  });

  test("is removed when mux has saved the file in between", () => {
    fc.assert(
      fc.property(direct, details, ({ text, id }, asked) => {
        const routed = after(text, id, mirrored, on(asked));
        const without = after(text, id, bare, on(asked), disableProvider);
        if (routed === null || without === null) return;
        const off = after(asMuxSaves(routed), id, mirrored, disableProvider);
        expect(off && asMuxSaves(off)).toBe(asMuxSaves(without));
      }),
      RUNS,
    );
  });

  test("does not change the user's own values when the panel reads the file", () => {
    fc.assert(
      fc.property(direct, details, ({ text, id }, asked) => {
        const routed = after(text, id, mirrored, on(asked));
        const without = after(text, id, bare, on(asked));
        if (routed === null || without === null) return;
        const [now, own] = [read(routed, id)?.config, read(without, id)?.config];
        expect(now?.block).toEqual(own?.block);
        // A base URL that is exactly the block's counts as mirrored, whoever wrote it.
        if (own?.values["baseUrl"] !== read(without, id)?.entry?.values["baseUrl"]) return;
        expect(JSON.stringify(now?.values)).toBe(JSON.stringify(own?.values));
      }),
      RUNS,
    );
  });

  test("matches the block when that changes, and is then removed", () => {
    fc.assert(
      fc.property(direct, details, details, ({ text, id }, first, second) => {
        const changed = after(text, id, mirrored, on(first), on(second));
        const provider = changed === null ? undefined : read(changed, id);
        if (changed === null || !provider) return;
        expect(mirrorEdits(provider, mirrored)).toEqual([]);
        const off = after(changed, id, mirrored, disableProvider);
        const without = after(text, id, bare, on(first), on(second), disableProvider);
        expect(off && asMuxSaves(off)).toBe(without && asMuxSaves(without));
      }),
      RUNS,
    );
  });

  test("is removed without a trace when all blocks were mirrored at once", () => {
    fc.assert(
      fc.property(generatedDocument, details, target, ({ text }, asked, id) => {
        const routed = after(text, id, bare, on(asked));
        const providers = routed === null ? [] : readAll(routed);
        if (routed === null || providers.some(isHandMade)) return;
        const all = mirrorAll(routed, providers, mirrored);
        if (!all.success) throw new Error(all.error.code);
        expect(all.data).not.toBe(routed);
        expect(readAll(all.data).every((each) => mirrorEdits(each, mirrored).length === 0)).toBe(
          true,
        );
        expect(mirrorAll(all.data, readAll(all.data), bare)).toEqual({
          success: true,
          data: routed,
        });
      }),
      RUNS,
    );
  });
});

/** Whether fields written by a user look exactly like mirrored ones. */
function isHandMade({ config, entry }: ReadProvider): boolean {
  return config.block !== null && config.values !== entry?.values;
}
