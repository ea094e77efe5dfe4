/** `npm run docs`: writes the pages that are made from the code. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { diagnosesPage } from "../src/main/routing/diagnosis-page";
import { ROOT } from "./runtime";

writeFileSync(join(ROOT, "docs/diagnoses.md"), diagnosesPage());
