/** Rows that a file which cannot be read to its end has lost for the moment. */
import { useState } from "react";

import type { ProviderView } from "../../../shared/view";

/**
 * Those that were there while the file was whole: kept in the page, unseen, so that what is typed in
 * them is there again with them. `rows` keeps its identity as long as it is the same.
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
