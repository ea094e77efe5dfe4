/** Draws a long list in steps: the first screen immediately, and the rest while the page is idle. */
import { startTransition, useEffect, useState } from "react";

/** More rows than a usual window shows. A taller window shows the others a frame later. */
export const AT_ONCE = 20;
const AT_A_TIME = 40;

/** The number of entries to draw now, from the first one on. It grows to `count` in a few frames. */
export function useGradually(count: number): number {
  const [drawn, setDrawn] = useState(AT_ONCE);
  useEffect(() => {
    if (drawn >= count) return;
    // React interrupts this for a click or a key.
    startTransition(() => {
      setDrawn(drawn + AT_A_TIME);
    });
  }, [drawn, count]);
  return Math.min(drawn, count);
}
