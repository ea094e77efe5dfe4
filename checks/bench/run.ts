/**
 * `npm run bench [-- part …]`: runs the benchmark part by part and prints one table, kept in results.md
 * after a whole run; exits 1 when a bar was missed or a part not run.
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";

import { buildIfNeeded } from "../../scripts/build";
import { installedRuntime, ROOT } from "../../scripts/runtime";
import { PARTS, SUITES } from "./parts";
import { runPart } from "./run-part";
import { sumOf, sumSentence, tableOf, type NotRun, type Row } from "./table";

const RESULTS = join(ROOT, "checks/bench/results.md");
/** Of a part; the longest takes a good minute on an idle machine. */
const MOST_MS = 150_000;
/** Of all of them; what is then left is not run. */
const MOST_IN_ALL_MS = 465_000;

/** Parts by name, each once; throws on a name that is neither a part's nor a suite's. */
function partsOf(asked: readonly string[]): readonly string[] {
  if (asked.length === 0) return Object.keys(PARTS);
  const parts = asked.flatMap((name) => (name in PARTS ? [name] : (SUITES[name] ?? [])));
  if (asked.some((name) => !(name in PARTS || name in SUITES))) {
    const names = [...Object.keys(SUITES), ...Object.keys(PARTS)].join(", ");
    throw new Error(`Not all of these are parts: ${asked.join(", ")}. There are ${names}.`);
  }
  return [...new Set(parts)];
}

function machine(): string {
  const runtime = installedRuntime()?.name ?? "no window";
  return `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "?"}, ${runtime}`;
}

function resultsPage(table: string, sum: string): string {
  const day = new Date().toISOString().slice(0, 10);
  return `# Benchmarks

\`npm run bench\`, ${day}. ${machine()}.

“Ours” and “peer” are medians, “95 %” is the value that 95 of 100 samples do not exceed. A limit is one of
that value; “ratio” is the median of ours ÷ the median of the peer's, and has limits of its own. Each part
runs in a process of its own.

${table}

${sum}
`;
}

async function main(): Promise<number> {
  const asked = process.argv.slice(2);
  const parts = partsOf(asked);
  const started = performance.now();
  const rows: Row[] = [];
  const notRun: NotRun[] = [];
  buildIfNeeded();
  for (const part of parts) {
    const left = MOST_IN_ALL_MS - (performance.now() - started);
    if (left <= 0) {
      notRun.push({ part, why: "there was no time left" });
      continue;
    }
    const began = performance.now();
    process.stdout.write(`Measuring ${part} … `);
    const outcome = await runPart(part, Math.min(MOST_MS, left));
    console.log(`${((performance.now() - began) / 1000).toFixed(0)} s`);
    if ("notRun" in outcome) notRun.push(outcome.notRun);
    else rows.push(...outcome.rows);
  }
  const table = tableOf(rows, notRun);
  const sum = sumOf(rows, notRun);
  // Only a whole run is worth keeping: figures of two runs must not stand side by side.
  if (asked.length === 0) writeFileSync(RESULTS, resultsPage(table, sumSentence(sum)));
  console.log(`\n${machine()}\n\n${table}\n\n${sumSentence(sum)}`);
  return sum.missed + sum.partsNotRun === 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(2);
  },
);
