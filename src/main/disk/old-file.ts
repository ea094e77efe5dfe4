/** The file that a save replaces, kept beside it for an editor that is still writing into it. */
import { link, rename, unlink } from "node:fs/promises";

import { contentOf, holdsBytes, identityOf, type FileVersion } from "./read-file";

export interface OldFile {
  /** What `identityOf` its name answers from now on, until somebody changes it. */
  readonly identity: string | null;
  /** Whether somebody has written into it since it was read. */
  readonly isWritten: () => Promise<boolean>;
  /**
   * Gives it its name back, unless that leads to anything but `replacement` by now: whoever has
   * saved under the name since then keeps it. Null is no file.
   */
  readonly putBack: (replacement: Buffer | null) => Promise<void>;
  /** Removes its second name. */
  readonly drop: () => Promise<void>;
}

/**
 * Gives the file `target` the second name `path`, before its first goes to another file. An editor
 * that saves in place writes into the file it has opened, whatever its name means by then. Null
 * where the disk knows no second names, and when the file is no longer the version `before`.
 */
export async function keepOld(
  target: string,
  path: string,
  before: FileVersion,
): Promise<OldFile | null> {
  const drop = async () => unlink(path).catch(() => undefined);
  const isWritten = async () => {
    const content = await contentOf(path);
    return content !== null && content !== before.content;
  };
  try {
    if ((await identityOf(target)) !== before.identity) return null;
    await link(target, path);
  } catch {
    return null;
  }
  try {
    // The link counts as a change of the file, of which only the content must be as it was.
    const identity = await identityOf(path);
    if (!(await isWritten())) {
      return {
        identity,
        isWritten,
        putBack: async (replacement) => {
          const same = await holdsBytes(target, replacement);
          if (!same.success || !same.data) return;
          await (replacement === null ? link(path, target) : rename(path, target));
        },
        drop,
      };
    }
  } catch {
    // As good as none.
  }
  await drop();
  return null;
}
