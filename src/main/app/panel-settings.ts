/** What the panel itself remembers: for each of mux's homes whether blocks are mirrored, and its theme. */
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";

import { z } from "zod";

import { success, type Result } from "../../shared/result";
import type { MirrorSetting } from "../mirror/mirror-setting";
import { readBytes, readVersion } from "../disk/read-file";
import { saveFile } from "../disk/save-file";
import type { Log } from "../text/log";
import { THEME_CHOICES, type ThemeChoice } from "./theme-choice";

const FORMAT = z.object({
  version: z.literal(1),
  homes: z.array(z.object({ file: z.string(), mirror: z.boolean() })),
  // Absent in files of before there was a choice; what a later version calls a theme is no reason
  // to lose the rest.
  theme: z.enum(THEME_CHOICES).optional().catch(undefined),
});
type Settings = z.infer<typeof FORMAT>;

export interface PanelSettingsOptions {
  /** Where they are kept, mode 0600. */
  readonly settingsFile: string;
  /** Absolute path of the providers.jsonc that they are about. */
  readonly providersFile: string;
  /** What holds until it is changed for the first time. */
  readonly mirror: boolean;
  readonly log: Log;
}

/** Read on first use; a file that cannot be understood says nothing, and is replaced on a change. */
export function rememberedMirror(options: PanelSettingsOptions): MirrorSetting {
  const { settingsFile, providersFile, log } = options;
  let known: Promise<boolean> | null = null;

  const load = async (): Promise<boolean> => {
    const { homes } = await readSettings(settingsFile, log);
    return homes.find(({ file }) => file === providersFile)?.mirror ?? options.mirror;
  };

  return {
    canChange: true,
    isOn: () => (known ??= load()),
    change: (on) => {
      known = Promise.resolve(on);
      return changeSettings(settingsFile, log, (before) => ({
        ...before,
        homes: [
          ...before.homes.filter(({ file }) => file !== providersFile),
          { file: providersFile, mirror: on },
        ],
      }));
    },
  };
}

/** The theme that was chosen last; the system's until one is. */
export async function rememberedTheme(settingsFile: string, log: Log): Promise<ThemeChoice> {
  return (await readSettings(settingsFile, log)).theme ?? "system";
}

/** Fails with an error of the file system; what was remembered before is unharmed then. */
export function rememberTheme(
  settingsFile: string,
  theme: ThemeChoice,
  log: Log,
): Promise<Result<null>> {
  return changeSettings(settingsFile, log, (before) => ({ ...before, theme }));
}

/** One change at a time, so that none is made from what another has just replaced. */
let lastChange: Promise<unknown> = Promise.resolve();

function changeSettings(
  file: string,
  log: Log,
  change: (before: Settings) => Settings,
): Promise<Result<null>> {
  const changed = lastChange.then(async () =>
    writeSettings(file, change(await readSettings(file, log))),
  );
  lastChange = changed.catch(() => undefined);
  return changed;
}

async function readSettings(file: string, log: Log): Promise<Settings> {
  const bytes = await readBytes(file);
  const none: Settings = { version: 1, homes: [] };
  if (!bytes.success || bytes.data === null) return none;
  try {
    return FORMAT.parse(JSON.parse(bytes.data.toString("utf8")));
  } catch {
    log.warn("The panel's own settings could not be read; the usual ones hold");
    return none;
  }
}

async function writeSettings(file: string, settings: Settings): Promise<Result<null>> {
  // What is wrong with the directory the save will say.
  await mkdir(dirname(file), { recursive: true, mode: 0o700 }).catch(() => undefined);
  const before = await readVersion(file);
  if (!before.success) return before;
  const after = Buffer.from(`${JSON.stringify(settings, null, 2)}\n`);
  const saved = await saveFile(file, before.data, after);
  return saved.success ? success(null) : saved;
}
