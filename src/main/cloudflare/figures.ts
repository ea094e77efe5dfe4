/** Numbers and times in sentences. */

const UNITS: readonly (readonly [seconds: number, unit: string])[] = [
  [86_400, "day"],
  [3600, "h"],
  [60, "min"],
  [1, "s"],
];

/** Seconds in the largest unit that fits: "1 h", "90 s", "30 days". */
export function timeWords(seconds: number): string {
  const [size, unit] = UNITS.find(([each]) => seconds >= each && seconds % each === 0) ?? [1, "s"];
  const count = Math.round(seconds / size);
  return `${count.toLocaleString("en-US")} ${unit === "day" && count !== 1 ? "days" : unit}`;
}

/** "1 request", "1,000 requests". */
export function countWords(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}

/** Dollars in a sentence: two decimals, or two digits of a fraction of a cent. */
export function moneyWords(dollars: number): string {
  const digits =
    dollars !== 0 && dollars < 0.01
      ? { maximumSignificantDigits: 2 }
      : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return `$${dollars.toLocaleString("en-US", digits)}`;
}
