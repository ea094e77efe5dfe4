import { expect, it } from "vitest";

import { subjectProblem } from "./commit-subjects";

it.each([
  "fix(disk): keep the file's mode when it is saved",
  "build: name the build's configuration electron.vite.config.ts",
  "feat(ui)!: process all rows at once",
  "docs: embed the table",
])("accepts “%s”", (subject) => {
  expect(subjectProblem(subject)).toBeNull();
});

it.each([
  ["a mirror that could not be remembered", /does not begin/],
  ["Fix(disk): keep the mode", /does not begin/],
  ["fix(disk): Keep the mode", /lower-case verb/],
  ["fix(disk): keep the mode; write the file", /semicolon/],
  ["fix(disk): keep the mode.", /period/],
  [`fix(disk): keep ${"x".repeat(60)}`, /longer than 72/],
  ["fix(disk): fixed the mode", /“fixed”/],
  ["fix(disk): keeps the mode", /“keeps”/],
  ["fix(disk): keeping the mode", /“keeping”/],
])("refuses “%s”", (subject, reason) => {
  expect(subjectProblem(subject)).toMatch(reason);
});
