/** The focus of a button that goes away by itself, given to what stays. */
import { useLayoutEffect, useRef, type RefObject } from "react";

/** For a button that is removed together with the component that calls this. `heir`: who gets the focus if it has it then. */
export function useFocusHandedOn(
  heir: (button: HTMLButtonElement) => Element | null | undefined,
): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null);
  const find = useRef(heir);
  useLayoutEffect(() => {
    const { current: own } = button;
    const { current: heirOf } = find;
    return () => {
      if (own === null || document.activeElement !== own) return;
      const next = heirOf(own);
      if (next instanceof HTMLElement) next.focus();
    };
  }, []);
  return button;
}
