/** Stops key events at a dialog or a menu, because a host may close its page on Escape. */
import type { KeyboardEvent } from "react";

export function keepInside(event: KeyboardEvent): void {
  event.stopPropagation();
}
