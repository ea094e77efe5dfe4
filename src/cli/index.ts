/** Starts the command line with the process's arguments and streams. */
import { homedir } from "node:os";

import { aboutError } from "../main/text/unexpected-error";
import { EXIT } from "./exit-code";
import { runCommandLine } from "./run";
import type { Terminal } from "./terminal";

/** The version in package.json. The build inserts it. */
declare const PACKAGE_VERSION: string;

const { stdin, stdout, stderr, env, platform } = process;

let isOutputLost = false;

// A reader that closes the pipe early, such as `head`, does not undo or repeat what was done.
stdout.on("error", (error: NodeJS.ErrnoException) => {
  isOutputLost ||= error.code !== "EPIPE";
});
stderr.on("error", () => undefined);

const terminal: Terminal = {
  env,
  platform,
  homedir: homedir(),
  input: stdin.isTTY ? null : stdin,
  print: (text) => void stdout.write(text),
  say: (line) => void stderr.write(`${line}\n`),
  colors: stdout.isTTY && !env["NO_COLOR"] && env["TERM"] !== "dumb",
};

async function main(): Promise<number> {
  try {
    return await runCommandLine(process.argv.slice(2), terminal, PACKAGE_VERSION);
  } catch (error) {
    terminal.say(`Internal error (${aboutError(error).what}).`);
    return EXIT.incomplete;
  }
}

/** Connections that wait to be used again would keep the process alive. */
function exit(code: number): void {
  const finish = (): void => {
    if (isOutputLost) terminal.say("The output could not be written. Is the disk full?");
    // The caller must not take a lost answer for a success.
    const shown = isOutputLost && code === EXIT.done ? EXIT.incomplete : code;
    stderr.write("", () => process.exit(shown));
  };
  // A write calls back before its error is emitted.
  stdout.write("", () => setImmediate(finish));
}

void main().then(exit);
