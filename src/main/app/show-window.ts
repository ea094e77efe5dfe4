/** Shows a window when its page is painted, and ensures that it does not stay hidden. */
import { consoleLog } from "../text/log";

/** The parts of Electron's `BrowserWindow` that are used here. */
export interface HiddenWindow {
  readonly once: {
    (event: "ready-to-show", listener: () => void): unknown;
    (event: "closed", listener: () => void): unknown;
  };
  readonly isDestroyed: () => boolean;
  readonly isVisible: () => boolean;
  readonly maximize: () => void;
  readonly show: () => void;
  readonly webContents: {
    readonly on: (
      event: "render-process-gone",
      listener: (event: unknown, details: { readonly reason: string }) => void,
    ) => unknown;
  };
}

export interface ShowOptions {
  readonly maximized: boolean;
  /** In milliseconds. A page that takes longer is shown unpainted, so that it can be closed. */
  readonly limitMs: number;
  /** Called when the page's process ends before the window is shown. */
  readonly onCrash: (error: Error) => void;
}

/** Shows the window once. A hidden window cannot be closed and blocks every later start. */
export function showWhenPainted(window: HiddenWindow, options: ShowOptions): void {
  const show = (): void => {
    clearTimeout(timer);
    if (window.isDestroyed() || window.isVisible()) return;
    if (options.maximized) window.maximize();
    window.show();
  };
  const timer = setTimeout(show, options.limitMs);
  window.once("ready-to-show", show);
  window.once("closed", () => {
    clearTimeout(timer);
  });
  window.webContents.on("render-process-gone", (_event, { reason }) => {
    consoleLog.warn("The page's process ended", { reason });
    if (window.isDestroyed() || window.isVisible()) return;
    clearTimeout(timer);
    options.onCrash(new PageCrash());
  });
}

class PageCrash extends Error {
  override readonly name = "PageCrash";
}
