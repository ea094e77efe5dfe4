/** Tests the parsing of arguments. */
import { expect, test } from "vitest";

import { parseCommandLine } from "./command-line.mjs";

test("accepts the arguments of Playwright's launch", () => {
  const parsed = parseCommandLine([
    "-r",
    "loader.js",
    "--no-sandbox",
    "--inspect=0",
    "--remote-debugging-port=0",
    "out/main/index.cjs",
    "--demo",
    "file",
  ]);

  expect(parsed).toMatchObject({
    required: ["loader.js"],
    inspect: "0",
    app: "out/main/index.cjs",
  });
  expect([...parsed.switches]).toEqual([
    ["no-sandbox", ""],
    ["remote-debugging-port", "0"],
    ["demo", ""],
  ]);
});

test("passes --inspect to the app when it follows the app", () => {
  expect(parseCommandLine([".", "--inspect"]).inspect).toBeUndefined();
});
