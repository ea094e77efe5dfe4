/** The command line's exit codes. */
import type { ErrorCode, GatewayError } from "../shared/errors";

/**
 * `done`: everything asked for was done, or was so already; for tests: every provider answered in full
 * over its configured route. `incomplete`: a test failed or a provider was left out. `usage`: the
 * arguments or the token. `file`: providers.jsonc or the settings file. `locked`: another program
 * holds the lock.
 */
export const EXIT = { done: 0, incomplete: 1, usage: 2, file: 3, locked: 4 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Wrong or missing names and tokens, which only other arguments can correct. */
const USAGE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "account_id_invalid",
  "gateway_name_invalid",
  "host_invalid",
  "domain_unconfirmed",
  "segment_invalid",
  "token_invalid",
  "token_of_api",
  "token_missing",
  "token_differs",
  "token_other_account",
  "model_invalid",
  "input_invalid",
]);

const FILE =
  /^(?:file_|disk_|edit_refused$|lock_blocked$|lock_is_file$|token_not_remembered$|block_duplicate$)/;

/** The exit code of a call that failed as a whole. */
export function exitCodeOf({ code }: Pick<GatewayError, "code">): ExitCode {
  if (code === "lock_held") return EXIT.locked;
  if (USAGE.has(code)) return EXIT.usage;
  return FILE.test(code) ? EXIT.file : EXIT.incomplete;
}
