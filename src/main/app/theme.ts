/** Which of light and dark the window shows: the system's, or the one chosen in its menu. */
import type { Result } from "../../shared/result";
import { rememberedTheme, rememberTheme } from "./panel-settings";
import type { Log } from "../text/log";
import type { ThemeChoice } from "./theme-choice";

/** The part of Electron's `nativeTheme` that decides `prefers-color-scheme` in every page. */
export interface ThemeTarget {
  themeSource: ThemeChoice;
}

/** Shows the remembered choice and answers it; to be awaited before a window opens. */
export async function applyRememberedTheme(
  target: ThemeTarget,
  settingsFile: string,
  log: Log,
): Promise<ThemeChoice> {
  const choice = await rememberedTheme(settingsFile, log);
  target.themeSource = choice;
  return choice;
}

/** Shows `choice` at once and remembers it; a failure to remember is logged, and it stays shown. */
export async function chooseTheme(
  target: ThemeTarget,
  choice: ThemeChoice,
  settingsFile: string,
  log: Log,
): Promise<Result<null>> {
  target.themeSource = choice;
  const saved = await rememberTheme(settingsFile, choice, log);
  if (!saved.success) log.warn(`The theme could not be remembered: ${saved.error.message}`);
  return saved;
}
