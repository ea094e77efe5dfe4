/** Shows a window when its page is painted, and ensures that it does not stay hidden or empty. */
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
  readonly reload: () => void;
  readonly webContents: {
    readonly once: {
      (event: "did-finish-load", listener: () => void): unknown;
      (event: "did-fail-load", listener: () => void): unknown;
    };
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
  /** Called when the page's process ends before the window is shown, or twice in quick succession. */
  readonly onCrash: (error: Error) => void;
}

/** A page that crashes again so soon would crash forever. */
const CRASH_AGAIN_MS = 60_000;

/**
 * Shows the window once: when the page is painted or loaded, when it fails to load, or after the limit.
 * On Wayland, a hidden window is often never painted, so `ready-to-show` is never emitted
 * (https://github.com/electron/electron/issues/48859). A window that stays hidden cannot be closed, and
 * blocks every later start.
 *
 * Reloads the page of a shown window whose process ended: otherwise the window stays empty.
 */
export function showWhenPainted(window: HiddenWindow, options: ShowOptions): void {
  const { webContents } = window;
  // On macOS, `isVisible` is false for a shown window that is minimized or covered by another one
  // (shell/browser/native_window_mac.mm, `IsVisible`).
  let isShown = false;
  const show = (): void => {
    clearTimeout(timer);
    if (isShown || window.isDestroyed()) return;
    isShown = true;
    if (window.isVisible()) return;
    if (options.maximized) window.maximize();
    window.show();
  };
  const timer = setTimeout(show, options.limitMs);
  window.once("ready-to-show", show);
  webContents.once("did-finish-load", show);
  webContents.once("did-fail-load", show);
  window.once("closed", () => {
    clearTimeout(timer);
  });
  let lastCrash = Number.NEGATIVE_INFINITY;
  webContents.on("render-process-gone", (_event, { reason }) => {
    if (window.isDestroyed()) return;
    consoleLog.warn("The page's process ended", { reason });
    const again = performance.now() - lastCrash < CRASH_AGAIN_MS;
    lastCrash = performance.now();
    if ((isShown || window.isVisible()) && !again) {
      // The event comes while Electron still removes the process.
      setImmediate(() => {
        if (!window.isDestroyed()) window.reload();
      });
      return;
    }
    clearTimeout(timer);
    options.onCrash(new PageCrash());
  });
}

class PageCrash extends Error {
  override readonly name = "PageCrash";
}
