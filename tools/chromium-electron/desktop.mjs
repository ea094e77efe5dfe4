/** Electron's `shell`, `dialog` and `screen`, as far as a desktop exists. */
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

import { notImitated, strict } from "./strict.mjs";

const OPENERS = new Map(
  /** @type {[string, { command: string, args: string[] }][]} */ ([
    ["darwin", { command: "open", args: [] }],
    ["win32", { command: "rundll32", args: ["url.dll,FileProtocolHandler"] }],
  ]),
);

/**
 * Opens a target with the desktop's opener and waits for its exit.
 *
 * @param {string} target a URL or a path
 * @param {boolean} hasDisplay
 * @returns {Promise<void>} rejects when the desktop is missing or refuses
 */
function openOnDesktop(target, hasDisplay) {
  if (!hasDisplay) {
    return Promise.reject(new Error(`Failed to open: no desktop can open ${target}`));
  }
  const { command, args } = OPENERS.get(process.platform) ?? { command: "xdg-open", args: [] };
  return new Promise((resolve, reject) => {
    const opener = spawn(command, [...args, target], { stdio: "ignore" });
    opener.on("error", (error) => reject(new Error(`Failed to open: ${error.message}`)));
    opener.on("exit", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`Failed to open: ${command} ended with ${code}`));
    });
  });
}

/** @param {boolean} hasDisplay */
export function createShell(hasDisplay) {
  return strict("shell", {
    /** @param {string} url */
    async openExternal(url) {
      if (!URL.canParse(url)) throw new Error("Invalid URL");
      await openOnDesktop(url, hasDisplay);
    },
    /** @param {string} file */
    async openPath(file) {
      try {
        await openOnDesktop(file, hasDisplay);
        return "";
      } catch (error) {
        return /** @type {Error} */ (error).message;
      }
    },
    /** @param {string} file shown by opening its directory */
    showItemInFolder(file) {
      openOnDesktop(path.dirname(file), hasDisplay).catch((error) =>
        process.stderr.write(`chromium-electron: ${error.message}\n`),
      );
    },
  });
}

/** @param {() => boolean} isReady */
export function createDialog(isReady) {
  return strict("dialog", {
    /**
     * Modal, as in Electron: the caller waits until a user closes the box. Before `ready` on Linux, Electron only
     * writes to stderr (docs/api/dialog.md).
     *
     * @param {string} title
     * @param {string} content
     */
    showErrorBox(title, content) {
      fs.writeSync(2, `${title}\n${content}\n`);
      if (process.platform !== "linux" || isReady()) waitForUser();
    },
    showMessageBox() {
      return Promise.reject(notImitated("dialog.showMessageBox"));
    },
    showMessageBoxSync() {
      throw notImitated("dialog.showMessageBoxSync");
    },
    showOpenDialog() {
      return Promise.reject(notImitated("dialog.showOpenDialog"));
    },
    showSaveDialog() {
      return Promise.reject(notImitated("dialog.showSaveDialog"));
    },
  });
}

/** Returns when a user presses Enter in the terminal. Without a terminal, the process waits forever. */
function waitForUser() {
  // A signal must be able to end the process while it waits.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.removeAllListeners(signal);
  if (!process.stdin.isTTY) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    return;
  }
  fs.writeSync(2, "Press Enter to close this message.\n");
  fs.readSync(0, Buffer.alloc(1024));
}

/** One fixed display, whose size is not the real one's. */
export const WORK_AREA = { x: 0, y: 0, width: 1280, height: 800 };

const DISPLAY = {
  id: 1,
  label: "chromium-electron",
  bounds: { x: 0, y: 0, width: 1280, height: 800 },
  workArea: WORK_AREA,
  size: { width: 1280, height: 800 },
  workAreaSize: { width: 1280, height: 800 },
  scaleFactor: 1,
  rotation: 0,
  internal: true,
};

/** @param {() => boolean} isReady */
export function createScreen(isReady) {
  const display = () => {
    if (!isReady()) {
      throw new Error("The 'screen' module can't be used before the app 'ready' event");
    }
    return structuredClone(DISPLAY);
  };
  return strict("screen", {
    getAllDisplays: () => [display()],
    getPrimaryDisplay: display,
  });
}
