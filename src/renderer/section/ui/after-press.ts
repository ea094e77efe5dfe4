/** Work that waits until the mouse button is released, so that the layout stays under the pointer. */
import { useEffect, useRef } from "react";

const RELEASES = ["mouseup", "dragend", "pointercancel"] as const;

/**
 * Returns a function that runs work at once, or after the press of the mouse that is in progress. A
 * press outside a field takes its focus before the button is released. If the page moved in between,
 * the release would be on another element, and the browser would report no click. The work is done
 * before the click is.
 */
export function useAfterPress(): (work: () => void) => void {
  const isPressed = useRef(false);
  const waiting = useRef<(() => void) | null>(null);
  useEffect(() => {
    const press = () => {
      isPressed.current = true;
    };
    const release = () => {
      isPressed.current = false;
      const work = waiting.current;
      waiting.current = null;
      work?.();
    };
    window.addEventListener("mousedown", press, true);
    for (const name of RELEASES) window.addEventListener(name, release, true);
    return () => {
      window.removeEventListener("mousedown", press, true);
      for (const name of RELEASES) window.removeEventListener(name, release, true);
    };
  }, []);
  return (work) => {
    if (isPressed.current) waiting.current = work;
    else work();
  };
}
