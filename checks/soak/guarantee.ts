/** One promise of a soak: its name, what was seen of it, and a sentence for each thing that was otherwise. */
export interface Guarantee {
  readonly name: string;
  readonly figures: string;
  readonly failures: readonly string[];
}
