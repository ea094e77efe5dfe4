/** Which rows are open, and on which tab. Outside React, so that opening a row renders no other row. */
import { createContext } from "react";

import type { RowTab } from "../ui/row-openers";

/** From this width on, in CSS pixels, an open row is shown beside the list. Also in rows.css. */
export const WIDE_FROM = 940;

/** `onOpen` is called whenever a row opens or closes. */
export class OpenRows {
  readonly #tabs = new Map<string, RowTab>();
  readonly #listeners = new Set<() => void>();
  readonly #onOpen: (provider: string, open: boolean) => void;
  /** Rows whose place another row has taken. */
  readonly #replaced = new Set<string>();
  #place: HTMLElement | null = null;
  #isWide = false;

  constructor(onOpen: (provider: string, open: boolean) => void) {
    this.#onOpen = onOpen;
  }

  /** The tab of an open row, or null. */
  tabOf(provider: string): RowTab | null {
    return this.#tabs.get(provider) ?? null;
  }

  /** Where an open row shows its content; null: below itself. */
  placeOf(provider: string): HTMLElement | null {
    return this.#tabs.has(provider) ? this.place : null;
  }

  /** Whether a row is closed only because another one was opened beside the list. */
  isReplaced(provider: string): boolean {
    return this.#replaced.has(provider);
  }

  /** The place beside the list, if there is room for it. Then at most one row is open. */
  get place(): HTMLElement | null {
    return this.#isWide ? this.#place : null;
  }

  readonly open = (provider: string, tab: RowTab): void => {
    if (this.#tabs.get(provider) === tab) return;
    if (this.place !== null) this.#closeAllBut(provider);
    const wasOpen = this.#tabs.delete(provider);
    this.#replaced.delete(provider);
    // The row that was opened last is the last one.
    this.#tabs.set(provider, tab);
    if (!wasOpen) this.#onOpen(provider, true);
    this.#emit();
  };

  readonly close = (provider: string): void => {
    if (!this.#tabs.delete(provider)) return;
    this.#onOpen(provider, false);
    this.#emit();
  };

  readonly setPlace = (place: HTMLElement | null): void => {
    this.#place = place;
    this.#moved();
  };

  readonly setWide = (isWide: boolean): void => {
    if (this.#isWide === isWide) return;
    this.#isWide = isWide;
    this.#moved();
  };

  /** Returns a function that removes the listener. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  #moved(): void {
    const last = [...this.#tabs.keys()].at(-1);
    if (last === undefined) return;
    if (this.place !== null) this.#closeAllBut(last);
    this.#emit();
  }

  #closeAllBut(provider: string): void {
    for (const other of [...this.#tabs.keys()].filter((each) => each !== provider)) {
      this.#tabs.delete(other);
      this.#replaced.add(other);
      this.#onOpen(other, false);
    }
  }

  #emit(): void {
    for (const listener of this.#listeners) listener();
  }
}

export const OpenRowsContext = createContext(new OpenRows(() => undefined));
