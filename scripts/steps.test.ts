import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { runStep, runTogether, type Step } from "./steps";

function script(name: string, source: string): Step {
  return { name, command: [process.execPath, "-e", source] };
}

async function outputOf(steps: readonly Step[], everything: boolean) {
  const lines: string[] = [];
  const went = await runTogether(steps, { say: (text) => lines.push(text), everything });
  return { went, lines };
}

describe("A step", () => {
  it("fails and shows the output when its command exits with a code other than 0", async () => {
    const { went, lines } = await outputOf(
      [script("bad", "console.log('why'); process.exit(3)")],
      false,
    );
    expect(went).toEqual([false]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^\n— bad\nwhy\n✗ bad \(\d+\.\d s\)$/);
  });

  it("fails when its command cannot be started or is killed", async () => {
    const print = { say: () => undefined, everything: false };
    expect(await runStep({ name: "none", command: ["no-such-program-here"] }, print)).toBe(false);
    expect(await runStep(script("killed", "process.kill(process.pid, 'SIGKILL')"), print)).toBe(
      false,
    );
  });

  it("prints one line when it succeeds, or all output on request", async () => {
    const good = script("good", "console.log('much')");
    expect((await outputOf([good], false)).lines[0]).toMatch(/^✓ good \(\d+\.\d s\)$/);
    expect((await outputOf([good], true)).lines[0]).toMatch(/^\n— good\nmuch\n✓ good/);
  });

  it("passes its environment to the command", async () => {
    const step = script("env", "process.exit(process.env.WANTED === 'yes' ? 0 : 1)");
    const print = { say: () => undefined, everything: false };
    expect(await runStep({ ...step, env: { WANTED: "yes" } }, print)).toBe(true);
    expect(await runStep(step, print)).toBe(false);
  });
});

it("runs steps concurrently, and keeps the output of each together", async () => {
  // Each one waits for the other, so they would never end one after the other.
  const server = `
    const net = require("node:net");
    const [, own, other] = process.argv;
    console.log("first");
    const held = net.createServer((socket) => socket.end()).listen(own);
    const ask = () => net.connect(other).on("connect", () => {
      console.log("last");
      setTimeout(() => held.close(() => process.exit(0)), 200);
    }).on("error", () => setTimeout(ask, 20));
    ask();`;
  const folder = process.platform === "win32" ? "\\\\.\\pipe" : tmpdir();
  const ends = [1, 2].map((n) => join(folder, `steps-${process.pid}-${n}`));
  const step = (name: string, own = "", other = ""): Step => ({
    name,
    command: [process.execPath, "-e", server, own, other],
  });
  const { went, lines } = await outputOf(
    [step("one", ends[0], ends[1]), step("two", ends[1], ends[0])],
    true,
  );
  expect(went).toEqual([true, true]);
  for (const line of lines) expect(line).toMatch(/^\n— (one|two)\nfirst\nlast\n✓ \1/);
});
