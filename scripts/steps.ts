/** Runs commands side by side, and prints what each one said in one piece when it has ended. */
import { spawn } from "node:child_process";

import { ROOT } from "./runtime";

export interface Step {
  /** For a person; a script of package.json unless there is a `command`. */
  readonly name: string;
  readonly command?: readonly [program: string, ...args: string[]];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Printing {
  readonly say: (text: string) => void;
  /** Whether a step that went well says more than that it did. */
  readonly everything: boolean;
}

/** Runs one step; whether it ended with 0. */
export async function runStep(step: Step, { say, everything }: Printing): Promise<boolean> {
  const started = performance.now();
  const { code, output } = await outputOf(step);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const line = `${code === 0 ? "✓" : "✗"} ${step.name} (${seconds} s)`;
  const said = output.trimEnd();
  say((everything || code !== 0) && said !== "" ? `\n— ${step.name}\n${said}\n${line}` : line);
  return code === 0;
}

/** Runs all of these at the same time; whether each one went well. */
export async function runTogether(
  steps: readonly Step[],
  printing: Printing,
): Promise<readonly boolean[]> {
  return Promise.all(steps.map((step) => runStep(step, printing)));
}

function outputOf({ name, command, env }: Step): Promise<{
  readonly code: number | null;
  readonly output: string;
}> {
  const [program, ...args] = command ?? ["npm", "run", "--silent", name];
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  }
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ code: null, output: error.message }));
    child.on("close", (code) => {
      resolve({ code, output: Buffer.concat(chunks).toString("utf8") });
    });
  });
}
