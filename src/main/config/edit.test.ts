/** Tests every edit of a block with the tables in `testing/edits`: text in, text out. */
import { describe, expect, test } from "vitest";

import type { BlockDetails, Change } from "./edit";
import { applyChange } from "./testing/edit-text";
import { editRows, type EditRow } from "./testing/edit-rows";

function changeOf(kind: Change["kind"], { given }: EditRow): Change {
  const provider = given.get("provider") ?? "anthropic";
  if (kind === "disable" || kind === "forget") return { kind, provider };
  const more: Partial<BlockDetails> = JSON.parse(given.get("details") ?? "{}");
  return { kind, provider, details: { accountId: "acc", gatewayName: "gw", ...more } };
}

describe.each([
  ["adds a block", "append", "enable"],
  ["updates a block", "update", "enable"],
  ["disables a block", "off", "disable"],
  ["forgets a block", "forget", "forget"],
] as const)("an edit %s", (_does, table, kind) => {
  test.each(editRows(table))("given $name", (row) => {
    const changed = applyChange(row.before, changeOf(kind, row), "file");
    expect(changed).toEqual({ success: true, data: row.after });
  });
});

describe.each(editRows("refused"))("refuses $name", (row) => {
  test.each(["enable", "update", "disable", "forget"] as const)("to %s", (kind) => {
    const refused = applyChange(row.before, changeOf(kind, row), "file");
    const [line, column] = [row.given.get("line"), row.given.get("column")];
    expect(refused).toMatchObject({
      success: false,
      error: {
        code: row.given.get("code"),
        ...(line && { line: Number(line) }),
        ...(column && { column: Number(column) }),
      },
    });
    const message = refused.success ? "" : refused.error.message;
    expect(message).toContain(row.given.get("says") ?? "");
    expect(message).not.toContain("secret");
  });
});

test.each(["disable", "forget"] as const)(
  "refuses to %s a provider when it has no block",
  (kind) => {
    for (const text of ["", "{}", `{ "anthropic": { "apiKey": "k" } }`]) {
      const refused = applyChange(text, { kind, provider: "anthropic" }, "file");
      expect(refused).toMatchObject({ success: false, error: { code: "block_missing" } });
    }
  },
);
