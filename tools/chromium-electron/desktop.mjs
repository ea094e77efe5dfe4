/** Electron's `shell`, `dialog`, `screen` and `clipboard`, as far as a desktop exists. */
import { spawn } from "node:child_process";
import path from "node:path";

import { notImitated, strict, strictEmitter } from "./strict.mjs";

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
 * @returns {Promise<void>} rejects when there is no desktop or it refuses
 */
function openOnDesktop(target, hasDisplay) {
  if (!hasDisplay) {
    return Promise.reject(new Error(`Failed to open: there is no desktop for ${target}`));
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
    beep() {
      process.stderr.write("\u0007");
    },
  });
}

export function createDialog() {
  return strict("dialog", {
    /**
     * @param {string} title
     * @param {string} content
     */
    showErrorBox(title, content) {
      process.stderr.write(`${title}\n${content}\n`);
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

/** One fixed display, whose size is not the real one's. */
const DISPLAY = {
  id: 1,
  label: "chromium-electron",
  bounds: { x: 0, y: 0, width: 1280, height: 800 },
  workArea: { x: 0, y: 0, width: 1280, height: 800 },
  size: { width: 1280, height: 800 },
  workAreaSize: { width: 1280, height: 800 },
  scaleFactor: 1,
  rotation: 0,
  internal: true,
};

export class Screen extends strictEmitter("screen", [
  "display-added",
  "display-metrics-changed",
  "display-removed",
]) {
  getAllDisplays() {
    return [structuredClone(DISPLAY)];
  }

  getPrimaryDisplay() {
    return structuredClone(DISPLAY);
  }

  getDisplayMatching() {
    return structuredClone(DISPLAY);
  }

  getDisplayNearestPoint() {
    return structuredClone(DISPLAY);
  }
}

export function createClipboard() {
  let kept = "";
  return strict("clipboard", {
    /** @param {string} text kept in this process; the desktop's clipboard is not used */
    writeText(text) {
      kept = text;
    },
    readText: () => kept,
    clear() {
      kept = "";
    },
  });
}
