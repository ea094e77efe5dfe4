/** Opens a provider's row from any part of the section: a report, a gateway's card, the status strip. */
import { createContext, useCallback, useContext, useEffect, useRef } from "react";

/** The tabs of an open row. */
export type RowTab = "test" | "settings";

/** A field of the settings tab. */
export type RowField = "accountId" | "gatewayName" | "segment" | "token" | "model";

/**
 * Opens a row on a tab and moves the focus there: to the field, or, without one, to the report or to
 * the first field that needs input.
 */
export type OpenRow = (provider: string, tab: RowTab, focus?: RowField) => void;

type Opener = (tab: RowTab, focus?: RowField) => void;

export interface RowOpeners {
  readonly open: OpenRow;
  /** Returns a function that removes the opener again. */
  readonly add: (provider: string, opener: Opener) => () => void;
  /**
   * Adds a listener that is called before a row opens, so that the list can show a row that is
   * collapsed or filtered out. Returns a function that removes it.
   */
  readonly beforeOpen: (listener: (provider: string) => void) => () => void;
}

/** A row that is not rendered yet opens as soon as it is. */
export function createRowOpeners(): RowOpeners {
  const openers = new Map<string, Opener>();
  const listeners = new Set<(provider: string) => void>();
  let waiting: { provider: string; tab: RowTab; focus: RowField | undefined } | null = null;
  return {
    open: (provider, tab, focus) => {
      waiting = null;
      for (const listener of listeners) listener(provider);
      const opener = openers.get(provider);
      if (opener === undefined) waiting = { provider, tab, focus };
      else opener(tab, focus);
    },
    add: (provider, opener) => {
      openers.set(provider, opener);
      if (waiting?.provider === provider) {
        const { tab, focus } = waiting;
        waiting = null;
        opener(tab, focus);
      }
      return () => {
        if (openers.get(provider) === opener) openers.delete(provider);
      };
    },
    beforeOpen: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

export const RowOpenersContext = createContext<RowOpeners>(createRowOpeners());

/** Returns the function that opens rows. Its identity never changes. */
export function useOpenRow(): OpenRow {
  return useContext(RowOpenersContext).open;
}

/** Lets other parts open this row while it is rendered. */
export function useRowOpener(provider: string, open: Opener): void {
  const openers = useContext(RowOpenersContext);
  const latest = useRef(open);
  useEffect(() => {
    latest.current = open;
  });
  useEffect(
    () => openers.add(provider, (tab, focus) => latest.current(tab, focus)),
    [openers, provider],
  );
}

/** For the list: calls `show` with a provider whose row is about to open. */
export function useBeforeRowOpens(show: (provider: string) => void): void {
  const openers = useContext(RowOpenersContext);
  const latest = useRef(show);
  useEffect(() => {
    latest.current = show;
  });
  const call = useCallback((provider: string) => latest.current(provider), []);
  useEffect(() => openers.beforeOpen(call), [openers, call]);
}
