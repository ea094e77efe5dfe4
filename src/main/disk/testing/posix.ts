/**
 * For tests: whether files have owners and permission bits, and directories can hold named pipes.
 * Windows has neither. Its refusals, for files that are open elsewhere, are tested with their errors
 * in `busy.test.ts`.
 */
export const IS_POSIX = process.platform !== "win32";

/** The permissions of a new private file; Windows shows only whether it is writable. */
export const PRIVATE_FILE = IS_POSIX ? 0o600 : 0o666;

/** The same for a directory. */
export const PRIVATE_DIRECTORY = IS_POSIX ? 0o700 : 0o666;
