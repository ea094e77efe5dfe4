/** How much of a long list is drawn: what fits a screen at once, and the rest while nothing else is to be done. */
import { startTransition, useEffect, useState } from "react";

/** More than a usual window shows; a taller one has the others a frame later. */
export const AT_ONCE = 20;
const AT_A_TIME = 40;

/** How many of `count` entries, from the first on, are to be drawn by now; all of them soon after. */
export function useGradually(count: number): number {
  const [drawn, setDrawn] = useState(AT_ONCE);
  useEffect(() => {
    if (drawn >= count) return;
    // A click or a key goes first: React leaves off drawing these for it.
    startTransition(() => {
      setDrawn(drawn + AT_A_TIME);
    });
  }, [drawn, count]);
  return Math.min(drawn, count);
}
