/** `npm start` says at once what it does, before it builds, installs or loads anything large. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";

import { ROOT } from "./runtime";

/** Until the first output of a script, in milliseconds. The script is then killed. */
async function firstOutput(args: readonly string[]): Promise<{ text: string; ms: number }> {
  const start = performance.now();
  const script = spawn(process.execPath, ["--import", "tsx", ...args], {
    cwd: ROOT,
    env: { ...process.env, DISPLAY: "", WAYLAND_DISPLAY: "" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(script, "exit");
  const [chunk] = await once(script.stdout, "data");
  const ms = performance.now() - start;
  script.kill("SIGKILL");
  await exited;
  return { text: String(chunk), ms };
}

describe("npm start", () => {
  it.each([
    ["the panel", ["scripts/start.ts"], "Starting mux Settings …\n"],
    ["the demo", ["scripts/start.ts", "--demo"], "Starting the demo of mux Settings …\n"],
  ])("says within a second that it starts %s", async (_, args, line) => {
    // A busy machine needs longer for any script, so its own pace counts too.
    const { ms: pace } = await firstOutput(["--eval", "console.log('ready')"]);
    const { text, ms } = await firstOutput(args);
    expect(text).toBe(line);
    expect(ms).toBeLessThan(Math.max(1000, 2.5 * pace));
  });
});
