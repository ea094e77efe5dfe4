/** `npm run docs`: writes the page of all diagnoses, and the generated module of provider marks. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { DIAGNOSES_FILE, diagnosesMarkdown } from "./diagnoses";
import { MARKS_MODULES } from "./provider-marks";
import { ROOT } from "./runtime";

async function main(): Promise<void> {
  writeFileSync(join(ROOT, DIAGNOSES_FILE), await diagnosesMarkdown());
  for (const { file, text } of MARKS_MODULES) writeFileSync(join(ROOT, file), await text());
}

void main();
