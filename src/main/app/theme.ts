/** Applies and saves the theme: light, dark or the system's. */
import { success, type Result } from "../../shared/result";
import { openJsonFile, type JsonFile } from "../disk/json-file";
import { lightFormat } from "../disk/light-format";
import type { Log } from "../text/log";
import { THEME_CHOICES, type ThemeChoice } from "./theme-choice";

export interface ThemeSettings {
  readonly version: 1;
  readonly theme?: ThemeChoice | undefined;
}

const FORMAT = lightFormat<ThemeSettings>(({ version, theme: named }) => {
  if (version !== 1) return null;
  // A later version may add themes. An unknown theme must not invalidate the rest of the file.
  const theme = THEME_CHOICES.find((choice) => choice === named);
  return { version, theme };
});

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
    schema: FORMAT,
    empty,
    log,
  });
}

/** The saved theme; the system's until one is chosen. */
export async function rememberedTheme(settings: JsonFile<ThemeSettings>): Promise<ThemeChoice> {
  return (await settings.read()).theme ?? "system";
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
