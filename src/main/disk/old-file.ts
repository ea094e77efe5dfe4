/** The file that a save replaces, kept beside it for an editor that is still writing into it. */
import { link, rename, unlink } from "node:fs/promises";

import { contentOf, type FileVersion } from "./read-file";

export interface OldFile {
  /** Whether somebody has written into it since it was read. */
  readonly isWritten: () => Promise<boolean>;
  /**
   * Gives it its name back. `replacement` is the content mark of the file that has the name now, or
   * null for none; whoever has saved under the name since then keeps it.
   */
  readonly putBack: (replacement: string | null) => Promise<void>;
  /** Removes its second name. */
  readonly drop: () => Promise<void>;
}

/**
 * Gives the file `target` a second name, before its first goes to another file. An editor that saves
 * in place writes into the file it has opened, whatever its name means by then. Null where the disk
 * knows no second names.
 */
export async function keepOld(
  target: string,
  path: string,
  before: FileVersion,
): Promise<OldFile | null> {
  try {
    await link(target, path);
  } catch {
    return null;
  }
  return {
    isWritten: async () => {
      const content = await contentOf(path);
      return content !== null && content !== before.content;
    },
    putBack: async (replacement) => {
      if ((await contentOf(target)) !== replacement) return;
      await (replacement === null ? link(path, target) : rename(path, target));
    },
    drop: async () => unlink(path).catch(() => undefined),
  };
}
