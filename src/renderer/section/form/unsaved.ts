/** Which providers have something typed in their form that is not in the file yet. */
import { createContext, useCallback, useContext, useEffect, useRef } from "react";

import type { ProviderView } from "../../../shared/view";

/** The names of the providers whose forms hold unsaved text, in the order in which it was typed. */
export type UnsavedListener = (names: readonly string[]) => void;

type MarkUnsaved = (provider: string, name: string | null) => void;

export const UnsavedContext = createContext<MarkUnsaved>(() => undefined);

/** Keeps the list, and tells `listener` whenever it changes. */
export function useUnsavedForms(listener: UnsavedListener | undefined): MarkUnsaved {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  }, [listener]);
  const names = useRef<ReadonlyMap<string, string>>(new Map());
  return useCallback((provider, name) => {
    const next = new Map(names.current);
    if (name === null) next.delete(provider);
    else next.set(provider, name);
    names.current = next;
    latest.current?.([...next.values()]);
  }, []);
}

/** Enters a provider's form into the list while it is `unsaved`; it leaves with the form. */
export function useUnsaved({ id, name }: ProviderView, unsaved: boolean): void {
  const mark = useContext(UnsavedContext);
  useEffect(() => {
    if (!unsaved) return undefined;
    mark(id, name);
    return () => {
      mark(id, null);
    };
  }, [mark, id, name, unsaved]);
}
