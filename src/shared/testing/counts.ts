/** How often the tests that repeat themselves do so: a short form for every run, a long one now and then. */

/** Node has it where tests run; this folder does not know its types. */
declare const process: { readonly env: Readonly<Record<string, string | undefined>> };

export type Effort = "short" | "long";

/** `npm run test:long` sets `TEST_EFFORT` for everything that it starts. */
export const EFFORT: Effort = process.env["TEST_EFFORT"] === "long" ? "long" : "short";

const COUNTS = {
  /** Generated documents for each property of an edit. */
  edits: { short: 200, long: 15_000 },
  /** Generated documents for each property of the mirror. */
  mirrors: { short: 200, long: 4000 },
  /** Users who edit mirrored fields between changes of the panel. */
  handEdits: { short: 20, long: 2000 },
  /** Wrong inputs and names for each channel between the page and the main process. */
  inputs: { short: 150, long: 200_000 },
  /** Rounds of calls between the page and the main process that arrive at once. */
  flood: { short: 100, long: 400 },
  /** Responses for which verdict and diagnosis must agree. */
  responses: { short: 5000, long: 100_000 },
  /** Addresses that might leave the folder of the app's own files. */
  paths: { short: 300, long: 30_000 },
  /** Secrets in every code that may cover them. */
  secrets: { short: 100, long: 5000 },
  /** Processes that are killed while they write the file. */
  kills: { short: 60, long: 5000 },
  /** Minutes of random use. */
  soakMinutes: { short: 1, long: 2 },
} as const;

/** The count of a kind of test at this effort; absent: the one that was asked for by `npm run test:long`, or the short one. */
export function countOf(kind: keyof typeof COUNTS, effort: Effort = EFFORT): number {
  return COUNTS[kind][effort];
}

/** How long one test may take, in milliseconds, when it repeats itself that often. */
export const PATIENCE_MS = EFFORT === "long" ? 1_800_000 : 60_000;
