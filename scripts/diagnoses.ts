/** Formats the page of all diagnoses, which is made from the rules. */
import { join } from "node:path";

import { format, resolveConfig } from "prettier";

import { diagnosesPage } from "../src/main/proof/diagnosis/diagnosis-page";
import { ROOT } from "./runtime";

export const DIAGNOSES_FILE = "docs/diagnoses.md";

/** The page as `npm run docs` writes it. */
export async function diagnosesMarkdown(): Promise<string> {
  const config = await resolveConfig(join(ROOT, DIAGNOSES_FILE));
  return format(diagnosesPage(), { ...config, parser: "markdown" });
}
