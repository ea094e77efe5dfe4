/** Views that the main process pushes: those that arrive while a change of this page is on its way wait for its answer. */
import { isAsNew, type ProvidersView } from "../../../shared/view";

/**
 * Without the wait, the page would see its own change before it knows that the change is its own,
 * and a queued change would then ask about a conflict with itself.
 */
export class PushedViews {
  #changes = 0;
  #newest: ProvidersView | null = null;

  /** The view to show now, or null while a change is on its way. */
  receive(view: ProvidersView): ProvidersView | null {
    if (this.#changes === 0) return view;
    if (this.#newest === null || !isAsNew(this.#newest.version, view.version)) this.#newest = view;
    return null;
  }

  changeStarts(): void {
    this.#changes += 1;
  }

  /** The view that waited, once no change is on its way any more. */
  changeEnds(): ProvidersView | null {
    this.#changes -= 1;
    if (this.#changes > 0) return null;
    const view = this.#newest;
    this.#newest = null;
    return view;
  }
}
