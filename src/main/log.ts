/** Where the main process says what it does; a host passes its own. */

export interface Log {
  /** `details` never hold a key or a token. */
  readonly info: (message: string, details?: Readonly<Record<string, unknown>>) => void;
  readonly warn: (message: string, details?: Readonly<Record<string, unknown>>) => void;
}

/** One line each on the console, as mux's own documentation shows it. */
export const consoleLog: Log = {
  info: (message, details) => console.log(...(details ? [message, details] : [message])),
  warn: (message, details) => console.warn(...(details ? [message, details] : [message])),
};
