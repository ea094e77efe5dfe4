/** Finds the settings file of the panel's own window, without Electron. */
import { posix, win32 } from "node:path";

import { APP_NAME } from "../shared/app-name";

export interface SystemFolders {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** The user's home directory. */
  readonly homedir: string;
}

/**
 * `settings.json` in Electron's `userData`. Source: Electron, `app.getPath`: `%APPDATA%` on Windows,
 * `~/Library/Application Support` on macOS, `$XDG_CONFIG_HOME` or `~/.config` on Linux.
 */
export function windowSettingsFile({ platform, env, homedir }: SystemFolders): string {
  const path = platform === "win32" ? win32 : posix;
  return path.join(appData({ platform, env, homedir }), APP_NAME, "settings.json");
}

function appData({ platform, env, homedir }: SystemFolders): string {
  if (platform === "win32") return env["APPDATA"] || win32.join(homedir, "AppData", "Roaming");
  if (platform === "darwin") return posix.join(homedir, "Library", "Application Support");
  return env["XDG_CONFIG_HOME"] || posix.join(homedir, ".config");
}
