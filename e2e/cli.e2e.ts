/** Tests the command line of the packed tarball as a process: tests of routes, pipes, speed, and beside a window. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

import { _electron } from "playwright";

import { bareEnvironment } from "../checks/driving/launch";
import {
  DEMO_ACCOUNT_ID,
  DEMO_API_TOKEN,
  DEMO_GATEWAY,
  DEMO_KEYS,
  DEMO_TOKEN,
} from "../demo/names";
import {
  readmeTranscript,
  TRANSCRIPT_TEXT,
  transcriptOf,
  withoutTimes,
} from "../scripts/cli-transcript";
import { installedRuntime } from "../scripts/runtime";
import { windowSettingsFile } from "../src/cli/settings-file";
import { APP_NAME } from "../src/shared/app-name";
import { expect, test as base, textOf } from "./fixture";
import { installPackage, MANIFEST } from "./host/installed-package";

const NAMES = ["--account", DEMO_ACCOUNT_ID, "--gateway", DEMO_GATEWAY];
const TOKEN = { CLOUDFLARE_AI_GATEWAY_TOKEN: DEMO_TOKEN };

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Fixtures {
  /** The folder with the installed package. */
  readonly project: string;
  /** Runs the command line in the demo's environment. */
  readonly cli: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Ran>;
}

const test = base.extend<Fixtures>({
  project: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), "mux-cli-"));
    installPackage(folder, "18");
    await use(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  },
  cli: async ({ project, demo, userHome }, use) => {
    await use(async (args, env = {}) => {
      const child = start(project, args, { ...bareEnvironment(userHome), ...demo.env, ...env });
      let out = "";
      let err = "";
      child.stdout.on("data", (chunk: Buffer) => (out += String(chunk)));
      child.stderr.on("data", (chunk: Buffer) => (err += String(chunk)));
      child.stdin.end();
      await once(child, "close");
      return { code: child.exitCode, out, err };
    });
  },
});

function start(project: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  const program = join(project, "node_modules", MANIFEST.name, "dist/cli.cjs");
  return spawn(process.execPath, [program, ...args], { cwd: project, env });
}

/** A file of 500 providers, half of them behind a gateway. */
function manyProviders(): string {
  const block = { accountId: DEMO_ACCOUNT_ID, gatewayName: DEMO_GATEWAY, token: DEMO_TOKEN };
  const entries = Array.from({ length: 500 }, (_, index) => [
    `custom-${index}`,
    {
      providerType: "openai-compatible",
      apiKey: `sk-${index}`,
      baseUrl: `https://llm-${index}.example/v1`,
      models: ["one", "two"],
      ...(index % 2 === 0 ? { cloudflareGateway: { ...block, segment: `custom-${index}` } } : {}),
    },
  ]);
  return JSON.stringify(Object.fromEntries(entries), null, 2);
}

test("routes, proves the route and says who refused, like the panel", async ({ cli }) => {
  const on = await cli(["on", "anthropic", "deepseek", ...NAMES], TOKEN);
  expect(on).toMatchObject({ code: 0, err: "" });
  const good = await cli(["test", "anthropic"]);
  expect(good.code, good.out).toBe(0);
  expect(good.out).toMatch(
    /^✓ anthropic: Went through Cloudflare AI Gateway my-gateway \(claude-haiku-4-5, status 200, \d+ ms\)$/m,
  );
  expect(good.out).toContain("cf-aig-log-id: ");
  expect(good.out).toContain("1 of 1 answered over the configured route.");

  const both = await cli(["test", "anthropic", "deepseek"]);
  expect(both.code).toBe(1);
  expect(both.out).toContain("✗ deepseek: Reached Cloudflare AI Gateway (");
  expect(both.out).toContain("    DeepSeek rejected the API key. ");
  expect(both.out).toContain("    Next: Check the key of DeepSeek in mux");
  expect(both.out).not.toContain("\u001b");
  const secrets = [DEMO_TOKEN, ...Object.values(DEMO_KEYS)];
  expect(secrets.filter((secret) => both.out.includes(secret))).toEqual([]);
});

