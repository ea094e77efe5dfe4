/** Figures of a benchmark and how they are shown: medians, 95th percentiles, limits and ratios. */

export interface Row {
  readonly what: string;
  readonly unit: "ms" | "kB" | "count" | "ratio";
  readonly samples: readonly number[];
  /** What the 95th percentile (of one sample: the sample) must not exceed; null where nothing is promised. */
  readonly limit: number | null;
}

/** The value below which `part` (0–1) of the samples lie; the samples need no order. */
export function percentile(samples: readonly number[], part: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
}

export function isWithinLimit({ samples, limit }: Row): boolean {
  return limit === null || percentile(samples, 0.95) <= limit;
}

/** A Markdown table, one line a row; a limit that was missed is marked. */
export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map((row) => {
    const shown = (value: number): string =>
      `${round(value)} ${row.unit === "count" ? "" : row.unit}`.trim();
    return [
      row.what,
      shown(percentile(row.samples, 0.5)),
      shown(percentile(row.samples, 0.95)),
      String(row.samples.length),
      row.limit === null ? "" : `${shown(row.limit)}${isWithinLimit(row) ? "" : " — MISSED"}`,
    ];
  });
  const all = [["", "median", "95 %", "samples", "limit"], ...cells];
  const widths = all[0]?.map((_, index) =>
    Math.max(...all.map((line) => line[index]?.length ?? 0)),
  );
  const lines = all.map(
    (line) => `| ${line.map((cell, index) => cell.padEnd(widths?.[index] ?? 0)).join(" | ")} |`,
  );
  const rule = `| ${widths?.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [lines[0], rule, ...lines.slice(1)].join("\n");
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
