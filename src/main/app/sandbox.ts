/** Decides once whether Chromium's sandbox is enforced for every page. */
import { consoleLog } from "../text/log";

/** The parts of Electron's `app` that are used here. */
export interface SandboxingApp {
  readonly commandLine: { readonly hasSwitch: (name: string) => boolean };
  readonly enableSandbox: () => void;
}

/**
 * Enforces the sandbox, unless the app was started without it.
 *
 * Electron's `enableSandbox` removes `--no-sandbox` from the command line
 * (shell/browser/api/electron_api_app.cc, `RemoveNoSandboxSwitch`). Chromium then aborts where it cannot
 * start the sandbox: as root, and where a system without user namespaces made the AppImage's launcher
 * add the switch. Every window also asks for the sandbox by itself. Call it before the app is ready.
 */
export function enforceSandbox(app: SandboxingApp): void {
  if (app.commandLine.hasSwitch("no-sandbox")) {
    consoleLog.warn("Chromium's sandbox is off, because the app was started with --no-sandbox.");
    return;
  }
  app.enableSandbox();
}
