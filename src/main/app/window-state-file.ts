/** `window.json`: where the window was closed last, in the app's own folder, mode 0600. */
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";

import { success, type Result } from "../../shared/result";
import { readBytes, readVersion } from "../disk/read-file";
import { saveFile } from "../disk/save-file";
import { WINDOW_STATE, type WindowState } from "./window-state";

/** Null when there is none yet, or none that can be understood: the window then opens as usual. */
export async function readWindowState(file: string): Promise<WindowState | null> {
  const bytes = await readBytes(file);
  if (!bytes.success || bytes.data === null) return null;
  try {
    return WINDOW_STATE.parse(JSON.parse(bytes.data.toString("utf8")));
  } catch {
    return null;
  }
}

/** Fails with an error of the file system; what was remembered before is unharmed then. */
export async function saveWindowState(file: string, state: WindowState): Promise<Result<null>> {
  // What is wrong with the directory the save will say.
  await mkdir(dirname(file), { recursive: true, mode: 0o700 }).catch(() => undefined);
  const before = await readVersion(file);
  if (!before.success) return before;
  const saved = await saveFile(file, before.data, Buffer.from(`${JSON.stringify(state)}\n`));
  return saved.success ? success(null) : saved;
}