test("fails a test of a gateway that does not exist", async ({ cli }) => {
  await cli(["on", "anthropic", "--account", DEMO_ACCOUNT_ID, "--gateway", "my-gatewya"], TOKEN);
  const { code, out } = await cli(["test", "--all", "--json"]);
  expect(code).toBe(1);
  const answer = JSON.parse(out);
  expect(answer).toMatchObject({ command: "test", exitCode: 1 });
  const anthropic = answer.tests.find(
    ({ provider }: { provider: string }) => provider === "anthropic",
  );
  expect(anthropic).toMatchObject({
    passed: false,
    route: "saved",
    report: { ok: false, diagnosis: { culprit: "gateway" } },
  });
});

test("checks a gateway with the environment's API token", async ({ cli, demo }) => {
  await cli(["on", "anthropic", ...NAMES], TOKEN);
  const env = { CLOUDFLARE_API_TOKEN: DEMO_API_TOKEN };
  const healthy = await cli(["doctor"], env);
  expect(healthy.out).toContain("✓ Logging: Logging is on, and the log has the test of Anthropic.");
  expect(healthy.out).toContain("8 of 8 checks passed.");
  expect(healthy).toMatchObject({ code: 0, err: "" });
  await cli(["on", "deepseek", ...NAMES], TOKEN);
  const sick = await cli(["doctor", DEMO_GATEWAY], env);
  expect(sick.code).toBe(1);
  expect(sick.out).toContain("✗ Provider key (deepseek): DeepSeek rejected the API key.");
  expect(healthy.out + sick.out).not.toContain(DEMO_API_TOKEN);
  const holders = demo.requests.filter((each) => JSON.stringify(each).includes(DEMO_API_TOKEN));
  expect(new Set(holders.map(({ host }) => host))).toEqual(new Set(["api.cloudflare.com"]));
});

test("tests mux's own route where it differs, and fails", async ({ cli, demo }) => {
  await cli(["on", "anthropic", ...NAMES], TOKEN);
  writeFileSync(join(demo.home, "config.json"), '{ "routePriority": ["openrouter", "direct"] }');
  expect((await cli(["status"])).out).toMatch(/^anthropic .* sends .* through OpenRouter/m);
  demo.clearRequests();
  const { code, out } = await cli(["test", "anthropic"]);
  expect(code).toBe(1);
  expect(out).toContain("! anthropic: Went straight to openrouter.ai");
  expect(out).toContain("0 of 1 answered over the configured route.");
  expect(demo.requests.map(({ host }) => host)).toEqual(["openrouter.ai"]);
  expect(JSON.stringify(demo.requests)).not.toContain(DEMO_TOKEN);
});

test("finishes when the reader of its output closes the pipe", async ({
  project,
  demo,
  userHome,
}) => {
  const env = { ...bareEnvironment(userHome), ...demo.env, ...TOKEN };
  const child = start(project, ["on", "anthropic", ...NAMES], env);
  let err = "";
  child.stderr.on("data", (chunk: Buffer) => (err += String(chunk)));
  child.stdout.destroy();
  await once(child, "exit");
  expect({ code: child.exitCode, err }).toEqual({ code: 0, err: "" });
  expect(await textOf(demo)).toContain('"cloudflareGateway"');
});

// Other systems have no device that is always full.
if (process.platform === "linux") {
  test("does not end with success when the disk is full and its answer is lost", async ({
    project,
    demo,
    userHome,
  }) => {
    const env = { ...bareEnvironment(userHome), ...demo.env };
    const program = join(project, "node_modules", MANIFEST.name, "dist/cli.cjs");
    const full = openSync("/dev/full", "w");
    const child = spawnSync(process.execPath, [program, "status", "--json"], {
      env,
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
    });
    closeSync(full);
    expect(child.status).toBe(1);
    expect(child.stderr).toBe("The output could not be written. Is the disk full?\n");
  });
}

