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

/** Ctrl+Z and Cmd+Z, on every keyboard layout. */
export function isUndoKey(event: KeyboardEvent): boolean {
  const { shiftKey, altKey, ctrlKey, metaKey } = event;
  return letterOf(event) === "z" && !shiftKey && !altKey && ctrlKey !== metaKey;
}

/** Shift+T, on every keyboard layout. */
export function isTestAllKey(event: KeyboardEvent): boolean {
  const { shiftKey, altKey, ctrlKey, metaKey } = event;
  return letterOf(event) === "t" && shiftKey && !altKey && !ctrlKey && !metaKey;
}

/** T on its own, on every keyboard layout. */
export function isTestKey(event: KeyboardEvent): boolean {
  const { shiftKey, altKey, ctrlKey, metaKey, repeat } = event;
  return letterOf(event) === "t" && !shiftKey && !altKey && !ctrlKey && !metaKey && !repeat;
}

/** Whether the key belongs to an input method that is composing text. */
export function isComposing(event: KeyboardEvent): boolean {
  // Safari ends the composition before the key event, which only its key code tells.
  return event.isComposing || event.keyCode === 229;
}

/** The key “/”. */
export function isFilterKey({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return key === "/" && !altKey && !ctrlKey && !metaKey;
}

/** The key “?”. */
export function isHelpKey({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return key === "?" && !altKey && !ctrlKey && !metaKey;
}

/**
 * The Latin letter of a key in lower case, or null. On a layout without Latin letters, such as the
 * Cyrillic one, it is the letter at the same place of the standard layout.
 */
function letterOf({ key, code }: KeyboardEvent): string | null {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  const isLetter = /^\p{L}$/u.test(key);
  return isLetter ? (/^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? null) : null;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select"))
  );
}
