/** One check of a soak: its name, its figures, and a sentence per failure. */
export interface Check {
  readonly name: string;
  readonly figures: string;
  readonly failures: readonly string[];
}
