/** `window.json`: where the window was closed last, in the app's own folder, mode 0600. */
import { success, type Result } from "../../shared/result";
import { openJsonFile, type JsonFile } from "../disk/json-file";
import { WINDOW_STATE, type WindowState } from "./window-state";

/** Null when there is none yet, or none that can be understood: the window then opens as usual. */
export async function readWindowState(file: string): Promise<WindowState | null> {
  return open(file).read();
}

/** Fails with an error of the file system; the file is unharmed then. */
export async function saveWindowState(file: string, state: WindowState): Promise<Result<null>> {
  const saved = await open(file).change(() => state);
  return saved.success ? success(null) : saved;
}

function open(file: string): JsonFile<WindowState | null> {
  return openJsonFile<WindowState | null>({ file, schema: WINDOW_STATE, empty: () => null });
}
