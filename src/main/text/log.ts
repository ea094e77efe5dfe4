/** The main process's log. A host can pass its own. */
import { inspect } from "node:util";

import { harmless } from "./harmless-text";

export interface Log {
  /** `details` never contains a key or a token. */
  readonly info: (message: string, details?: Readonly<Record<string, unknown>>) => void;
  readonly warn: (message: string, details?: Readonly<Record<string, unknown>>) => void;
}

/** Writes one line per message to the console, as mux's documentation shows. */
export const consoleLog: Log = {
  info: (message, details) => console.log(lineOf(message, details)),
  warn: (message, details) => console.warn(lineOf(message, details)),
};

/** Keeps names and paths from the file or the environment from adding lines or controlling the terminal. */
function lineOf(message: string, details?: Readonly<Record<string, unknown>>): string {
  const shown = details ? ` ${inspect(details, { breakLength: Number.POSITIVE_INFINITY })}` : "";
  return harmless(message + shown).replaceAll("\n", "␊");
}
