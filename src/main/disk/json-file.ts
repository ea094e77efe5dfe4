/** A small JSON file of the panel, such as settings.json, that several processes may change. */
import { success, type Result } from "../../shared/result";
import type { Log } from "../text/log";
import type { LazySchema } from "../text/schema";
import { changeFile } from "./change-file";
import { identityOf, readBytes, readVersion } from "./read-file";

/** Checks a value, as zod's schemas do. A file that is read before the window opens has a simpler one. */
export interface Format<T> {
  readonly safeParse: (
    value: unknown,
  ) => { readonly success: true; readonly data: T } | { readonly success: false };
}

export interface JsonFileOptions<T> {
  /** Absolute path. Null keeps the value in memory until the process ends. */
  readonly file: string | null;
  /** The content of the file. A change keeps members that the schema does not know. */
  readonly schema: LazySchema<Format<T>>;
  /** The value if the file is missing or does not match the schema. */
  readonly empty: () => T;
  /** Receives one warning per unreadable or invalid file. */
  readonly log?: Log;
}

export interface JsonFile<T> {
  /** The current value on disk. Costs one `stat` while the file is unchanged. Never rejects. */
  readonly read: () => Promise<T>;
  /**
   * Reads the value again, passes it to `update` and saves the result, all while holding a lock that
   * other processes respect. Returns the saved value. `update` must have no side effects, because it
   * can be called more than once. Fails with `lock_held`, `file_read_only` or a file system error,
   * and then leaves the file unchanged.
   */
  readonly change: (update: (before: T) => T) => Promise<Result<T>>;
}

/**
 * Opens a JSON file. Nothing is read or created until the first call. The first change creates a
 * missing directory (mode 0700) and file (mode 0600).
 */
export function openJsonFile<T>(options: JsonFileOptions<T>): JsonFile<T> {
  const { file, empty } = options;
  if (file === null) return keptInMemory(empty);
  let known: { readonly identity: string | null; readonly value: T } | null = null;
  let lastProblem = "";
  let queue: Promise<unknown> = Promise.resolve();

  const logProblem = (reason: string | null): void => {
    if (reason !== null && reason !== lastProblem) {
      options.log?.warn("A file of the panel could not be read, so its defaults apply", {
        file,
        reason,
      });
    }
    lastProblem = reason ?? "";
  };

  const read = async (): Promise<T> => {
    const identity = await identityOf(file).catch(() => null);
    if (known !== null && known.identity === identity) return known.value;
    const version = await readVersion(file);
    if (!version.success) {
      logProblem(version.error.code);
      return empty();
    }
    const found = await decode(version.data?.bytes ?? null, options);
    logProblem(found.problem);
    known = { identity: version.data?.identity ?? null, value: found.value };
    return found.value;
  };

  const changeNow = async (update: (before: T) => T): Promise<Result<T>> => {
    let value = empty();
    const schema = await options.schema();
    const edit = (bytes: Buffer | null): Result<Buffer> => {
      const before = decodeWith(schema, bytes, empty);
      value = update(before.value);
      return success(encode(value, before));
    };
    const changed = await changeFile(file, edit, { isOwn: true });
    return changed.success ? success(value) : changed;
  };

  return {
    read,
    // The lock does not preserve the order of the calls, so they are queued here.
    change: (update) => {
      const changed = queue.then(async () => changeNow(update));
      queue = changed.catch(() => undefined);
      return changed;
    },
  };
}

/** Reads another program's JSON file. Returns `empty` if the file is unreadable or invalid. */
export async function readJsonFile<T>(
  file: string,
  schema: LazySchema<Format<T>>,
  empty: () => T,
): Promise<T> {
  const bytes = await readBytes(file);
  return bytes.success ? (await decode(bytes.data, { schema, empty })).value : empty();
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
  /** Every member of the file, including those that the schema does not know. */
  readonly members: Readonly<Record<string, unknown>>;
  /** The file did not match the schema, so the value is `empty`. */
  readonly replaced: boolean;
}

/** Builds the schema only if there is a file to check. */
async function decode<T>(
  bytes: Buffer | null,
  { schema, empty }: Pick<JsonFileOptions<T>, "schema" | "empty">,
): Promise<Decoded<T>> {
  return bytes === null ? missing(empty) : decodeWith(await schema(), bytes, empty);
}

function missing<T>(empty: () => T): Decoded<T> {
  return { value: empty(), problem: null, members: {}, replaced: false };
}

function decodeWith<T>(schema: Format<T>, bytes: Buffer | null, empty: () => T): Decoded<T> {
  if (bytes === null) return missing(empty);
  const json = parseJson(bytes.toString("utf8"));
  const parsed = schema.safeParse(json);
  const value = parsed.success ? parsed.data : empty();
  return {
    value,
    problem: parsed.success ? null : "it does not have the expected form",
    members: membersOf(json),
    replaced: !parsed.success,
  };
}

/**
 * Two programs can share a file, and each one knows only its own members. The other members are
 * therefore kept, even if ours do not match the schema, unless the file has another version.
 */
function encode<T>(after: T, before: Decoded<T>): Buffer {
  const members = membersOf(after);
  const known = membersOf(before.value);
  const foreign = before.replaced && before.members["version"] !== members["version"];
  const kept = Object.entries(foreign ? {} : before.members).filter(
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
