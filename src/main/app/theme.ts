/** Applies and saves the theme: light, dark or the system's. */
import { success, type Result } from "../../shared/result";
import { openJsonFile, type Format, type JsonFile } from "../disk/json-file";
import type { Log } from "../text/log";
import { THEME_CHOICES, type ThemeChoice } from "./theme-choice";

export interface ThemeSettings {
  readonly version: 1;
  readonly theme?: ThemeChoice | undefined;
}

/** Not a schema of zod, which would have to be loaded before the window opens. */
const FORMAT: Format<ThemeSettings> = {
  safeParse: (value) => {
    if (typeof value !== "object" || value === null || !("version" in value)) {
      return { success: false };
    }
    if (value.version !== 1) return { success: false };
    const named = "theme" in value ? value.theme : undefined;
    // A later version may add themes. An unknown theme must not invalidate the rest of the file.
    const theme = THEME_CHOICES.find((choice) => choice === named);
    return { success: true, data: { version: 1, theme } };
  },
};

/** The part of Electron's `nativeTheme` that sets `prefers-color-scheme` in every page. */
export interface ThemeTarget {
  themeSource: ThemeChoice;
}

/** Opens settings.json for the theme setting. */
export function openThemeSettings(settingsFile: string, log: Log): JsonFile<ThemeSettings> {
  // Version 0.1.0 requires `homes` in every file.
  const empty = () => ({ version: 1, homes: [] }) as const;
  return openJsonFile<ThemeSettings>({
    file: settingsFile,
    schema: () => Promise.resolve(FORMAT),
    empty,
    log,
  });
}

/** Applies and returns the saved theme. Await it before you open a window. */
export async function applyRememberedTheme(
  target: ThemeTarget,
  settings: JsonFile<ThemeSettings>,
): Promise<ThemeChoice> {
  const choice = (await settings.read()).theme ?? "system";
  target.themeSource = choice;
  return choice;
}

/** Applies `choice` immediately, then saves it. If saving fails, logs it and keeps the theme. */
export async function chooseTheme(
  target: ThemeTarget,
  choice: ThemeChoice,
  settings: JsonFile<ThemeSettings>,
  log: Log,
): Promise<Result<null>> {
  target.themeSource = choice;
  const saved = await settings.change((before) => ({ ...before, theme: choice }));
  if (saved.success) return success(null);
  log.warn(`The theme could not be saved: ${saved.error.message}`);
  return saved;
}
