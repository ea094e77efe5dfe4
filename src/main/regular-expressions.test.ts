import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

const SRC = join(__dirname, "..");

/** Runs only in tests, on their own texts. */
const FOR_TESTS = /\.test\.ts$|(^|[\\/])testing[\\/]/;

/** A regular expression literal, after a token that can only precede an expression. */
const LITERAL =
  /(?<=[=(,:!&|?[{;]\s*|return\s+)\/(?![*/])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+)\/([dgimsuvy]*)/g;

interface Expression {
  readonly where: string;
  readonly source: string;
  readonly flags: string;
}

/** Every regular expression that the main process or both processes run on untrusted text. */
function expressions(): readonly Expression[] {
  return ["main", "shared"].flatMap((folder) =>
    readdirSync(join(SRC, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !FOR_TESTS.test(name))
      .flatMap((name) =>
        [...readFileSync(join(SRC, folder, name), "utf8").matchAll(LITERAL)].map(
          ([, source = "", flags = ""]) => ({ where: `${folder}/${name}`, source, flags }),
        ),
      ),
  );
}

/** A rule sees the first 4,096 characters of a message; a base URL or a header has no limit. */
function lengthFor(where: string): number {
  return where.endsWith("-rules.ts") ? 4096 : 100_000;
}

/** Pieces to repeat in near matches: the expression's words and characters, and common ones. */
function pieces({ source }: Expression): readonly string[] {
  const words = source.replaceAll(/\\[a-zA-Z]/g, " ").match(/[\w ]+|[^\w\s]/g) ?? [];
  const usual = Array.from("/*-.:a1 \n\r[{<=_\"'\\");
  return [...new Set([...words, ...usual, "data:", "a.", "a-", "1 "])];
}

it("runs every regular expression quickly when a text almost matches", () => {
  const all = expressions();
  expect(all.length).toBeGreaterThan(80);
  const slow: string[] = [];
  for (const each of all) {
    const expression = new RegExp(each.source, each.flags);
    const length = lengthFor(each.where);
    for (const piece of pieces(each)) {
      const attack = `${piece.repeat(Math.ceil(length / piece.length))}\u0001`;
      // Of the processor's time: on a busy machine the clock goes on while others compute.
      const started = process.cpuUsage();
      attack.replace(expression, "");
      const ms = process.cpuUsage(started).user / 1000;
      if (ms > 300)
        slow.push(`${each.where}: /${each.source}/ over ${piece}: ${Math.round(ms)} ms`);
    }
  }
  expect(slow).toEqual([]);
});
