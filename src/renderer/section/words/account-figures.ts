/** Figures from Cloudflare as a person reads them. */

const COUNT = new Intl.NumberFormat("en");
const COMPACT = new Intl.NumberFormat("en", {
  notation: "compact",
  maximumFractionDigits: 1,
});
const SHARE = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 0 });
const DOLLARS = new Intl.NumberFormat("en", { style: "currency", currency: "USD" });
const SMALL_DOLLARS = new Intl.NumberFormat("en", {
  style: "currency",
  currency: "USD",
  maximumSignificantDigits: 2,
  minimumFractionDigits: 0,
});
const DAY = new Intl.DateTimeFormat("en", { dateStyle: "medium" });
const TIME = new Intl.DateTimeFormat("en", { timeStyle: "short" });
const DAY_AND_TIME = new Intl.DateTimeFormat("en", {
  month: "short",
  day: "numeric",
  hour: "numeric",
  minute: "2-digit",
});

/** "1,204". */
export function countOf(count: number): string {
  return COUNT.format(count);
}

/** "12,040"; from 100,000 in three digits: "1.2M". */
export function roughCountOf(count: number): string {
  return count < 100_000 ? COUNT.format(count) : COMPACT.format(count);
}

/** US dollars: "$1.20", and "$0.00003" where two decimals would show nothing. */
export function moneyOf(dollars: number): string {
  return dollars !== 0 && Math.abs(dollars) < 0.01
    ? SMALL_DOLLARS.format(dollars)
    : DOLLARS.format(dollars);
}

/** "7%"; "<1%" for a share that would round to nothing. */
export function shareOf(part: number, whole: number): string {
  if (whole === 0) return SHARE.format(0);
  const share = part / whole;
  if (part > 0 && share < 0.005) return "<1%";
  return SHARE.format(share);
}

const UNITS = [
  [86_400, "day", "days"],
  [3600, "h", "h"],
  [60, "min", "min"],
] as const;

/** Seconds in the largest unit that divides them: "1 h", "90 s", "2 days". */
export function periodOf(seconds: number): string {
  const found = UNITS.find(([size]) => seconds >= size && seconds % size === 0);
  if (found === undefined) return `${COUNT.format(seconds)} s`;
  const [size, one, many] = found;
  const count = seconds / size;
  return `${COUNT.format(count)} ${count === 1 ? one : many}`;
}

/** The day of a moment in ISO 8601, or the text itself if it is none. */
export function dayOf(moment: string): string {
  return Number.isNaN(Date.parse(moment)) ? moment : DAY.format(new Date(moment));
}

/** "2:05 PM". Empty for a text that is not a moment. */
export function timeOf(moment: string): string {
  return Number.isNaN(Date.parse(moment)) ? "" : TIME.format(new Date(moment));
}

/** "Nov 29, 2:05 PM". Empty for a text that is not a moment. */
export function dayAndTimeOf(moment: string): string {
  return Number.isNaN(Date.parse(moment)) ? "" : DAY_AND_TIME.format(new Date(moment));
}
