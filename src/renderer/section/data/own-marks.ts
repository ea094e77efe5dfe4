/** Which states of a provider's block this panel made itself: nobody is asked about those. */
import type { ProvidersView } from "../../../shared/view";

export class OwnMarks {
  /** By provider: the marks that led to what it is now, each by a change of this panel's. */
  readonly #chains = new Map<string, ReadonlySet<string>>();

  /** A change of ours made `after` of `before`. */
  note(provider: string, before: string, after: string): void {
    this.#chains.set(provider, new Set([...(this.#chains.get(provider) ?? []), before, after]));
  }

  /** What somebody else made ends the chain. */
  look({ providers }: ProvidersView): void {
    for (const { id, mark } of providers) {
      if (this.#chains.get(id)?.has(mark) === false) this.#chains.delete(id);
    }
  }

  /** Whether all that happened since a provider had this mark was done here. */
  has(provider: string, mark: string): boolean {
    return this.#chains.get(provider)?.has(mark) ?? false;
  }
}
