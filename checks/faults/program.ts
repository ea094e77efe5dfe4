/** A child program that takes orders, replies, and can be killed. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

import { pathOfProgram, type ProgramName } from "./programs";

export interface StartOptions {
  /** A command that runs the program, for example a shell that sets limits. */
  readonly under?: readonly string[];
  readonly uid?: number;
}

export class Program {
  readonly pid: number;
  readonly ready: Promise<void>;
  /** The signal or exit code. Its process id is free by then. */
  readonly ended: Promise<string>;
  readonly #child;
  readonly #waiting: ((answer: unknown) => void)[] = [];

  constructor(directory: string, name: ProgramName, { under = [], uid }: StartOptions = {}) {
    const [command, ...args] = commandOf(under, pathOfProgram(directory, name));
    const child = spawn(command, args, {
      cwd: "/",
      stdio: ["pipe", "pipe", "inherit"],
      ...(uid === undefined ? {} : { uid, gid: uid }),
    });
    this.#child = child;
    this.pid = child.pid ?? 0;
    this.ended = new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("exit", (code, signal) => resolve(signal ?? String(code)));
    });
    // Writing to a killed program's input fails, which is expected.
    child.stdin.on("error", () => undefined);
    createInterface({ input: child.stdout }).on("line", (line) => {
      this.#waiting.shift()?.(JSON.parse(line));
    });
    this.ready = this.#answer().then(() => undefined);
    // The program may be killed before anything awaits this.
    this.ready.catch(() => undefined);
  }

  /** Rejects when the program exits before it replies. */
  async order<Answer>(order: object): Promise<Answer> {
    const answer = this.#answer();
    this.send(order);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- both ends are `orders.ts`
    return (await answer) as Answer;
  }

  /** Sends an order without waiting for the reply. */
  send(order: object): void {
    this.#child.stdin.write(`${JSON.stringify(order)}\n`);
  }

  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.ended;
  }

  async end(): Promise<void> {
    this.#child.stdin.end();
    await this.ended;
  }

  async #answer(): Promise<unknown> {
    const answer = new Promise((resolve) => this.#waiting.push(resolve));
    const early = this.ended.then((how) => {
      throw new Error(`a program ended early: ${how}`);
    });
    return Promise.race([answer, early]);
  }
}

function commandOf(under: readonly string[], path: string): readonly [string, ...string[]] {
  const [command, ...rest] = under;
  return command === undefined
    ? [process.execPath, path]
    : [command, ...rest, process.execPath, path];
}
