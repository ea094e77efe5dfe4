/** Keeps the app at one window, however often it is asked for. */

/** The parts of Electron's `BrowserWindow` that are used here. */
export interface ShownWindow {
  readonly isMinimized: () => boolean;
  readonly restore: () => void;
  readonly show: () => void;
  readonly focus: () => void;
}

export interface OneWindowOptions {
  /** The open window, or undefined. */
  readonly current: () => ShownWindow | undefined;
  /** Opens a window. It may take a while until `current` returns it. */
  readonly open: () => Promise<void>;
  /** Called when a window could not be opened. */
  readonly onFailure: (error: unknown) => void;
}

/** Returns a function that brings the window to the front, and opens it if there is none. */
export function keepOneWindow({ current, open, onFailure }: OneWindowOptions): () => Promise<void> {
  let opening: Promise<void> | null = null;
  const openOnce = async (): Promise<void> => {
    try {
      await open();
    } catch (error) {
      onFailure(error);
    } finally {
      opening = null;
    }
  };
  return async () => {
    const window = current();
    if (window === undefined) return (opening ??= openOnce());
    if (window.isMinimized()) window.restore();
    // Electron's `focus` does nothing to a hidden window (shell/browser/native_window_views.cc).
    window.show();
    window.focus();
    return undefined;
  };
}
