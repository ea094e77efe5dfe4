/** Makes sure that only one instance of the app runs. */
import { mkdirSync, mkdtempSync, readlinkSync, rmdirSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

/** The part of Electron's `app` that takes the lock. */
export interface LockingApp {
  readonly requestSingleInstanceLock: () => boolean;
  readonly getPath: (name: "userData") => string;
}

/** Chromium's lock on Linux and macOS: a symlink to `<host>-<process ID>`. */
const LOCK_LINK = "SingletonLock";

export type InstanceLock = "taken" | "running" | "no-lock" | "no-folder";

/**
 * Takes the lock, which is in the data folder.
 *
 * Electron's answer is false for four reasons (shell/browser/api/electron_api_app.cc,
 * `RequestSingleInstanceLock`): another instance was notified, the lock could not be created, another
 * computer holds it, or the folder cannot be written. Only the first one is `running`.
 */
export function takeInstanceLock(app: LockingApp, platform: NodeJS.Platform): InstanceLock {
  const folder = app.getPath("userData");
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    rmdirSync(mkdtempSync(join(folder, ".writable-")));
  } catch {
    return "no-folder";
  }
  if (app.requestSingleInstanceLock()) return "taken";
  return platform === "win32" || isHeldHere(join(folder, LOCK_LINK)) ? "running" : "no-lock";
}

/** Whether a process of this computer holds the lock. */
function isHeldHere(link: string): boolean {
  let owner: string;
  try {
    owner = readlinkSync(link);
  } catch {
    return false;
  }
  const dash = owner.lastIndexOf("-");
  // A laptop may change its name while the app runs.
  return owner.slice(0, dash) === hostname() || isAlive(Number(owner.slice(dash + 1)));
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
