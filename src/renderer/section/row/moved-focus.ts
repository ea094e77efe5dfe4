/** Keeps the focus in an open row when its content moves between the list and the place beside it. */
import { useLayoutEffect, useRef, type FocusEvent, type RefObject } from "react";

const FOCUSABLE = "input, select, button, a[href], [tabindex]";

interface Remembered {
  /** The name of a field, which stays when other elements are added. */
  readonly field: string | undefined;
  readonly index: number;
}

/**
 * Returns the listeners for `content`. Moving replaces its elements, so only the name and the position of the
 * focused one are remembered: a removed field may hold a token, and nothing may refer to it.
 */
export function useMovedFocus(content: RefObject<HTMLElement | null>): {
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
  readonly onBlur: (event: FocusEvent<HTMLElement>) => void;
} {
  const focused = useRef<Remembered | null>(null);
  useLayoutEffect(() => {
    const { current } = content;
    if (current === null || focused.current === null) return;
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const { field, index } = focused.current;
    const all = focusableIn(current);
    const target = all.find((each) => field !== undefined && each.dataset["field"] === field);
    restore(target ?? all[index]);
  });
  return {
    onFocus: ({ target, currentTarget }) => {
      const index = focusableIn(currentTarget).indexOf(target);
      focused.current = { field: target.dataset["field"], index };
    },
    onBlur: ({ target }) => {
      // A window in the background keeps its active element. The style sheet may hide the place beside
      // the list before its content has moved.
      const isHidden = target.getClientRects().length === 0;
      if (document.activeElement !== target && !isHidden) focused.current = null;
    },
  };
}

function restore(target: HTMLElement | undefined): void {
  target?.focus();
  if (target instanceof HTMLInputElement && target.type !== "checkbox") {
    target.setSelectionRange(target.value.length, target.value.length);
  }
}

/** In order, without the head that only the place beside the list has. */
function focusableIn(content: HTMLElement): readonly HTMLElement[] {
  return [...content.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (element) => element.closest(".cfgw-pane-head") === null,
  );
}
