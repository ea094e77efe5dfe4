/** The window and its security policy: what the page in it may be, open, ask for and reach. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

import { BrowserWindow, protocol, session, shell } from "electron";

import { APP_PAGE, APP_SCHEME, isOwnPage, mayOpenExternally } from "./addresses";
import { answerFromFiles } from "./app-files";
import { consoleLog } from "../text/log";
import { LEAST_SIZE, type WindowPlace, type WindowState } from "./window-state";

const PRELOAD = join(__dirname, "../preload/index.cjs");

/** To be called before the app is ready, as Electron demands of privileged schemes. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true } },
  ]);
}

/** Serves the panel's page from `directory`, the built renderer. To be called once the app is ready. */
export function serveApp(directory: string): void {
  protocol.handle(APP_SCHEME, (request) => answerFromFiles(directory, request));
}

export interface WindowOptions {
  readonly devServer: string | null;
  readonly place: WindowPlace;
  /** Told where the window stood when it closes. */
  readonly onClose: (state: WindowState) => void;
  /** Told when the page could not be loaded: the window then never shows itself. */
  readonly onFailure: (error: unknown) => void;
}

/** Opens the settings window; it shows itself once it has something to show. */
export function openWindow({ devServer, place, ...told }: WindowOptions): BrowserWindow {
  const { width, height, at, maximized } = place;
  const window = new BrowserWindow({
    title: "mux Settings",
    width,
    height,
    ...at,
    minWidth: LEAST_SIZE.width,
    minHeight: LEAST_SIZE.height,
    show: false,
    webPreferences: {
      preload: PRELOAD,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  window.once("ready-to-show", () => {
    if (maximized) window.maximize();
    window.show();
  });
  window.on("close", () => {
    told.onClose({ version: 1, bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  });
  keepOnPage(window, devServer);
  window.loadURL(devServer ?? APP_PAGE).catch((error: unknown) => {
    if (!window.isDestroyed() && !wasAborted(error)) told.onFailure(error);
  });
  return window;
}

/** Chromium's ERR_ABORTED: another load took the place of this one. */
function wasAborted(error: unknown): boolean {
  return error instanceof Error && "errno" in error && error.errno === -3;
}

/** What the page's Copy buttons need: to write plain text, at a press, and never to read. */
const GRANTED = "clipboard-sanitized-write";

/** Refuses every other permission before anybody is asked. */
export function refusePermissions(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permission === GRANTED),
  );
  defaultSession.setPermissionCheckHandler((_contents, permission) => permission === GRANTED);
}

/** Opens a page of Cloudflare's in the system's browser, and nothing else. */
export function openLink(url: string): void {
  if (mayOpenExternally(url)) void openExternally(url);
}

/** Shows providers.jsonc, or its folder while there is none. `file`: the gateway's own path. */
export function revealFile(file: string): void {
  shell.showItemInFolder(existsSync(file) ? file : dirname(file));
}

/** Opens providers.jsonc in the user's editor. `file`: the gateway's own path. */
export async function openFile(file: string): Promise<void> {
  const refused = await shell.openPath(file);
  if (refused !== "") consoleLog.warn(`${file} could not be opened: ${refused}`);
}

function keepOnPage(window: BrowserWindow, devServer: string | null): void {
  const { webContents } = window;
  webContents.setWindowOpenHandler(({ url }) => {
    openLink(url);
    return { action: "deny" };
  });
  webContents.on("will-navigate", (event) => {
    if (!isOwnPage(event.url, devServer)) event.preventDefault();
  });
  // A frame has no place in the page, and goes nowhere should one come to be.
  webContents.on("will-frame-navigate", (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  webContents.on("will-redirect", (event) => event.preventDefault());
  webContents.on("will-attach-webview", (event) => event.preventDefault());
}

async function openExternally(url: string): Promise<void> {
  try {
    await shell.openExternal(url);
  } catch {
    consoleLog.warn("The system browser could not be opened.");
  }
}
