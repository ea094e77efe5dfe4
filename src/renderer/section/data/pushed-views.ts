/** Holds the views that main pushes while a change of this page is in flight. */
import { isAsNew, type ProvidersView } from "../../../shared/view";

/**
 * Without it, the page would see the result of its own change too early, and the next queued change
 * would report a conflict with it.
 */
export class PushedViews {
  #changes = 0;
  #newest: ProvidersView | null = null;

  /** The view to show now, or null while a change is in flight. */
  receive(view: ProvidersView): ProvidersView | null {
    if (this.#changes === 0) return view;
    if (this.#newest === null || !isAsNew(this.#newest.version, view.version)) this.#newest = view;
    return null;
  }

  changeStarts(): void {
    this.#changes += 1;
  }

  /** The newest held view, or null if there is none or another change is still in flight. */
  changeEnds(): ProvidersView | null {
    this.#changes -= 1;
    if (this.#changes > 0) return null;
    const view = this.#newest;
    this.#newest = null;
    return view;
  }
}
