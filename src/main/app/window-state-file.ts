/** Stores the window's last position in `window.json` in the app's data folder, mode 0600. */
import { success, type Result } from "../../shared/result";
import { openJsonFile, type JsonFile } from "../disk/json-file";
import { WINDOW_STATE, type WindowState } from "./window-state";

/** Null when the file is missing or invalid; the window then opens at its default place. */
export async function readWindowState(file: string): Promise<WindowState | null> {
  return open(file).read();
}

/** Fails with a file system error and leaves the file unchanged. */
export async function saveWindowState(file: string, state: WindowState): Promise<Result<null>> {
  const saved = await open(file).change(() => state);
  return saved.success ? success(null) : saved;
}

function open(file: string): JsonFile<WindowState | null> {
  return openJsonFile<WindowState | null>({
    file,
    schema: WINDOW_STATE,
    empty: () => null,
  });
}
