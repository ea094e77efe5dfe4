import { expect, it } from "vitest";

import { diagnosesPage } from "./diagnosis-page";
import { DIAGNOSIS_RULES } from "./diagnosis-rules";

it("contains every rule with its action, in sections by culprit", () => {
  const page = diagnosesPage();
  for (const { rule, action } of DIAGNOSIS_RULES) {
    expect(page).toContain(`\`${rule}\` · `);
    expect(page).toContain(`**Next step:** ${action}`);
  }
  expect(page.match(/^## .*/gm)).toEqual([
    "## This computer",
    "## The network",
    "## Cloudflare's edge",
    "## Your gateway",
    "## The provider",
    "## Unknown",
  ]);
});
