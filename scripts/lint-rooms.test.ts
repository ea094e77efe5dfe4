import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { beforeAll, describe, expect, it } from "vitest";

import { importProblem } from "./lint-rooms.mjs";

const ROOT = join(__dirname, "..");

describe("A room", () => {
  it.each([
    ["src/main/config/store.ts", "src/main/disk/lock"],
    ["src/main/config/store.ts", "src/shared/errors"],
    ["src/main/config/store.ts", "src/main/config/change"],
    ["src/main/app/menu.ts", "src/main/gateway"],
    ["src/main/index.ts", "src/main/app/window"],
    ["src/preload/index.ts", "src/shared/contract"],
    ["src/renderer/section/row/provider-card.tsx", "src/renderer/section/form/gateway-form"],
    ["src/renderer/section/section.tsx", "src/renderer/section/panel"],
    ["src/renderer/shell/settings-shell.tsx", "src/renderer/section/section"],
    ["scripts/tour.ts", "checks/driving/launch"],
    ["e2e/flow.e2e.ts", "checks/driving/panel-page"],
  ])("lets %s import %s when it is below", (file, target) => {
    expect(importProblem(file, target)).toBeNull();
  });

  it.each([
    ["src/shared/errors.ts", "src/main/text/log"],
    ["src/main/disk/lock.ts", "src/main/config/store"],
    ["src/main/proof/probe-route.ts", "src/main/config/view"],
    ["src/main/gateway.ts", "src/main/ipc/handlers"],
    ["src/main/ipc/handlers.ts", "src/main/config/store"],
    ["src/main/config/store.ts", "src/renderer/section/words/words"],
    ["src/preload/index.ts", "src/main/gateway"],
    ["src/renderer/section/data/queries.ts", "src/main/gateway"],
    ["src/renderer/section/data/queries.ts", "src/renderer/section/form/gateway-draft"],
    ["src/renderer/section/words/words.ts", "src/renderer/section/panel"],
    ["src/renderer/section/panel.tsx", "src/renderer/shell/settings-shell"],
    ["checks/driving/launch.ts", "e2e/fixture"],
    ["scripts/tour.ts", "e2e/fixture"],
    ["demo/demo.ts", "scripts/start"],
    ["tools/chromium-electron/index.mjs", "src/shared/errors"],
  ])("refuses an import when %s imports %s", (file, target) => {
    expect(importProblem(file, target)).toMatch(/may not import/);
  });

  it("lets a test import everything on its side, and lets only tests import test code", () => {
    const helper = "src/main/disk/testing/as-nobody";
    expect(importProblem("src/main/disk/lock.test.ts", "src/main/gateway")).toBeNull();
    expect(importProblem("src/main/disk/lock.test.ts", "src/renderer/lib")).toMatch(
      /may not import/,
    );
    expect(importProblem("src/main/disk/lock.test.ts", helper)).toBeNull();
    expect(importProblem("src/main/disk/lock.ts", helper)).toMatch(/Only tests/);
  });

  it("must be listed in the table", () => {
    expect(importProblem("src/other/file.ts", "src/shared/errors")).toMatch(/is not in a room/);
  });
});

describe("The linter", () => {
  const UPWARD = [
    `import { b } from "../config/b";\n\nexport const a = b;\n`,
    `import type { B } from "../config/b";\n\nexport type A = B;\n`,
    `export { b } from "../config/b";\n`,
    `export type { B } from "../config/b";\n`,
    `export type A = import("../config/b").B;\n`,
    `export const a = () => import("../config/b");\n`,
  ].map((text, index) => ({ text, file: `src/main/disk/a-${index}.ts` }));

  let status: number | null;
  let reports: readonly string[];
  beforeAll(() => {
    const linted = lint({
      ...Object.fromEntries(UPWARD.map(({ file, text }) => [file, text])),
      "src/shared/a.ts": `import type { B } from "./b";\n\nexport interface A {\n  b: B;\n}\n`,
      "src/shared/b.ts": `import type { A } from "./a";\n\nexport interface B {\n  a: A;\n}\n`,
    });
    status = linted.status;
    reports = linted.output.split("\n\n");
  });
  const reportsOf = (file: string) => reports.filter((report) => report.includes(file));

  it.each(UPWARD)("reports an upward import: $text", ({ file }) => {
    expect(reportsOf(file).join("\n")).toContain("src/main/disk may not import src/main/config");
    expect(status).toBe(1);
  });

  it("reports a cycle that consists of type imports only", () => {
    expect(reportsOf("src/shared/a.ts").join("\n")).toContain("Dependency cycle detected");
  });
});

/** Runs the project's linter on a folder with these files. */
function lint(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "lint-rooms-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(ROOT, "node_modules/oxlint/bin/oxlint"), "-c", join(ROOT, ".oxlintrc.json"), "src"],
      { cwd: folder, encoding: "utf8" },
    );
    return { status, output: stdout };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}
