/** Changes a file in one transaction: lock, read, edit, save. */
import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { failure, type Failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import { isBlank } from "./file-bytes";
import { errnoOf, fileProblem } from "./file-problem";
import { withLock } from "./lock";
import { identityOf, readVersion, type FileVersion } from "./read-file";
import { sameBytes, saveFile, sweepTemporaries } from "./save-file";

/** The bytes before and after a change. Null means that the file does not exist. */
export interface FileChange {
  readonly before: Buffer | null;
  readonly after: Buffer | null;
}

export interface ChangeOptions {
  /** The file existed when it was last read. If it is missing now, another program may be saving it. */
  readonly wasThere?: boolean;
  /** Only programs that hold the lock write the file, so an empty file is not a save in progress. */
  readonly isOwn?: boolean;
}

/** How often to repeat an edit because a program without the lock saved in between. */
const ATTEMPTS = 5;
/** How long to wait for an editor that saves in place. An older empty file counts as really empty. */
const SAVING_MS = 2000;
/** An invalid file may be half written until it has stayed the same for this long. */
const HALF_WRITTEN_MS = 100;
const RETRY_MS = 10;

/**
 * Passes the bytes on disk to `edit` and saves the result, all while holding mux's lock. `edit` must
 * have no side effects: it can be called more than once, always with the latest bytes. A missing
 * directory is created (0700) if `edit` returns bytes.
 *
 * If another program seems to be saving the file, the lock is released and the file is read again
 * for up to 2 s. Fails with `file_being_saved` or `file_vanished` if the state does not change.
 */
export async function changeFile(
  file: string,
  edit: (bytes: Buffer | null) => Result<Buffer | null>,
  options: ChangeOptions = {},
): Promise<Result<FileChange>> {
  const deadline = performance.now() + SAVING_MS;
  let { wasThere = false } = options;
  for (let changes = 0; changes < ATTEMPTS;) {
    const attempt = await attemptChange(file, edit, { ...options, wasThere });
    if (!attempt.success) return attempt;
    const { data } = attempt;
    switch (data.kind) {
      case "done":
        return success(data.change);
      case "changed":
        changes++;
        wasThere = true;
        break;
      case "unsettled": {
        wasThere ||= data.identity !== null;
        const patience = Math.min(data.patienceMs, deadline - performance.now());
        if (!(await changesWithin(file, data.identity, patience))) return data.refusal;
        break;
      }
      default:
        return data satisfies never;
    }
  }
  return failure("file_overwritten", { file });
}

type Attempt =
  | { readonly kind: "done"; readonly change: FileChange }
  /** Another program saved between reading and saving. */
  | { readonly kind: "changed" }
  /** Another program seems to be saving. */
  | Unsettled;

interface Unsettled {
  readonly kind: "unsettled";
  readonly identity: string | null;
  readonly patienceMs: number;
  readonly refusal: Failure;
}

async function attemptChange(
  file: string,
  edit: (bytes: Buffer | null) => Result<Buffer | null>,
  { wasThere = false, isOwn = false }: ChangeOptions,
): Promise<Result<Attempt>> {
  try {
    if (!(await exists(dirname(file)))) {
      if (wasThere) return success(missing(file));
      const trial = edit(null);
      if (!trial.success) return trial;
      if (trial.data === null) {
        return success({ kind: "done", change: { before: null, after: null } });
      }
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    }
  } catch (error) {
    return { success: false, error: fileProblem(error, file, "written") };
  }
  return withLock(file, async (): Promise<Result<Attempt>> => {
    await sweepTemporaries(file);
    const version = await readVersion(file);
    if (!version.success) return version;
    if (version.data === null && wasThere) return success(missing(file));
    if (version.data !== null && !isOwn && isBeingFilled(version.data)) {
      return success({
        kind: "unsettled",
        identity: version.data.identity,
        patienceMs: SAVING_MS,
        refusal: failure("file_being_saved", { file }),
      });
    }
    const before = version.data?.bytes ?? null;
    const after = edit(before);
    if (!after.success) {
      return version.data !== null && isHalfWritten(version.data, after)
        ? success({
            kind: "unsettled",
            identity: version.data.identity,
            patienceMs: HALF_WRITTEN_MS,
            refusal: after,
          })
        : after;
    }
    const change = { before, after: after.data };
    if (sameBytes(before, after.data)) return success({ kind: "done", change });
    const saved = await saveFile(file, version.data, after.data);
    if (!saved.success) {
      return saved.error.code === "file_vanished" ? success(missing(file)) : saved;
    }
    return success(saved.data === "saved" ? { kind: "done", change } : { kind: "changed" });
  });
}

function missing(file: string): Unsettled {
  const refusal = failure("file_vanished", { file });
  return { kind: "unsettled", identity: null, patienceMs: SAVING_MS, refusal };
}

/** Whether the file was emptied so recently that an editor may be about to write its new text. */
function isBeingFilled({ bytes, writtenMs }: FileVersion): boolean {
  return isBlank(bytes) && Date.now() - writtenMs <= SAVING_MS;
}

function isHalfWritten({ writtenMs }: FileVersion, { error }: Failure): boolean {
  const isCut = error.code === "file_invalid" || error.code === "file_not_utf8";
  return isCut && Date.now() - writtenMs <= HALF_WRITTEN_MS;
}

async function changesWithin(
  file: string,
  identity: string | null,
  patienceMs: number,
): Promise<boolean> {
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    await wait(RETRY_MS);
    // The next read reports the error.
    if ((await identityOf(file).catch(() => "unknown")) !== identity) return true;
  }
  return false;
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return false;
    throw error;
  }
}
