/** Keeps the replaced file under a second name, for an editor that is still writing to it. */
import { link, rename, unlink } from "node:fs/promises";

import { whileBusy } from "./busy";
import { holdsBytes, identify, identifyNow, type FileVersion } from "./read-file";

export interface OldFile {
  /** The identity of the file's name until another program changes it. */
  readonly identity: string;
  /** Whether another program has written to it since it was read. */
  readonly isWritten: () => boolean;
  /**
   * Restores its name if that still refers to `replacement` (null: no file). If another program has
   * saved under the name since, that program's file stays.
   */
  readonly restore: (replacement: Buffer | null) => Promise<void>;
  /** Removes its second name. */
  readonly drop: () => Promise<void>;
}

/**
 * Links the file `target` to the second name `path` before a save replaces it. An editor that saves
 * in place writes to the file that it opened, even after that file has lost its name. Null if the
 * disk does not support hard links or the file is no longer the version `before`.
 */
export async function keepOld(
  target: string,
  path: string,
  before: FileVersion,
): Promise<OldFile | null> {
  const drop = async () => whileBusy(() => unlink(path)).catch(() => undefined);
  try {
    if ((await identify(target))?.identity !== before.identity) return null;
    await link(target, path);
  } catch {
    return null;
  }
  try {
    // The link changes the file's ctime, so only the content is compared.
    const linked = await identify(path);
    if (linked?.content === before.content) {
      return {
        identity: linked.identity,
        isWritten: () => {
          const now = identifyNow(path);
          return now !== null && now.content !== before.content;
        },
        restore: async (replacement) => {
          const same = await holdsBytes(target, replacement);
          if (!same.success || !same.data) return;
          await whileBusy(() => (replacement === null ? link(path, target) : rename(path, target)));
        },
        drop,
      };
    }
  } catch {
    // The second name cannot be used, so it is removed below.
  }
  await drop();
  return null;
}
