/** Reads the test tables in `edits/*.txt`: texts before and after an edit. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface EditRow {
  readonly name: string;
  /** Details of the change, and the expected error. */
  readonly given: ReadonlyMap<string, string>;
  readonly before: string;
  /** The expected text; equal to `before` if the table has none. */
  readonly after: string;
}

/**
 * A row consists of `# name`, lines of `name: value`, the text before the edit and, after `becomes`,
 * the expected text. Each line of a text begins with `|` and ends with a line feed, unless it ends
 * with `␃`. ␍, ␉ and ␣ are a carriage return, a tab and a space at the end of a line. <BOM> is a byte
 * order mark.
 */
export function editRows(table: string): readonly EditRow[] {
  const text = readFileSync(join(import.meta.dirname, "edits", `${table}.txt`), "utf8");
  return text
    .split(/^# /m)
    .slice(1)
    .map((row) => {
      const [head = "", after] = row.split("\nbecomes\n");
      const [name = "", ...lines] = head.split("\n");
      const given = lines.filter((line) => line !== "" && !line.startsWith("|"));
      const before = textOf(lines);
      return {
        name,
        given: new Map(given.map((line) => [line.split(": ", 1)[0] ?? "", valueOf(line)])),
        before,
        after: after === undefined ? before : textOf(after.split("\n")),
      };
    });
}

function valueOf(line: string): string {
  return line.slice(line.indexOf(": ") + 2);
}

function textOf(lines: readonly string[]): string {
  return lines
    .filter((line) => line.startsWith("|"))
    .map((line) => `${line.slice(1)}\n`)
    .join("")
    .replaceAll("␃\n", "")
    .replaceAll("␍", "\r")
    .replaceAll("␉", "\t")
    .replaceAll("␣", " ")
    .replaceAll("<BOM>", "\ufeff");
}
