/** Figures of the benchmark and how they are shown: one table, ours against the peer and the limit. */

export type Unit = "ms" | "kB" | "count" | "times";

export interface Row {
  readonly what: string;
  readonly unit: Unit;
  readonly samples: readonly number[];
  /** The same work done another way, at the same time. */
  readonly peer?: { readonly name: string; readonly samples: readonly number[] };
  /** What the 95th percentile (of one sample: the sample) must not exceed; null where nothing is promised. */
  readonly limit: number | null;
  /** What the ratio of the two medians must not exceed. */
  readonly ratioLimit?: number;
}

/** A part of the benchmark that brought no figures. */
export interface NotRun {
  readonly part: string;
  readonly why: string;
}

const HEAD = ["", "ours", "95 %", "peer", "ratio", "limit", "", "samples"];

/** The value below which `part` (0–1) of the samples lie; the samples need no order. */
export function percentile(samples: readonly number[], part: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
}

/** Ours ÷ the peer's, of the medians; null without a peer. */
function ratioOf({ samples, peer }: Row): number | null {
  return peer ? percentile(samples, 0.5) / percentile(peer.samples, 0.5) : null;
}

/** Whether each bar of a row is kept; none where nothing is promised. What was not measured is not kept. */
function barsOf(row: Row): readonly boolean[] {
  const { limit, ratioLimit } = row;
  const own = limit === null ? [] : [percentile(row.samples, 0.95) <= limit];
  const ratio = ratioLimit === undefined ? [] : [(ratioOf(row) ?? Number.NaN) <= ratioLimit];
  return [...own, ...ratio];
}

export interface Sum {
  readonly bars: number;
  readonly missed: number;
  readonly partsNotRun: number;
}

export function sumOf(rows: readonly Row[], notRun: readonly NotRun[]): Sum {
  const bars = rows.flatMap(barsOf);
  const missed = bars.filter((kept) => !kept).length;
  return { bars: bars.length, missed, partsNotRun: notRun.length };
}

/** One sentence for the end of the table. */
export function sumSentence({ bars, missed, partsNotRun }: Sum): string {
  const lost = partsNotRun === 0 ? "" : `, ${partsNotRun} parts not run`;
  return `${bars} bars, ${missed} missed${lost}.`;
}

/** A Markdown table, one line a row; a limit that was missed is marked, and so is a part that is not there. */
export function tableOf(rows: readonly Row[], notRun: readonly NotRun[]): string {
  const all = [HEAD, ...rows.map(cellsOf), ...notRun.map(({ part, why }) => lostCells(part, why))];
  const widths = HEAD.map((_, index) =>
    Math.max(3, ...all.map((line) => line[index]?.length ?? 0)),
  );
  const lines = all.map(
    (line) => `| ${widths.map((width, index) => (line[index] ?? "").padEnd(width)).join(" | ")} |`,
  );
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [lines[0], rule, ...lines.slice(1)].join("\n");
}

function cellsOf(row: Row): readonly string[] {
  const { what, unit, samples, peer, limit, ratioLimit } = row;
  const bars = barsOf(row);
  const ratio = ratioOf(row);
  const limits = [
    ...(limit === null ? [] : [shown(limit, unit)]),
    ...(ratioLimit === undefined ? [] : [`ratio ${round(ratioLimit)}`]),
  ];
  return [
    what,
    shown(percentile(samples, 0.5), unit),
    shown(percentile(samples, 0.95), unit),
    peer ? `${shown(percentile(peer.samples, 0.5), unit)}, ${peer.name}` : "",
    ratio === null ? "" : round(ratio),
    limits.join("; "),
    bars.length === 0 ? "" : bars.every(Boolean) ? "kept" : "**missed**",
    String(samples.length),
  ];
}

function lostCells(part: string, why: string): readonly string[] {
  const line = why.replaceAll(/\s+/g, " ").replaceAll("|", "/").slice(0, 160);
  return [`${part}: ${line}`, "", "", "", "", "", "**not run**", "0"];
}

function shown(value: number, unit: Unit): string {
  const suffix = { ms: " ms", kB: " kB", count: "", times: " ×" }[unit];
  return unit === "count" && Number.isInteger(value) ? String(value) : `${round(value)}${suffix}`;
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