test.describe("with 500 providers", () => {
  test.use({ providersText: manyProviders() });

  test("shows the status within 300 ms of processor time and without the AI SDK", async ({
    project,
    cli,
  }) => {
    const modules = join(project, "node_modules");
    for (const name of ["ai", "@ai-sdk", "@openrouter"])
      rmSync(join(modules, name), { recursive: true, maxRetries: 10 });
    const measure = join(project, "measure.cjs");
    const times = join(project, "times");
    // The processor's time, because other tests run at the same time.
    writeFileSync(
      measure,
      `process.on("exit", () => {
         const { user, system } = process.cpuUsage();
         require("fs").appendFileSync(${JSON.stringify(times)}, (user + system) / 1000 + "\\n");
       });`,
    );
    for (let round = 0; round < 5; round += 1) {
      const { code, out, err } = await cli(["status"], { NODE_OPTIONS: `--require ${measure}` });
      expect({ code, err }).toEqual({ code: 0, err: "" });
      expect(out.match(/^custom-\d+ /gm)).toHaveLength(500);
    }
    const measured = readFileSync(times, "utf8").trim().split("\n").map(Number);
    expect(measured).toHaveLength(5);
    expect(Math.min(...measured)).toBeLessThan(300);
  });

  test("writes all of a long answer into a pipe", async ({ cli }) => {
    const { code, out } = await cli(["status", "--json"]);
    expect(code).toBe(0);
    expect(out.length).toBeGreaterThan(200_000);
    expect(JSON.parse(out).view.providers.length).toBeGreaterThan(500);
  });
});

test("two calls at once and an open window keep each other's changes", async ({
  cli,
  demo,
  userHome,
  panel,
}) => {
  await shareSettings(userHome);
  const calls = [cli(["on", "anthropic", ...NAMES], TOKEN), cli(["on", "openai", ...NAMES], TOKEN)];
  for (const { code, out } of await Promise.all(calls)) expect(code, out).toBe(0);
  await expect(panel.ui.where("Anthropic")).toContainText(`Through ${DEMO_GATEWAY}`);
  await expect(panel.ui.where("OpenAI")).toContainText(`Through ${DEMO_GATEWAY}`);
  await panel.ui.switchOf("OpenAI").click();
  await expect(panel.ui.where("OpenAI")).toContainText("Direct to");
  const { view } = JSON.parse((await cli(["status", "--json"])).out);
  expect(view.gateways).toMatchObject([{ active: ["anthropic"], disabled: ["openai"] }]);
  // The window's setting is off in this test, so that no call adds a base URL.
  expect(await textOf(demo)).not.toContain("gateway.ai.cloudflare.com");
});

/** Makes the window's folder the one that the command line computes. */
async function shareSettings(userHome: string): Promise<void> {
  mkdirSync(join(userHome, "config"), { recursive: true });
  symlinkSync(join(userHome, "profile"), join(userHome, "config", APP_NAME), "junction");
}

test("computes the same settings file as Electron", async ({ userHome }) => {
  const runtime = installedRuntime();
  if (runtime === null) throw new Error("Neither Electron nor Chromium is installed.");
  const folder = join(userHome, "app");
  cpSync(join(__dirname, "host/consumer"), folder, { recursive: true });
  writeFileSync(
    join(folder, "main.cjs"),
    `const { app, BrowserWindow } = require("electron");
     app.setName(${JSON.stringify(APP_NAME)});
     app.whenReady().then(() => new BrowserWindow({ show: false }).loadURL("about:blank"));`,
  );
  const { platform } = process;
  // Windows tells programs the folders of the user who is signed in.
  const home = platform === "win32" ? homedir() : userHome;
  const env = { ...bareEnvironment(userHome), USERPROFILE: home };
  const app = await _electron.launch({
    executablePath: runtime.executable,
    args: [...runtime.args, join(folder, "main.cjs")],
    env,
  });
  const userData = await app.evaluate(({ app: electron }) => electron.getPath("userData"));
  await app.close();
  expect(join(userData, "settings.json")).toBe(
    windowSettingsFile({ platform, env, homedir: home }),
  );
});

test.describe("with the README's providers", () => {
  test.use({ providersText: TRANSCRIPT_TEXT });

  test("prints the transcript in README.md", async ({ project, demo, userHome }) => {
    const program = join(project, "node_modules", MANIFEST.name, "dist/cli.cjs");
    const env = { ...bareEnvironment(userHome), ...demo.env };
    const transcript = await transcriptOf(program, env);
    expect(withoutTimes(transcript)).toBe(withoutTimes(readmeTranscript()));
  });
});

test("installs as a command", async ({ project }) => {
  const own = join(project, "node_modules", MANIFEST.name);
  const manifest = JSON.parse(readFileSync(join(own, "package.json"), "utf8"));
  const program = join(own, manifest.bin["mux-cloudflare-gateway"]);
  expect(readFileSync(program, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
  const { status, stdout } = spawnSync(process.execPath, [program, "--version"], {
    encoding: "utf8",
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: `${MANIFEST.version}\n` });
});
