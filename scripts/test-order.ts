/** The order of the unit tests: a worker that changes its environment starts again and imports everything again. */
import { readFileSync } from "node:fs";

import { BaseSequencer, type TestSpecification } from "vitest/node";

const PAGE = /^\/\/ @vitest-environment happy-dom/;

/** Runs the tests with a page after all others; within each group, Vitest's own order. */
export class PagesLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const pages = new Set(
      sorted.filter(({ moduleId }) => PAGE.test(readFileSync(moduleId, "utf8"))),
    );
    return [...sorted.filter((file) => !pages.has(file)), ...pages];
  }
}
