/** Keeps the focus in an open row when its content moves between the list and the place beside it. */
import { useLayoutEffect, useRef, type FocusEvent, type RefObject } from "react";

const FOCUSABLE = "input, select, button, a[href], [tabindex]";

/**
 * Returns the listeners for `content`. Moving replaces its elements, so only the position of the focused
 * one is remembered: a removed field may hold a token, and nothing may refer to it.
 */
export function useMovedFocus(content: RefObject<HTMLElement | null>): {
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
  readonly onBlur: () => void;
} {
  const focused = useRef(-1);
  useLayoutEffect(() => {
    const { current } = content;
    if (current === null || focused.current < 0) return;
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const target = focusableIn(current)[focused.current];
    target?.focus();
    if (target instanceof HTMLInputElement && target.type !== "checkbox") {
      target.setSelectionRange(target.value.length, target.value.length);
    }
  });
  return {
    onFocus: ({ target, currentTarget }) => {
      focused.current = focusableIn(currentTarget).indexOf(target);
    },
    onBlur: () => {
      focused.current = -1;
    },
  };
}

/** In order, without the head that only the place beside the list has. */
function focusableIn(content: HTMLElement): readonly HTMLElement[] {
  return [...content.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (element) => element.closest(".cfgw-pane-head") === null,
  );
}
