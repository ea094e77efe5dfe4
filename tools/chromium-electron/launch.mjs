/** The command `electron [switches] <app> [arguments]`: starts Chromium, provides `require("electron")`, runs the app. */
import fs from "node:fs";
import inspector from "node:inspector";
import Module, { createRequire } from "node:module";
import path from "node:path";

import { findChromium, startChromium } from "./chromium.mjs";
import { parseCommandLine } from "./command-line.mjs";
import { createElectron } from "./electron-module.mjs";
import { notImitated } from "./strict.mjs";

const require = createRequire(import.meta.url);

/** How long to wait for the first document before announcing Chromium anyway. */
const FIRST_DOCUMENT_MS = 10_000;
/** How long to wait for an app without a window. */
const FIRST_WINDOW_MS = 1_000;

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/**
 * Resolves the app's path like Electron: a directory with a package.json, or a file.
 *
 * @param {string} given
 */
function findApp(given) {
  const at = path.resolve(given);
  const manifest = path.join(at, "package.json");
  const described = fs.existsSync(manifest);
  const { name, productName, version } = described
    ? JSON.parse(fs.readFileSync(manifest, "utf8"))
    : {};
  let file;
  try {
    file = require.resolve(at);
  } catch (error) {
    return fail(`Unable to find Electron app at ${at}\n\n${/** @type {Error} */ (error).message}`);
  }
  if (path.extname(file) === ".mjs") throw notImitated("an ECMAScript module as the main script");
  return {
    file,
    appPath: described ? at : path.dirname(file),
    name: productName ?? name ?? "Electron",
    version: version ?? electronVersion(),
  };
}

/** The imitated version, which is the installed one. */
function electronVersion() {
  return /** @type {string} */ (require("electron/package.json").version);
}

/* oxlint-disable no-underscore-dangle -- the only place where every require passes has this name in Node. */

/** Node's CommonJS loader, which its types omit. */
const loader = /** @type {{ _load: (request: string, ...rest: unknown[]) => unknown }} */ (
  /** @type {unknown} */ (Module)
);

/** @param {object} electron */
function answerRequire(electron) {
  const load = loader._load;
  loader._load = (request, ...rest) => {
    if (/^electron(?:\/(?:main|common))?$/.test(request)) return electron;
    if (request === "electron/renderer") throw notImitated("electron/renderer in the main process");
    return Reflect.apply(load, loader, [request, ...rest]);
  };
}

/** @param {string} value of `--inspect` */
function openInspector(value) {
  const [, host = "127.0.0.1", port = "9229"] = /^(?:(.*):)?(\d+)?$/.exec(value) ?? [];
  // Prints the line that Playwright waits for.
  inspector.open(Number(port), host);
}

async function launch() {
  const commandLine = parseCommandLine(process.argv.slice(2));
  const { switches } = commandLine;
  if (commandLine.wantsVersion) {
    process.stdout.write(`v${electronVersion()}\n`);
    return;
  }
  if (commandLine.app === undefined)
    fail("Usage: electron [switches] <directory or file> [arguments]");
  const executable = findChromium(process.env);
  if (executable === undefined) {
    fail(
      "chromium-electron found no Chromium or Chrome. Install one, or name it in CHROMIUM_PATH.",
    );
  }
  const found = findApp(commandLine.app);
  const isSandboxed = !switches.has("no-sandbox");
  if (isSandboxed && process.platform === "linux" && process.getuid?.() === 0) {
    fail("Running as root without --no-sandbox is not supported. See https://crbug.com/638180.");
  }

  const hasScreen =
    process.platform !== "linux" ||
    Boolean(process.env["DISPLAY"]) ||
    Boolean(process.env["WAYLAND_DISPLAY"]);
  const hasDisplay = hasScreen && !process.env["CHROMIUM_ELECTRON_HEADLESS"];
  const logging = Boolean(process.env["ELECTRON_ENABLE_LOGGING"]) || switches.has("enable-logging");
  const chromium = startChromium({
    executable,
    headless: !hasDisplay,
    isSandboxed,
    port: switches.get("remote-debugging-port"),
    logging,
  });
  process.on("exit", chromium.kill);

  if (commandLine.inspect !== undefined) openInspector(commandLine.inspect);

  // Announced only now: a debugger that connects earlier would find an empty window.
  const announce = () => void chromium.endpoint.then((url) => announceOnce(url));
  let announced = false;
  /** @param {string} url */
  function announceOnce(url) {
    if (!announced) process.stderr.write(`\nDevTools listening on ${url}\n`);
    announced = true;
  }

  const { devtools } = chromium;
  let started = false;
  const connected = devtools.browser.send("Browser.getVersion").then(({ product }) => {
    started = true;
    versions["chrome"] = product.replace(/^[^/]*\//, "");
    return devtools;
  });
  /** @type {Record<string, string>} */
  const versions = { ...process.versions, electron: electronVersion(), chrome: "" };
  const { electron, app, targets } = createElectron({
    ...found,
    versions,
    switches,
    connected,
    hasDisplay,
    isWayland:
      switches.get("ozone-platform") === "wayland" ||
      (process.env["XDG_SESSION_TYPE"] === "wayland" && Boolean(process.env["WAYLAND_DISPLAY"])),
    isSandboxed,
    logging,
    onCommitted: announce,
  });
  pretendToBeElectron(versions);
  answerRequire(electron);

  process.on("unhandledRejection", (reason) => {
    // As in Electron, it is reported and does not end the app.
    if (process.listenerCount("unhandledRejection") === 1)
      console.error("UnhandledPromiseRejectionWarning:", reason);
  });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.once(signal, () => app.quit());
  }
  void chromium.ended.then((how) => {
    if (!started) fail(`chromium-electron could not start ${executable}: ${how}`);
    // Open windows have already notified the app.
    if (electron.BrowserWindow.getAllWindows().length === 0) app.quit();
    return undefined;
  });

  // Chromium writes such lines on most systems, so nothing may depend on an empty stderr.
  process.stderr.write(
    `[${process.pid}:0101/000000.000000:ERROR:dbus/bus.cc:408] Failed to connect to the bus: (chromium-electron)\n`,
  );
  for (const file of commandLine.required) require(path.resolve(file));
  // Electron's default app imports the file, so it is not the main module, and there is none.
  loader._load(found.file, null, false);

  await targets.follow(await connected);
  setTimeout(() => {
    if (electron.BrowserWindow.getAllWindows().length === 0) announce();
  }, FIRST_WINDOW_MS).unref();
  setTimeout(announce, FIRST_DOCUMENT_MS).unref();
  app.becomeReady();
}

/** @param {Record<string, string>} versions */
function pretendToBeElectron(versions) {
  process.argv = [path.join(import.meta.dirname, "electron"), ...process.argv.slice(2)];
  Object.defineProperty(process, "versions", { value: versions, enumerable: true });
  Object.assign(process, { type: "browser", defaultApp: true });
}

void launch();
