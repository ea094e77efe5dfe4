/** `npm run docs`: writes the page of all diagnoses to `out/`, and the generated module of marks. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { diagnosesPage } from "../src/main/proof/diagnosis/diagnosis-page";
import { MARKS_FILE, providerMarksModule } from "./provider-marks";
import { ROOT } from "./runtime";

async function main(): Promise<void> {
  mkdirSync(join(ROOT, "out"), { recursive: true });
  writeFileSync(join(ROOT, "out/diagnoses.md"), diagnosesPage());
  writeFileSync(join(ROOT, MARKS_FILE), await providerMarksModule());
}

void main();
