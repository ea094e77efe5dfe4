/** `npm run docs`: writes the generated pages and modules. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { diagnosesPage } from "../src/main/proof/diagnosis/diagnosis-page";
import { MARKS_FILE, providerMarksModule } from "./provider-marks";
import { ROOT } from "./runtime";

async function main(): Promise<void> {
  writeFileSync(join(ROOT, "docs/diagnoses.md"), diagnosesPage());
  writeFileSync(join(ROOT, MARKS_FILE), await providerMarksModule());
}

void main();
