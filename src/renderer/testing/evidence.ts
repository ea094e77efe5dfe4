/** For tests: expands the evidence of a report. */
import { fireEvent, type BoundFunctions, type queries } from "@testing-library/react";

/** `row`: the queries of the provider's row. The evidence of a later report is then expanded too. */
export async function expandEvidence(row: BoundFunctions<typeof queries>): Promise<void> {
  const button = await row.findByRole("button", {
    name: /^(?:Evidence|Times and comparison)$/,
  });
  if (button.getAttribute("aria-expanded") !== "true") fireEvent.click(button);
}
