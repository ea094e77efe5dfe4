/** Tests that an app that cannot show its window reports the error, exits and does not block the next start. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rename, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";

import { bareEnvironment, launchPanel } from "../checks/driving/launch";
import { installedRuntime, ROOT } from "../scripts/runtime";
import { COMMENTED } from "./files";
import { expect, test, textOf } from "./fixture";

test.use({ providersText: COMMENTED });

/** Less than a user would wait, but enough for a start on a busy machine. */
const WITHIN_MS = 20_000;

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Starts the built app like `npm start` and waits until it exits; kills it after a timeout. */
async function startUntilEnd(
  userHome: string,
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  const runtime = installedRuntime();
  if (runtime === null) throw new Error("Neither Electron nor Chromium is installed.");
  const profile = `--user-data-dir=${join(userHome, "profile")}`;
  const noDialogs = ["-r", join(__dirname, "close-dialogs.cjs")];
  const child = spawn(runtime.executable, [...runtime.args, ...noDialogs, profile, ROOT], {
    cwd: userHome,
    env: { ...bareEnvironment(userHome), ...env },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: WITHIN_MS,
    killSignal: "SIGKILL",
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => (output += String(chunk)));
  }
  const [code] = await once(child, "close");
  return { code: typeof code === "number" ? code : null, output };
}

/** The URL of a server that was just closed. */
async function deadServer(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`;
}

test("exits with code 1 and lets the next start succeed when it cannot show its page or write its data", async ({
  demo,
  userHome,
  openPanel,
}) => {
  for (const url of [
    "sk-canary-instead-of-a-url",
    "foo:sk-canary-instead-of-a-url",
    await deadServer(),
  ]) {
    const { code, output } = await startUntilEnd(userHome, {
      ...demo.env,
      ELECTRON_RENDERER_URL: url,
    });
    expect(code, url).toBe(1);
    expect(output).toMatch(/mux Settings could not start \{ what: '\w+', at: '.*' \}/);
    expect(output).toContain("Your providers.jsonc was not changed.");
    expect(output).not.toContain("sk-canary");
  }

  const profile = join(userHome, "profile");
  await rename(profile, `${profile}-before`);
  await writeFile(profile, "");
  const { code, output } = await startUntilEnd(userHome, demo.env);
  expect(code).toBe(1);
  expect(output).toContain("Error box: mux Settings could not start");
  expect(output).toContain(`cannot write to its data folder, ${profile}.`);
  await rm(profile);
  await rename(`${profile}-before`, profile);

  // Chromium's lock on Windows is not a file.
  if (process.platform !== "win32") {
    const lock = join(profile, "SingletonLock");
    await symlink("another-computer-999999", lock);
    const locked = await startUntilEnd(userHome, demo.env);
    expect(locked.code).toBe(1);
    expect(locked.output).toContain("Error box: mux Settings could not start");
    expect(locked.output).toContain(`cannot lock its data folder, ${profile}.`);
    await rm(lock);
  }

  const panel = await openPanel();
  await panel.ui.ready();
  expect(await textOf(demo)).toBe(COMMENTED);
});

test("shows the hidden window and exits with code 0 when the app already runs", async ({
  demo,
  userHome,
  panel,
}) => {
  const isVisible = () =>
    panel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  // On macOS, a window behind that of another test counts as invisible.
  await panel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.show());
  await expect.poll(isVisible).toBe(true);
  await panel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  expect(await isVisible()).toBe(false);

  const { code, output } = await startUntilEnd(userHome, demo.env);
  expect(output).toContain("mux Settings is already running.");
  expect(code).toBe(0);
  await expect.poll(isVisible).toBe(true);
  expect(panel.app.windows()).toHaveLength(1);
});

test("shows the window on Wayland, where a hidden window is never painted", async ({
  demo,
  userHome,
}) => {
  // Electron itself would need a Wayland server. The test then only shows that the window appears.
  const switches = installedRuntime()?.kind === "chromium" ? ["--ozone-platform=wayland"] : [];
  const panel = await launchPanel({ env: demo.env, userHome, switches });
  const isVisible = () =>
    panel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  await expect.poll(isVisible).toBe(true);
  await panel.end();
});
