/** Tracks the marks that this page's own changes produced, because those are not conflicts. */
import type { ProvidersView } from "../../../shared/view";

export class OwnMarks {
  /** By provider: the marks up to the current one, all produced by changes of this page. */
  readonly #chains = new Map<string, ReadonlySet<string>>();

  /** Records that a change of this page turned the mark `before` into `after`. */
  note(provider: string, before: string, after: string): void {
    this.#chains.set(provider, new Set([...(this.#chains.get(provider) ?? []), before, after]));
  }

  /** Ends the chain of each provider whose current mark comes from another program. */
  look({ providers }: ProvidersView): void {
    for (const { id, mark } of providers) {
      if (this.#chains.get(id)?.has(mark) === false) this.#chains.delete(id);
    }
  }

  /** Whether this page made all changes since the provider had this mark. */
  has(provider: string, mark: string): boolean {
    return this.#chains.get(provider)?.has(mark) ?? false;
  }
}
