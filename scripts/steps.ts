/** Runs commands concurrently, and prints the output of each in one piece when it has ended. */
import { spawn } from "node:child_process";

import { needsShell, ROOT } from "./runtime";

export interface Step {
  /** The displayed name. Without a `command`, also the name of a script in package.json. */
  readonly name: string;
  readonly command?: readonly [program: string, ...args: string[]];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Printing {
  readonly say: (text: string) => void;
  /** Whether to print the output of successful steps too. */
  readonly everything: boolean;
}

/** Runs one step. Resolves with whether it exited with 0. */
export async function runStep(step: Step, { say, everything }: Printing): Promise<boolean> {
  const started = performance.now();
  const { code, output } = await outputOf(step);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const line = `${code === 0 ? "✓" : "✗"} ${step.name} (${seconds} s)`;
  const trimmed = output.trimEnd();
  say(
    (everything || code !== 0) && trimmed !== "" ? `\n— ${step.name}\n${trimmed}\n${line}` : line,
  );
  return code === 0;
}

/** Runs all steps concurrently. Resolves with whether each one succeeded. */
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
    // A shell would take other arguments apart, at their spaces and quotes.
    shell: needsShell(program, process.platform),
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
