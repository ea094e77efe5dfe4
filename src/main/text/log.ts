/** Where the main process says what it does; a host passes its own. */
import { inspect } from "node:util";

import { harmless } from "./harmless-text";

export interface Log {
  /** `details` never hold a key or a token. */
  readonly info: (message: string, details?: Readonly<Record<string, unknown>>) => void;
  readonly warn: (message: string, details?: Readonly<Record<string, unknown>>) => void;
}

/** One line each on the console, as mux's own documentation shows it. */
export const consoleLog: Log = {
  info: (message, details) => console.log(lineOf(message, details)),
  warn: (message, details) => console.warn(lineOf(message, details)),
};

/** A name or a path from the file or the environment must neither begin a line of its own nor act on a terminal. */
function lineOf(message: string, details?: Readonly<Record<string, unknown>>): string {
  const shown = details ? ` ${inspect(details, { breakLength: Number.POSITIVE_INFINITY })}` : "";
  return harmless(message + shown).replaceAll("\n", "␊");
}
