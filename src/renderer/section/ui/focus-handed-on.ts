/** Moves the focus to another element when a focused button is removed. */
import { useLayoutEffect, useRef, type RefObject } from "react";

/** For a button that unmounts with the calling component. `target` finds the next focused element. */
export function useFocusHandedOn(
  target: (button: HTMLButtonElement) => Element | null | undefined,
): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null);
  const find = useRef(target);
  useLayoutEffect(() => {
    const { current: own } = button;
    const { current: targetOf } = find;
    return () => {
      if (own === null || document.activeElement !== own) return;
      const next = targetOf(own);
      if (next instanceof HTMLElement) next.focus();
    };
  }, []);
  return button;
}
