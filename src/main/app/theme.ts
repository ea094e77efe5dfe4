/** Which of light and dark the window shows: the system's, or the one chosen in its menu. */
import { z } from "zod";

import { success, type Result } from "../../shared/result";
import { openJsonFile, type JsonFile } from "../disk/json-file";
import type { Log } from "../text/log";
import { THEME_CHOICES, type ThemeChoice } from "./theme-choice";

const FORMAT = z.looseObject({
  version: z.literal(1),
  // A later version may know more themes; that is no error in the rest of the file.
  theme: z.enum(THEME_CHOICES).optional().catch(undefined),
});
export type ThemeSettings = z.infer<typeof FORMAT>;

/** The part of Electron's `nativeTheme` that decides `prefers-color-scheme` in every page. */
export interface ThemeTarget {
  themeSource: ThemeChoice;
}

/** The theme's part of settings.json. */
export function openThemeSettings(settingsFile: string, log: Log): JsonFile<ThemeSettings> {
  // Version 0.1.0 expects `homes` in every file.
  const empty = () => ({ version: 1, homes: [] }) as const;
  return openJsonFile<ThemeSettings>({ file: settingsFile, schema: FORMAT, empty, log });
}

/** Shows the remembered choice and answers it; to be awaited before a window opens. */
export async function applyRememberedTheme(
  target: ThemeTarget,
  settings: JsonFile<ThemeSettings>,
): Promise<ThemeChoice> {
  const choice = (await settings.read()).theme ?? "system";
  target.themeSource = choice;
  return choice;
}

/** Shows `choice` at once and remembers it; a failure to remember is logged, and it stays shown. */
export async function chooseTheme(
  target: ThemeTarget,
  choice: ThemeChoice,
  settings: JsonFile<ThemeSettings>,
  log: Log,
): Promise<Result<null>> {
  target.themeSource = choice;
  const saved = await settings.change((before) => ({ ...before, theme: choice }));
  if (saved.success) return success(null);
  log.warn(`The theme could not be remembered: ${saved.error.message}`);
  return saved;
}
