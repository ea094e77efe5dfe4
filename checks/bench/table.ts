/** Formats the figures of the benchmark as one table, compared with the peer and the limit. */

export type Unit = "ms" | "kB" | "count" | "times";

export interface Row {
  readonly what: string;
  readonly unit: Unit;
  readonly samples: readonly number[];
  /** The same work with another method, measured at the same time. */
  readonly peer?: { readonly name: string; readonly samples: readonly number[] };
  /** The maximum of the 95th percentile (of a single sample: its value). Null without a limit. */
  readonly limit: number | null;
  /** The maximum of the median, for figures whose 95th percentile is the machine's noise. */
  readonly medianLimit?: number;
  /** The maximum of the ratio of the two medians. */
  readonly ratioLimit?: number;
}

/** A part of the benchmark that produced no figures. */
export interface NotRun {
  readonly part: string;
  readonly reason: string;
}

const HEAD = ["", "ours", "95 %", "peer", "ratio", "limit", "", "samples"];

/** The value below which `part` (0–1) of the samples lie. The samples can be in any order. */
export function percentile(samples: readonly number[], part: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
}

/** Our median divided by the peer's. Null without a peer. */
export function ratioOf({ samples, peer }: Row): number | null {
  return peer ? percentile(samples, 0.5) / percentile(peer.samples, 0.5) : null;
}

/** Whether each limit of a row is kept. A limit without samples counts as missed. */
function limitsKept(row: Row): readonly boolean[] {
  const { limit, medianLimit, ratioLimit } = row;
  const median = medianLimit === undefined ? [] : [percentile(row.samples, 0.5) <= medianLimit];
  const own = limit === null ? [] : [percentile(row.samples, 0.95) <= limit];
  const ratio = ratioLimit === undefined ? [] : [(ratioOf(row) ?? Number.NaN) <= ratioLimit];
  return [...own, ...median, ...ratio];
}

export interface LimitCounts {
  readonly limits: number;
  readonly missed: number;
  readonly partsNotRun: number;
}

export function countLimits(rows: readonly Row[], notRun: readonly NotRun[]): LimitCounts {
  const limits = rows.flatMap(limitsKept);
  const missed = limits.filter((kept) => !kept).length;
  return { limits: limits.length, missed, partsNotRun: notRun.length };
}

/** The summary below the table. */
export function summaryOf({ limits, missed, partsNotRun }: LimitCounts): string {
  const suffix = partsNotRun === 0 ? "" : `, ${partsNotRun} parts not run`;
  return `${limits} limits, ${missed} missed${suffix}.`;
}

/** A Markdown table with one line per row. It marks missed limits and parts that were not run. */
export function tableOf(rows: readonly Row[], notRun: readonly NotRun[]): string {
  const all = [HEAD, ...rows.map(cellsOf), ...notRun.map(notRunCells)];
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
  const { what, unit, samples, peer, limit, medianLimit, ratioLimit } = row;
  const kept = limitsKept(row);
  const ratio = ratioOf(row);
  const limits = [
    ...(limit === null ? [] : [formatted(limit, unit)]),
    ...(medianLimit === undefined ? [] : [`median ${formatted(medianLimit, unit)}`]),
    ...(ratioLimit === undefined ? [] : [`ratio ${rounded(ratioLimit)}`]),
  ];
  return [
    what,
    formatted(percentile(samples, 0.5), unit),
    formatted(percentile(samples, 0.95), unit),
    peer ? `${formatted(percentile(peer.samples, 0.5), unit)}, ${peer.name}` : "",
    ratio === null ? "" : rounded(ratio),
    limits.join("; "),
    kept.length === 0 ? "" : kept.every(Boolean) ? "kept" : "**missed**",
    String(samples.length),
  ];
}

function notRunCells({ part, reason }: NotRun): readonly string[] {
  const line = reason.replaceAll(/\s+/g, " ").replaceAll("|", "/").slice(0, 160);
  return [`${part}: ${line}`, "", "", "", "", "", "**not run**", "0"];
}

function formatted(value: number, unit: Unit): string {
  const suffix = { ms: " ms", kB: " kB", count: "", times: " ×" }[unit];
  return unit === "count" && Number.isInteger(value) ? String(value) : `${rounded(value)}${suffix}`;
}

function rounded(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
