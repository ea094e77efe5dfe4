/** Ends the app after an unexpected error, with a log line and a dialog that quote no secret. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { app, dialog } from "electron";

import { consoleLog } from "../text/log";
import { aboutError } from "../text/unexpected-error";

/**
 * Replaces the runtime's report of an uncaught error, because it prints the message, which may quote
 * the file.
 */
export function reportUncaughtErrors(): void {
  // The reader of the output may exit early, as `head` does. That must not end the app.
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

/** Ends the app with code 1 when its window cannot show the page. */
export function exitWithoutWindow(error: unknown): void {
  const about = aboutError(error);
  consoleLog.warn("mux Settings could not start", about);
  end(
    "mux Settings could not start",
    `An unexpected error (${about.what}) keeps the window from showing its page. Your providers.jsonc was not changed. Start mux Settings in a terminal to see where it failed.`,
  );
}

/** Ends the app with code 1 when its data folder cannot be used. */
export function exitWithoutDataFolder(folder: string): void {
  consoleLog.warn("mux Settings cannot write to its data folder", { folder });
  endWhenReady(
    "mux Settings could not start",
    `mux Settings cannot write to its data folder, ${folder}. Make sure that it is a folder that you own and can write to. Your providers.jsonc was not changed.`,
  );
}

/** Ends the app with code 1 when it cannot find out whether it already runs. */
export function exitWithoutLock(folder: string): void {
  consoleLog.warn("mux Settings cannot lock its data folder", { folder });
  endWhenReady(
    "mux Settings could not start",
    `mux Settings cannot lock its data folder, ${folder}. Another computer may be using it. Close mux Settings there, then start it again. Your providers.jsonc was not changed.`,
  );
}

/**
 * On Linux, an error box before `ready` is only a line on stderr (docs/api/dialog.md), which a user
 * does not see after a start from a dock. Chromium uses a temporary data folder until the box is closed.
 */
function endWhenReady(title: string, content: string): void {
  if (process.platform !== "linux") {
    end(title, content);
    return;
  }
  try {
    const folder = mkdtempSync(join(tmpdir(), "mux-settings-"));
    app.setPath("userData", folder);
    process.on("exit", () => {
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    });
  } catch {
    // A full disk must not hide the box.
  }
  app.whenReady().then(
    () => end(title, content),
    () => end(title, content),
  );
}

function end(title: string, content: string): void {
  // The dialog blocks until its button is pressed. The next start must not wait for that.
  app.releaseSingleInstanceLock();
  dialog.showErrorBox(title, content);
  app.exit(1);
}
