/** Keeps the height of a test's panel while its result changes, so that the rows below do not move. */
import { useEffect, useLayoutEffect, useRef, type RefObject } from "react";

/**
 * Returns a reference for the element. It does not shrink while `running` and when the result arrives. It
 * fits its content again when the user does something in it.
 */
export function useKeptHeight(running: boolean): RefObject<HTMLDivElement | null> {
  const ref = useRef<HTMLDivElement>(null);
  const height = useRef(0);
  const isKept = useRef(false);
  useLayoutEffect(() => {
    const { current } = ref;
    if (current === null) return;
    if (running) isKept.current = true;
    if (isKept.current) current.style.minHeight = `${height.current}px`;
    height.current = current.offsetHeight;
  });
  useEffect(() => {
    const { current } = ref;
    if (current === null) return undefined;
    // Its collapsed parts change the height too.
    const observer = new ResizeObserver(() => {
      height.current = current.offsetHeight;
    });
    const release = () => {
      isKept.current = false;
      current.style.minHeight = "";
    };
    observer.observe(current);
    current.addEventListener("click", release);
    return () => {
      observer.disconnect();
      current.removeEventListener("click", release);
    };
  }, []);
  return ref;
}
