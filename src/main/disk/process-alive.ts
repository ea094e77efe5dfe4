/** Whether a process is running, and so whether its lock or temporary file is in use. */
import { errnoOf } from "./file-problem";

/** `EPERM` means that the process belongs to another user and is alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) === "EPERM";
  }
}
