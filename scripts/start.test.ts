/** `npm start` says what it does before it builds or starts anything. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";

import { ROOT } from "./runtime";

/** The first line that a script prints. The script is then killed. */
async function firstLine(args: readonly string[]): Promise<string> {
  const script = spawn(process.execPath, ["--import", "tsx", ...args], {
    cwd: ROOT,
    env: { ...process.env, DISPLAY: "", WAYLAND_DISPLAY: "" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(script, "exit");
  const [chunk] = await once(script.stdout, "data");
  script.kill("SIGKILL");
  await exited;
  return String(chunk).split("\n")[0] ?? "";
}

describe("npm start", () => {
  it.each([
    ["the panel", ["scripts/start.ts"], "Starting mux Settings …"],
    ["the demo", ["scripts/start.ts", "--demo"], "Starting the demo of mux Settings …"],
  ])("says first that it starts %s", async (_, args, line) => {
    expect(await firstLine(args)).toBe(line);
  });
});
