/** Whether a process still runs, which is what tells a lock or a temporary file that is in use. */
import { errnoOf } from "./file-problem";

/** A process of another user answers `EPERM`, and is alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) === "EPERM";
  }
}
