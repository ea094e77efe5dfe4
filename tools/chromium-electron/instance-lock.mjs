/** `app.requestSingleInstanceLock`: one process per userData directory, which is notified of later ones. */
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** @typedef {{ argv: string[], workingDirectory: string, additionalData: unknown }} Arrival */

/**
 * Distinguishes two processes with the same id at different times; empty when unknown.
 *
 * @param {number} pid
 */
function startOf(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

/** @param {string} file */
function isHeld(file) {
  try {
    const { pid, start } = JSON.parse(fs.readFileSync(file, "utf8"));
    process.kill(pid, 0);
    return startOf(pid) === start;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/**
 * Whether a process of another computer holds Chromium's lock, whose target is `<host>-<process ID>`. Chromium then
 * refuses to start (chrome/browser/process_singleton_posix.cc).
 *
 * @param {string} link
 */
function isOfAnotherComputer(link) {
  try {
    const owner = fs.readlinkSync(link);
    return owner.slice(0, owner.lastIndexOf("-")) !== os.hostname();
  } catch {
    return false;
  }
}

/**
 * Takes the lock, or leaves a note for the holder. Synchronous, like Electron's.
 *
 * @param {string} userData
 * @param {Arrival} arrival of this process
 * @param {(arrival: Arrival) => void} onArrival called in the holder for each later process
 * @returns {{ release: () => void } | undefined} undefined: another living process holds it, or another computer
 */
export function takeInstanceLock(userData, arrival, onArrival) {
  const link = path.join(userData, "SingletonLock");
  if (isOfAnotherComputer(link)) return undefined;
  const directory = path.join(userData, "chromium-electron-instance");
  const notes = path.join(directory, "arrivals");
  const file = path.join(directory, "lock");
  fs.mkdirSync(notes, { recursive: true });
  const draft = path.join(directory, randomUUID());
  fs.writeFileSync(draft, JSON.stringify({ pid: process.pid, start: startOf(process.pid) }));
  try {
    for (;;) {
      try {
        // Creating a link is atomic and never replaces another.
        fs.linkSync(draft, file);
        break;
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
        if (isHeld(file)) {
          const note = path.join(notes, randomUUID());
          fs.writeFileSync(`${note}.part`, JSON.stringify(arrival));
          fs.renameSync(`${note}.part`, `${note}.json`);
          return undefined;
        }
        fs.rmSync(file, { force: true });
      }
    }
  } finally {
    fs.rmSync(draft, { force: true });
  }

  // As Chromium's own on Linux and macOS, for programs that look who holds the lock.
  fs.rmSync(link, { force: true });
  fs.symlinkSync(`${os.hostname()}-${process.pid}`, link);

  for (const old of fs.readdirSync(notes)) fs.rmSync(path.join(notes, old), { force: true });
  const watcher = fs.watch(notes, () => {
    for (const name of fs.readdirSync(notes).filter((entry) => entry.endsWith(".json"))) {
      const note = path.join(notes, name);
      const arrived = /** @type {Arrival} */ (JSON.parse(fs.readFileSync(note, "utf8")));
      fs.rmSync(note);
      onArrival(arrived);
    }
  });
  watcher.unref();
  return {
    release() {
      watcher.close();
      fs.rmSync(link, { force: true });
      fs.rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}
