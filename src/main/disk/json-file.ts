/** One of our own small JSON files, such as settings.json, which several processes may change. */
import type { z } from "zod";

import { success, type Result } from "../../shared/result";
import type { Log } from "../text/log";
import { changeFile } from "./change-file";
import { identityOf, readBytes, readVersion } from "./read-file";

export interface JsonFileOptions<T> {
  /** Absolute path; null keeps the value in memory, for as long as the process runs. */
  readonly file: string | null;
  /** What the file holds. Members that the schema does not know survive a change. */
  readonly schema: z.ZodType<T>;
  /** What is read where there is no file, or none that fits the schema. */
  readonly empty: () => T;
  /** Hears once of each file that cannot be understood. */
  readonly log?: Log;
}

export interface JsonFile<T> {
  /** The value on disk now; costs one `stat` while the file stays the same. Never rejects. */
  readonly read: () => Promise<T>;
  /**
   * Reads the value again, gives it to `update` and saves what that returns, all inside a lock that
   * other processes respect; answers the saved value. `update` must compute only, for it can be
   * called more than once. Fails with `lock_held`, `file_read_only` or an error of the file system,
   * and the file is unharmed then.
   */
  readonly change: (update: (before: T) => T) => Promise<Result<T>>;
}

/**
 * Opens a JSON file. Nothing is read or created before it is asked for. A directory that does not
 * exist is created by the first change, for the user alone, and so is the file (mode 0600).
 */
export function openJsonFile<T>(options: JsonFileOptions<T>): JsonFile<T> {
  const { file, empty } = options;
  if (file === null) return keptInMemory(empty);
  let known: { readonly identity: string | null; readonly value: T } | null = null;
  let complaint = "";
  let queue: Promise<unknown> = Promise.resolve();

  const complain = (reason: string | null): void => {
    if (reason !== null && reason !== complaint) {
      options.log?.warn("A file of the panel could not be read, so its defaults apply", {
        file,
        reason,
      });
    }
    complaint = reason ?? "";
  };

  const read = async (): Promise<T> => {
    const identity = await identityOf(file).catch(() => null);
    if (known !== null && known.identity === identity) return known.value;
    const version = await readVersion(file);
    if (!version.success) {
      complain(version.error.code);
      return empty();
    }
    const found = decode(version.data?.bytes ?? null, options);
    complain(found.problem);
    known = { identity: version.data?.identity ?? null, value: found.value };
    return found.value;
  };

  const changeNow = async (update: (before: T) => T): Promise<Result<T>> => {
    let value = empty();
    const edit = (bytes: Buffer | null): Result<Buffer> => {
      const before = decode(bytes, options);
      value = update(before.value);
      return success(encode(value, before));
    };
    const changed = await changeFile(file, edit, { isOwn: true });
    return changed.success ? success(value) : changed;
  };

  return {
    read,
    // In the order of the calls: whoever waits for the lock may be served in any other.
    change: (update) => {
      const changed = queue.then(async () => changeNow(update));
      queue = changed.catch(() => undefined);
      return changed;
    },
  };
}

/** Reads a JSON file of another program, which is never written: `empty` when it cannot be understood. */
export async function readJsonFile<T>(
  file: string,
  schema: z.ZodType<T>,
  empty: () => T,
): Promise<T> {
  const bytes = await readBytes(file);
  return bytes.success ? decode(bytes.data, { schema, empty }).value : empty();
}

function keptInMemory<T>(empty: () => T): JsonFile<T> {
  let value = empty();
  return {
    read: () => Promise.resolve(value),
    change: (update) => {
      value = update(value);
      return Promise.resolve(success(value));
    },
  };
}

interface Decoded<T> {
  readonly value: T;
  readonly problem: string | null;
  /** Members of the file that `value` does not have. */
  readonly others: Readonly<Record<string, unknown>>;
  /** The value has nothing of the file, whose members may mean something else then. */
  readonly replaced: boolean;
}

function decode<T>(
  bytes: Buffer | null,
  { schema, empty }: Pick<JsonFileOptions<T>, "schema" | "empty">,
): Decoded<T> {
  if (bytes === null) return { value: empty(), problem: null, others: {}, replaced: false };
  const json = parseJson(bytes.toString("utf8"));
  const parsed = schema.safeParse(json);
  const value = parsed.success ? parsed.data : empty();
  return {
    value,
    problem: parsed.success ? null : "it does not have the expected form",
    others: membersOf(json),
    replaced: !parsed.success,
  };
}

/**
 * Two owners share a file by each knowing only its own members. So the other's stay, also where our
 * own do not fit the schema, unless the file is of another version.
 */
function encode<T>(after: T, before: Decoded<T>): Buffer {
  const members = membersOf(after);
  const known = membersOf(before.value);
  const foreign = before.replaced && before.others["version"] !== members["version"];
  const kept = Object.entries(foreign ? {} : before.others).filter(
    ([name]) => !Object.hasOwn(members, name) && !Object.hasOwn(known, name),
  );
  const json = isObject(after) ? { ...after, ...Object.fromEntries(kept) } : after;
  return Buffer.from(`${JSON.stringify(json, null, 2)}\n`);
}

function membersOf(value: unknown): Record<string, unknown> {
  return isObject(value) ? { ...value } : {};
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
