/** Opens the window and enforces its security policy. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

import { app, BrowserWindow, protocol, session, shell } from "electron";

import type { FilePlace } from "../../shared/errors";
import { APP_PAGE, APP_SCHEME, isOwnPage, mayOpenExternally } from "./addresses";
import { serveFile } from "./app-files";
import { consoleLog } from "../text/log";
import { editorUrl } from "./editor-url";
import { showWhenPainted } from "./show-window";
import { MIN_SIZE, type WindowPlace, type WindowState } from "./window-state";

const PRELOAD = join(__dirname, "../preload/index.cjs");

/** Call it before the app is ready: Electron requires that for privileged schemes. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

/**
 * Serves the panel's page from `directory`, the built renderer. Call it when the app is ready.
 * `onRequest` is called for each file.
 */
export function serveApp(directory: string, onRequest: () => void): void {
  protocol.handle(APP_SCHEME, (request) => {
    onRequest();
    return serveFile(directory, request);
  });
}

export interface WindowOptions {
  readonly devServer: string | null;
  readonly place: WindowPlace;
  /** Called with the window's position when it closes. */
  readonly onClose: (state: WindowState) => void;
  /** Called when the page fails to load, crashes before the window is shown, or crashes again. */
  readonly onFailure: (error: unknown) => void;
}

/** Longer than a page needs to load, and short enough to wait for. */
const HIDDEN_LIMIT_MS = 2_000;

/** Opens the settings window. It stays hidden until the page is painted or loaded, or for 2 seconds. */
export function openWindow({ devServer, place, ...events }: WindowOptions): BrowserWindow {
  const { width, height, at, maximized } = place;
  const window = new BrowserWindow({
    title: "mux Settings",
    width,
    height,
    ...at,
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
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
  showWhenPainted(window, { maximized, limitMs: HIDDEN_LIMIT_MS, onCrash: events.onFailure });
  window.on("close", () => {
    events.onClose({
      version: 1,
      bounds: window.getNormalBounds(),
      maximized: window.isMaximized(),
    });
  });
  keepOnPage(window, devServer);
  window.loadURL(devServer ?? APP_PAGE).catch((error: unknown) => {
    if (!window.isDestroyed() && !wasAborted(error)) events.onFailure(error);
  });
  return window;
}

/** Chromium's ERR_ABORTED: another load replaced this one. */
function wasAborted(error: unknown): boolean {
  return error instanceof Error && "errno" in error && error.errno === -3;
}

/** Lets the Copy buttons write plain text to the clipboard, but not read it. */
const GRANTED = "clipboard-sanitized-write";

/** Denies every other permission without a prompt. */
export function refusePermissions(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permission === GRANTED),
  );
  defaultSession.setPermissionCheckHandler((_contents, permission) => permission === GRANTED);
}

/** Opens a Cloudflare page in the system browser; ignores any other URL. */
export function openLink(url: string): void {
  if (mayOpenExternally(url)) void openExternally(url);
}

/** Shows `file` in the file manager, or its folder if the file is missing. */
export function revealFile(file: string): void {
  shell.showItemInFolder(existsSync(file) ? file : dirname(file));
}

/**
 * Opens `file` in the user's editor, and tells whether that succeeded. With a place, an editor that can open
 * a file at a line is preferred.
 */
export async function openFile(file: string, place: FilePlace | null = null): Promise<boolean> {
  const isInstalled = (scheme: string): boolean =>
    app.getApplicationNameForProtocol(`${scheme}://`) !== "";
  const url = place === null ? null : editorUrl(file, place, isInstalled);
  if (url !== null) {
    try {
      await shell.openExternal(url);
      return true;
    } catch {
      consoleLog.warn("The editor could not be opened at the line. The file is opened as usual.");
    }
  }
  const refused = await shell.openPath(file);
  if (refused !== "") consoleLog.warn(`${file} could not be opened: ${refused}`);
  return refused === "";
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
  // The page has no frames. If one appears, it must not navigate.
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
