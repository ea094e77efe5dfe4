/** `npm start` says what it does before it loads, builds or starts anything. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";

import { ROOT } from "./runtime";

const CASES: readonly (readonly [string, readonly string[], string])[] = [
  ["the panel", [], "Starting mux Settings …"],
  ["the demo", ["--demo"], "Starting the demo of mux Settings …"],
];

function start(script: string, args: readonly string[]) {
  return spawn(process.execPath, [script, ...args], {
    cwd: ROOT,
    env: { ...process.env, DISPLAY: "", WAYLAND_DISPLAY: "" },
    stdio: ["ignore", "pipe", "ignore"],
  });
}

describe("npm start", () => {
  it.each(CASES)("says first that it starts %s", async (_, args, line) => {
    const script = start("scripts/start.mjs", args);
    const exited = once(script, "exit");
    const [chunk] = await once(script.stdout, "data");
    script.kill("SIGKILL");
    await exited;
    expect(String(chunk).split("\n")[0]).toBe(line);
  });

  // Alone in a folder, the script can load neither the TypeScript compiler nor anything of ours.
  it.each(CASES)("says that it starts %s before it loads anything", async (_, args, line) => {
    const folder = await mkdtemp(join(tmpdir(), "npm-start-"));
    try {
      const alone = join(folder, "start.mjs");
      await copyFile(join(ROOT, "scripts/start.mjs"), alone);
      expect((await text(start(alone, args).stdout)).trim()).toBe(line);
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 10 });
    }
  });
});
