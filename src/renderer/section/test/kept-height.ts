/** Keeps the height of a report while it is tested again, so that the rows below do not move. */
import { useLayoutEffect, useRef, type RefObject } from "react";

/** Returns a reference for the element, which keeps its height while `kept`. */
export function useKeptHeight(kept: boolean): RefObject<HTMLDivElement | null> {
  const ref = useRef<HTMLDivElement>(null);
  const height = useRef(0);
  useLayoutEffect(() => {
    const { current } = ref;
    if (current === null) return;
    if (kept) {
      current.style.minHeight = `${height.current}px`;
      return;
    }
    current.style.minHeight = "";
    height.current = current.offsetHeight;
  });
  return ref;
}
