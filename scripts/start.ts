/** `npm start`: opens mux Settings on the real file, or with `--demo` on a temporary home. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startDemo } from "../demo/demo";
import {
  DEMO_ACCOUNT_ID,
  DEMO_BUSY_GATEWAY,
  DEMO_CACHED_GATEWAY,
  DEMO_ENVIRONMENT,
  DEMO_GATEWAY,
  DEMO_LOCKED_GATEWAY,
  DEMO_TEAM_GATEWAY,
  DEMO_TOKEN,
} from "../demo/names";
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
  // On Windows, npx is a script, which only a shell can start.
  const shell = process.platform === "win32" && command === "npx";
  const child = spawn(command, args, { cwd: ROOT, env, stdio: "inherit", shell });
  // Ctrl+C reaches the whole process group. The child exits first, then this process.
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
  // A separate profile lets the demo run at the same time as the real window.
  const profile = mkdtempSync(join(tmpdir(), "mux-settings-demo-"));
  sayNames(demo.file);
  try {
    const args = [...runtime.args, `--user-data-dir=${profile}`, "."];
    const env = { ...process.env, ...demo.env, ...DEMO_ENVIRONMENT };
    for (const name of demo.unset) Reflect.deleteProperty(env, name);
    return await run(runtime.executable, args, env);
  } finally {
    await demo.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Prints the names to enter while following the guide, and the environment variables that are set. */
function sayNames(file: string): void {
  say(`Demo: no real account, key or network is used. The file is ${file}`);
  say(`Try account ${DEMO_ACCOUNT_ID} and gateway ${DEMO_GATEWAY}.`);
  const others = [DEMO_TEAM_GATEWAY, DEMO_CACHED_GATEWAY, DEMO_BUSY_GATEWAY].join(", ");
  say(`Other gateways: ${others}, ${DEMO_LOCKED_GATEWAY} (token ${DEMO_TOKEN}).`);
  say("The environment names a gateway that the panel offers:");
  for (const [name, value] of Object.entries(DEMO_ENVIRONMENT)) say(`  ${name}=${value}`);
}

async function develop(runtime: Runtime): Promise<number> {
  // package.json has no `main`, which electron-vite would read.
  const env = { ...process.env, ELECTRON_EXEC_PATH: runtime.executable, ELECTRON_ENTRY: "." };
  return run("npx", ["electron-vite", "dev"], env);
}

async function main(): Promise<number> {
  const runtime = ensureRuntime(say);
  if (runtime === null) return 1;
  say(`Runtime: ${runtime.name}`);
  if (!hasDisplay()) {
    say("No display was found, so the demo's tour runs instead (npm run tour).");
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
