/** How another part of the page opens a provider's row at the first thing to fill in. */
import { createContext, useContext, useEffect, useRef } from "react";

/** By provider: opens its row. A row that is not drawn has none. */
export type RowOpeners = Map<string, () => void>;

export const RowOpenersContext = createContext<RowOpeners>(new Map());

/** Lets others open this row for as long as it is drawn. */
export function useRowOpener(provider: string, open: () => void): void {
  const openers = useContext(RowOpenersContext);
  const latest = useRef(open);
  useEffect(() => {
    latest.current = open;
  });
  useEffect(() => {
    openers.set(provider, () => latest.current());
    return () => {
      openers.delete(provider);
    };
  }, [openers, provider]);
}
