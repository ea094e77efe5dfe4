/** Keys that mean something anywhere on the page but in a text field, where they type or undo typing. */
import { useEffect } from "react";

/** Calls `act` for a key that `is` the one and that nobody took before; both must not change between renders. */
export function usePageKey(
  is: (event: KeyboardEvent) => boolean,
  enabled: boolean,
  act: () => void,
): void {
  useEffect(() => {
    if (!enabled) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      if (!is(event) || event.defaultPrevented || isTyping(event.target)) return;
      // Held down it means no more than pressed once.
      if (event.repeat) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => {
      window.removeEventListener("keydown", onKeyDown);
    };
  }, [is, enabled, act]);
}

/** Ctrl+Z and Cmd+Z. */
export function isUndoKey(event: KeyboardEvent): boolean {
  const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
  return key.toLowerCase() === "z" && !shiftKey && !altKey && ctrlKey !== metaKey;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select"))
  );
}
