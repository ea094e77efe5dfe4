/** `npm run docs`: writes the pages and modules that are made from something else. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { diagnosesPage } from "../src/main/proof/diagnosis/diagnosis-page";
import { guideModule } from "./guide-text";
import { MARKS_FILE, providerMarksModule } from "./provider-marks";
import { ROOT } from "./runtime";

async function main(): Promise<void> {
  writeFileSync(join(ROOT, "docs/diagnoses.md"), diagnosesPage());
  const guide = readFileSync(join(ROOT, "docs/guide.md"), "utf8");
  writeFileSync(join(ROOT, "src/renderer/section/help/guide-text.ts"), guideModule(guide));
  writeFileSync(join(ROOT, MARKS_FILE), await providerMarksModule());
}

void main();
