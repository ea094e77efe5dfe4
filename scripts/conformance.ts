/** Compares the installed runtime with Electron's documentation, and writes a table to out/reports/conformance.md. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import { CONFORMANCE_TABLE } from "./reports";
import { electronEnvironment, ensureRuntime, ROOT } from "./runtime";

const RUNNER = join(ROOT, "tools/chromium-electron/conformance/run.mjs");

async function main(): Promise<number> {
  const runtime = ensureRuntime((line) => console.log(line));
  if (runtime === null) return 1;
  console.log(`Runtime: ${runtime.name}`);
  const args = [RUNNER, "--out", CONFORMANCE_TABLE, runtime.executable, ...runtime.args];
  const env = electronEnvironment(process.env);
  const child = spawn(process.execPath, args, { stdio: "inherit", env });
  await once(child, "exit");
  return child.exitCode ?? 1;
}

void main().then((code) => process.exit(code));
