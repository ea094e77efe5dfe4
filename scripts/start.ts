/** `npm start`: opens mux Settings on the real file, or with `--demo` on a throw-away home. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startDemo } from "../demo/demo";
import { buildIfNeeded } from "./build";
import { ensureRuntime, ROOT, type Runtime } from "./runtime";

const options = new Set(process.argv.slice(2));
const say = (line: string): void => console.log(line);

function hasDisplay(): boolean {
  if (process.platform !== "linux") return true;
  return Boolean(process.env["DISPLAY"] ?? process.env["WAYLAND_DISPLAY"]);
}

async function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  // Windows has npx as a script, which only its shell can start.
  const shell = process.platform === "win32" && command === "npx";
  const child = spawn(command, args, { cwd: ROOT, env, stdio: "inherit", shell });
  // Ctrl+C reaches the whole group; what is started here ends first, and then this does.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => child.kill());
  await once(child, "exit");
  return child.exitCode ?? 1;
}

async function open(runtime: Runtime): Promise<number> {
  buildIfNeeded();
  if (!options.has("--demo")) {
    return run(runtime.executable, [...runtime.args, "."], process.env);
  }
  const demo = await startDemo();
  // A profile of its own, so that the demo opens beside the real window.
  const profile = mkdtempSync(join(tmpdir(), "mux-settings-demo-"));
  say(`Demo: nothing here is real. The file is ${demo.file}`);
  try {
    const args = [...runtime.args, `--user-data-dir=${profile}`, "."];
    return await run(runtime.executable, args, { ...process.env, ...demo.env });
  } finally {
    await demo.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

async function develop(runtime: Runtime): Promise<number> {
  // package.json names no `main`, which electron-vite would look for.
  const env = { ...process.env, ELECTRON_EXEC_PATH: runtime.executable, ELECTRON_ENTRY: "." };
  return run("npx", ["electron-vite", "dev"], env);
}

async function main(): Promise<number> {
  const runtime = ensureRuntime(say);
  if (runtime === null) return 1;
  say(`Runtime: ${runtime.name}`);
  if (!hasDisplay()) {
    say("There is no display here, so this runs the tour of the demo instead (npm run tour).");
    return run("npx", ["tsx", join(ROOT, "scripts/tour.ts")], process.env);
  }
  return options.has("--dev") ? develop(runtime) : open(runtime);
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
