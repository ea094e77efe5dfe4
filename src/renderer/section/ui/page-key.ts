/** Keyboard shortcuts for the whole page, except in text fields, where keys edit the text. */
import { useEffect } from "react";

/**
 * Calls `onPress` for a key event that `matches` and that no other listener has handled. Both functions
 * must keep their identity between renders.
 */
export function usePageKey(
  matches: (event: KeyboardEvent) => boolean,
  enabled: boolean,
  onPress: () => void,
): void {
  useEffect(() => {
    if (!enabled) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      if (!matches(event) || event.defaultPrevented || isTyping(event.target)) return;
      // A key that is held down counts once.
      if (event.repeat) return;
      event.preventDefault();
      onPress();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => {
      window.removeEventListener("keydown", onKeyDown);
    };
  }, [matches, enabled, onPress]);
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
