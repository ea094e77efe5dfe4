/** The parts that measure file operations in their own process, bundled as the app is. */
import { measureSpeed } from "./file";
import { measureCalls, measureMirror, measureShape } from "./file-call";
import { measureMany } from "./file-many";
import { measureSave } from "./file-save";
import type { Row } from "./table";

export const FILE_PARTS: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  "file-speed": async () => measureSpeed(),
  "file-call": measureCalls,
  "file-duplicates": () => measureShape("duplicate tokens"),
  "file-comments": () => measureShape("comments"),
  "file-providers": () => measureShape("providers"),
  "file-mirror": measureMirror,
  "file-save": measureSave,
  "file-many": measureMany,
};
