/** Makes sure that only one instance of the app runs. */
import { mkdirSync, mkdtempSync, rmdirSync } from "node:fs";
import { join } from "node:path";

/** The part of Electron's `app` that takes the lock. */
export interface LockingApp {
  readonly requestSingleInstanceLock: () => boolean;
  readonly getPath: (name: "userData") => string;
}

/**
 * Takes the lock, which is in the data folder. Electron also refuses it when that folder cannot be
 * written, so `no-folder` is told apart from `running`.
 */
export function takeInstanceLock(app: LockingApp): "taken" | "running" | "no-folder" {
  const folder = app.getPath("userData");
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    rmdirSync(mkdtempSync(join(folder, ".writable-")));
  } catch {
    return "no-folder";
  }
  return app.requestSingleInstanceLock() ? "taken" : "running";
}
