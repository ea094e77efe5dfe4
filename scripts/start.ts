/** Opens mux Settings on the real file, or with `--demo` on a temporary home. start.mjs has said so. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Demo } from "../demo/demo";
import { DEMO_API_TOKEN, DEMO_ENVIRONMENT, DEMO_FIELDS } from "../demo/names";
import { buildIfNeeded } from "./build";
import { sandboxAdvice } from "./linux-sandbox";
import {
  chromiumRuntime,
  electronEnvironment,
  ensureRuntime,
  hasDisplay,
  needsShell,
  ROOT,
  type Runtime,
} from "./runtime";

const options = new Set(process.argv.slice(2));
const say = (line: string): void => console.log(line);

async function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: electronEnvironment(env),
    stdio: "inherit",
    shell: needsShell(command, process.platform),
  });
  // Ctrl+C reaches the whole process group. The child exits first, then this process.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => child.kill());
  await once(child, "exit");
  return child.exitCode ?? 1;
}

async function open(runtime: Runtime): Promise<number> {
  buildIfNeeded(say);
  if (!options.has("--demo")) {
    say("Opening the window …");
    return run(runtime.executable, [...runtime.args, "."], process.env);
  }
  say("Starting the demo's servers …");
  // Loaded only here, because it takes longer than everything before the first line.
  const { startDemo, userEnvironment } = await import("../demo/demo");
  const demo = await startDemo({ openrouterFirst: options.has("--openrouter-first") });
  demo.account.set({ hasHistory: true });
  // A separate profile lets the demo run at the same time as the real window.
  const profile = mkdtempSync(join(tmpdir(), "mux-settings-demo-"));
  sayNames(demo);
  try {
    const args = [...runtime.args, `--user-data-dir=${profile}`, "."];
    return await run(runtime.executable, args, userEnvironment(process.env, demo));
  } finally {
    await demo.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** Prints what to enter while following the guide, and the environment variables that are set. */
function sayNames({ file, cloudflare }: Demo): void {
  say(`Demo: no real account, key or network is used. The file is ${file}`);
  say("Enter these in the panel:");
  say(`  account ID     ${DEMO_FIELDS.accountId}`);
  say(`  gateway name   ${DEMO_FIELDS.gatewayName}`);
  say(`  gateway token  ${DEMO_FIELDS.token}`);
  say(`  API token      ${DEMO_API_TOKEN} (to connect the account)`);
  const others = cloudflare.gateways.filter(({ name }) => name !== DEMO_FIELDS.gatewayName);
  const names = others.map(({ name, token }) => (token === undefined ? `${name} (open)` : name));
  say(`The token also opens the account's other gateways: ${names.join(", ")}.`);
  say("The environment names the same gateway, so the panel can offer it:");
  for (const [name, value] of Object.entries(DEMO_ENVIRONMENT)) say(`  ${name}=${value}`);
}

async function develop(runtime: Runtime): Promise<number> {
  // package.json has no `main`, which electron-vite would read.
  const env = { ...process.env, ELECTRON_EXEC_PATH: runtime.executable, ELECTRON_ENTRY: "." };
  const args = runtime.sandbox === "on" ? [] : ["--noSandbox"];
  return run("npx", ["electron-vite", "dev", ...args], env);
}

/** Electron without its sandbox is started only on request. Otherwise Chromium is used, or nothing. */
function withSandbox(runtime: Runtime): Runtime | null {
  if (runtime.sandbox !== "refused" || options.has("--no-sandbox")) return runtime;
  for (const line of sandboxAdvice(runtime.executable)) say(line);
  const chromium = chromiumRuntime();
  if (chromium !== null) say("Using the installed Chromium instead.");
  return chromium;
}

async function main(): Promise<number> {
  const installed = ensureRuntime(say);
  const runtime = installed === null ? null : withSandbox(installed);
  if (runtime === null) return 1;
  say(`Runtime: ${runtime.name}`);
  if (!hasDisplay(process.env, process.platform)) {
    say("No display was found, so the demo's tour runs instead (npm run tour).");
    say("To use the gateway here, run the command line: README.md, “Command line”.");
    return run("npx", ["tsx", "scripts/tour.ts"], process.env);
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
