/** The changes that are being written, so that the page can show the progress of large ones. */
import type { Change } from "./change";

export class RunningChanges {
  #changes: readonly Change[] = [];
  readonly #listeners = new Set<() => void>();

  /** The changes in flight, oldest first. The array keeps its identity until one starts or ends. */
  get changes(): readonly Change[] {
    return this.#changes;
  }

  /** Returns a function that removes the listener. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  start(change: Change): void {
    this.#set([...this.#changes, change]);
  }

  end(change: Change): void {
    this.#set(this.#changes.filter((each) => each !== change));
  }

  #set(changes: readonly Change[]): void {
    this.#changes = changes;
    for (const listener of this.#listeners) listener();
  }
}
