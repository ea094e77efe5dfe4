/** Which providers and gateways have typed text that is not in the file yet. */
import { createContext, useCallback, useContext, useEffect, useRef } from "react";

/** The names of those whose forms hold unsaved text, in the order in which it was typed. */
export type UnsavedListener = (names: readonly string[]) => void;

type MarkUnsaved = (form: string, name: string | null) => void;

export const UnsavedContext = createContext<MarkUnsaved>(() => undefined);

/** Keeps the list, and calls `listener` whenever it changes. */
export function useUnsavedForms(listener: UnsavedListener | undefined): MarkUnsaved {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  }, [listener]);
  const names = useRef<ReadonlyMap<string, string>>(new Map());
  return useCallback((form, name) => {
    const next = new Map(names.current);
    if (name === null) next.delete(form);
    else next.set(form, name);
    names.current = next;
    latest.current?.([...next.values()]);
  }, []);
}

/** Lists a form while it is `unsaved` and mounted. `id` tells forms apart. */
export function useUnsaved(
  { id, name }: { readonly id: string; readonly name: string },
  unsaved: boolean,
): void {
  const mark = useContext(UnsavedContext);
  useEffect(() => {
    if (!unsaved) return undefined;
    mark(id, name);
    return () => {
      mark(id, null);
    };
  }, [mark, id, name, unsaved]);
}
