/** Keeps the rows of providers that are missing only because the file is invalid. */
import { useState } from "react";

import type { ProviderView } from "../../../shared/view";

/**
 * The missing rows from the last valid file. They stay in the page, hidden, so that typed text is not
 * lost. `rows` must keep its identity while it is the same.
 */
export function useLostRows(
  rows: readonly ProviderView[],
  isWhole: boolean,
): readonly ProviderView[] {
  const [whole, setWhole] = useState(rows);
  if (isWhole) {
    if (whole !== rows) setWhole(rows);
    return NONE;
  }
  const here = new Set(rows.map(({ id }) => id));
  return whole.filter(({ id }) => !here.has(id));
}

const NONE: readonly ProviderView[] = [];
