/** One change of the file, whole: lock, read, edit, save. */
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

/** Null is no file. */
export interface FileChange {
  readonly before: Buffer | null;
  readonly after: Buffer | null;
}

export interface ChangeOptions {
  /** It was there when it was last looked at, so one that is missing may be about to come back. */
  readonly wasThere?: boolean;
  /** Only programs with the lock write it, so an empty one is not a save in progress. */
  readonly isOwn?: boolean;
}

/** How often an edit is made again because a program without the lock saved in between. */
const ATTEMPTS = 5;
/** How long an editor that saves in place is waited for; an empty file that is older is just empty. */
const SAVING_MS = 2000;
/** A file that does not parse may be half written until it has stayed the same for so long. */
const HALF_WRITTEN_MS = 100;
const RETRY_MS = 10;

/**
 * Gives the bytes on disk to `edit` and saves what it returns, all inside mux's lock. `edit` must
 * compute only: it can be called more than once, and always with the latest bytes. A missing
 * directory is created (0700) when `edit` has something to put in it.
 *
 * A file that looks as if another program were saving it at this moment is read again for up to 2 s,
 * with the lock released. Fails with `file_being_saved` or `file_vanished` when it stays like that.
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
        if (!(await becomesAnother(file, data.identity, patience))) return data.refusal;
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

/** Empty, and so lately that an editor may have emptied it to write its text anew. */
function isBeingFilled({ bytes, writtenMs }: FileVersion): boolean {
  return isBlank(bytes) && Date.now() - writtenMs <= SAVING_MS;
}

function isHalfWritten({ writtenMs }: FileVersion, { error }: Failure): boolean {
  const isCut = error.code === "file_invalid" || error.code === "file_not_utf8";
  return isCut && Date.now() - writtenMs <= HALF_WRITTEN_MS;
}

async function becomesAnother(
  file: string,
  identity: string | null,
  patienceMs: number,
): Promise<boolean> {
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    await wait(RETRY_MS);
    // What is wrong with it the next reading will say.
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
