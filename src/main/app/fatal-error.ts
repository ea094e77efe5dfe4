/** How the app ends when something breaks: a line in the log and a box, neither of which quotes a secret. */
import { app, dialog } from "electron";

import { consoleLog } from "../text/log";
import { aboutError } from "../text/unexpected-error";

/**
 * Replaces the runtime's own report of an error that nobody caught: that one prints the message,
 * and a message may quote the file.
 */
export function reportUncaughtErrors(): void {
  // Whoever reads the output may go away, as `head` does: no reason to end.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  process.on("uncaughtException", (error) => {
    consoleLog.warn("mux Settings ends after an unexpected error", aboutError(error));
    end(
      "mux Settings has to close",
      "mux Settings hit an unexpected error and needs to close. Your providers.jsonc was not damaged.",
    );
  });
  process.on("unhandledRejection", (reason) => {
    consoleLog.warn("Unhandled promise rejection", aboutError(reason));
  });
}

/** Ends the app with code 1 because it cannot show its window: without one nobody could close it. */
export function endWithoutWindow(error: unknown): void {
  const about = aboutError(error);
  consoleLog.warn("mux Settings could not start", about);
  end(
    "mux Settings could not start",
    `An unexpected error (${about.what}) kept the window from opening. Your providers.jsonc was not changed. Start mux Settings in a terminal to see where it failed.`,
  );
}

function end(title: string, content: string): void {
  // The box stays until somebody presses its button; the next start must not wait for that.
  app.releaseSingleInstanceLock();
  dialog.showErrorBox(title, content);
  app.exit(1);
}
