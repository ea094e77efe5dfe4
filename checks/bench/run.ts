/**
 * `npm run bench [-- part …]`: runs the benchmark part by part and prints one table. A complete run also
 * writes it to results.md. Exits with 1 if a limit was exceeded or a part did not run.
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";

import { buildIfNeeded } from "../../scripts/build";
import { installedRuntime, ROOT } from "../../scripts/runtime";
import { PARTS, SUITES } from "./parts";
import { runPart } from "./run-part";
import { countLimits, summaryOf, tableOf, type NotRun, type Row } from "./table";

const RESULTS = join(ROOT, "checks/bench/results.md");
/** The timeout of a part. The longest takes just over a minute on an idle machine. */
const PART_TIMEOUT_MS = 150_000;
/** The timeout of the whole benchmark. Parts that have not started by then are not run. */
const TOTAL_TIMEOUT_MS = 465_000;

/** The distinct parts with these names. Throws on a name that is neither a part nor a suite. */
function partsOf(names: readonly string[]): readonly string[] {
  if (names.length === 0) return Object.keys(PARTS);
  const parts = names.flatMap((name) => (name in PARTS ? [name] : (SUITES[name] ?? [])));
  if (names.some((name) => !(name in PARTS || name in SUITES))) {
    const known = [...Object.keys(SUITES), ...Object.keys(PARTS)].join(", ");
    throw new Error(`Unknown part in: ${names.join(", ")}. The parts are ${known}.`);
  }
  return [...new Set(parts)];
}

function machine(): string {
  const runtime = installedRuntime()?.name ?? "no runtime";
  return `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "?"}, ${runtime}`;
}

function resultsPage(table: string, summary: string): string {
  const day = new Date().toISOString().slice(0, 10);
  return `# Benchmarks

\`npm run bench\`, ${day}. ${machine()}.

“Ours” and “peer” are medians; “95 %” is the 95th percentile, to which a limit applies. “Ratio” is our
median divided by the peer's, and can have a separate limit. Each part runs in a separate process.

${table}

${summary}
`;
}

async function main(): Promise<number> {
  const names = process.argv.slice(2);
  const parts = partsOf(names);
  const started = performance.now();
  const rows: Row[] = [];
  const notRun: NotRun[] = [];
  buildIfNeeded();
  for (const part of parts) {
    const left = TOTAL_TIMEOUT_MS - (performance.now() - started);
    if (left <= 0) {
      notRun.push({ part, reason: "no time was left" });
      continue;
    }
    const partStarted = performance.now();
    process.stdout.write(`Measuring ${part} … `);
    const outcome = await runPart(part, Math.min(PART_TIMEOUT_MS, left));
    console.log(`${((performance.now() - partStarted) / 1000).toFixed(0)} s`);
    if ("notRun" in outcome) notRun.push(outcome.notRun);
    else rows.push(...outcome.rows);
  }
  const table = tableOf(rows, notRun);
  const counts = countLimits(rows, notRun);
  // Only a complete run is saved, because figures of different runs are not comparable.
  if (names.length === 0) writeFileSync(RESULTS, resultsPage(table, summaryOf(counts)));
  console.log(`\n${machine()}\n\n${table}\n\n${summaryOf(counts)}`);
  return counts.missed + counts.partsNotRun === 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(2);
  },
);
