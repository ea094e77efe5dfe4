/** The result of `require("electron")`: all imitated parts. */
import { App } from "./app.mjs";
import { BrowserWindow } from "./browser-window.mjs";
import { createDialog, createScreen, createShell } from "./desktop.mjs";
import { ipcMain } from "./ipc-main.mjs";
import { Menu, MenuItem, menusActOn } from "./menu.mjs";
import { NativeTheme } from "./native-theme.mjs";
import { createProtocol } from "./protocol.mjs";
import { createSafeStorage } from "./safe-storage.mjs";
import { Schemes } from "./schemes.mjs";
import { createSession } from "./session.mjs";
import { notImitated, strict } from "./strict.mjs";
import { Targets } from "./targets.mjs";
import { WebContents } from "./web-contents.mjs";

/**
 * The shared objects of all parts.
 *
 * @typedef {object} Imitation
 * @property {App} app
 * @property {Schemes} schemes
 * @property {ReturnType<typeof createProtocol>} protocol
 * @property {object} session what `webContents.session` is
 * @property {ReturnType<typeof createSession>} requests
 * @property {NativeTheme} theme
 * @property {Targets} targets
 * @property {Record<string, string>} versions
 * @property {boolean} logging whether pages' consoles go to stderr
 * @property {boolean} hasDisplay
 * @property {boolean} isWayland windows are not painted while hidden, and cannot be placed
 * @property {boolean} hasViewer whether a user or a debugger can answer a dialog
 * @property {() => boolean} isReady
 * @property {() => void} allWindowsClosed
 * @property {(url: string) => void} committed a window shows its first or next document
 */

/**
 * @param {{
 *   name: string,
 *   version: string,
 *   appPath: string,
 *   versions: Record<string, string>,
 *   switches: Map<string, string>,
 *   connected: Promise<import("./devtools.mjs").DevTools>,
 *   hasDisplay: boolean,
 *   isWayland: boolean,
 *   isSandboxed: boolean,
 *   logging: boolean,
 *   onCommitted: (url: string) => void,
 * }} options connected: resolves when Chromium responds
 */
export function createElectron(options) {
  const { switches, connected, hasDisplay, isWayland, logging } = options;
  const isReady = () => app.isReady();
  const app = new App({ ...options, windows: () => BrowserWindow.getAllWindows() });
  const schemes = new Schemes();
  const protocol = createProtocol({ schemes, isReady });
  const requests = createSession({ connected, protocol: protocol.ofSession });
  menusActOn({
    quit: () => app.quit(),
    showAboutPanel: () => app.showAboutPanel(),
    focusedWindow: () => BrowserWindow.getFocusedWindow() ?? undefined,
  });
  const theme = new NativeTheme(() => {
    for (const contents of WebContents.getAllWebContents()) contents.applyTheme();
  });
  const targets = new Targets(connected);
  BrowserWindow.imitatedBy({
    app,
    schemes,
    protocol,
    session: requests.session,
    requests,
    theme,
    targets,
    versions: options.versions,
    logging,
    hasDisplay,
    isWayland,
    hasViewer: hasDisplay || switches.has("remote-debugging-port"),
    isReady,
    allWindowsClosed: () => app.allWindowsClosed(),
    committed: options.onCommitted,
  });

  const electron = strict("electron", {
    app,
    BrowserWindow: strict("BrowserWindow", BrowserWindow),
    dialog: createDialog(isReady),
    ipcMain,
    Menu: strict("Menu", Menu),
    MenuItem,
    nativeTheme: theme,
    protocol: protocol.ofApp,
    safeStorage: createSafeStorage({ switches, env: process.env, isReady }),
    screen: createScreen(isReady),
    session: strict("session", {
      get defaultSession() {
        if (!isReady()) throw new Error("Session can only be received when app is ready");
        return requests.session;
      },
      /** @param {string} partition */
      fromPartition(partition) {
        if (partition !== "") throw notImitated(`session.fromPartition("${partition}")`);
        return requests.session;
      },
    }),
    shell: createShell(hasDisplay),
    webContents: strict("webContents", WebContents),
  });

  return { electron, app, targets };
}
