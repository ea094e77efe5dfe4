/** Remembers whether the user asked to quit the app, or only to close its window. */

/** The part of Electron's `app` that is used here. */
export interface QuittingApp {
  readonly on: {
    (event: "before-quit", listener: () => void): unknown;
    (event: "window-all-closed", listener: () => void): unknown;
  };
  readonly quit: () => void;
}

/**
 * Ends the app when its window closes because the user quit it; outside macOS, whenever it closes.
 *
 * A page with unsaved text stops both closing and quitting, and Electron forgets the quit
 * (shell/browser/browser.cc, `OnWindowCloseCancelled`). When the user then discards the text, the page
 * closes itself. That emits `closed` alone, and on macOS the app would go on without a window.
 *
 * @returns a function to call at the window's `close` event
 */
export function endAfterQuit(app: QuittingApp, platform: NodeJS.Platform): () => void {
  let asked = false;
  let quits = false;
  app.on("before-quit", () => {
    asked = true;
  });
  app.on("window-all-closed", () => {
    if (quits || platform !== "darwin") app.quit();
    quits = false;
  });
  return () => {
    // Quitting closes the window in the same turn, so an earlier quit that was stopped does not count.
    quits = asked;
    asked = false;
  };
}
