/** Stores the mirror setting of each providers.jsonc in settings.json. */
import { success } from "../../shared/result";
import { openJsonFile } from "../disk/json-file";
import { elementsOf, lightFormat, type Members } from "../disk/light-format";
import type { MirrorSetting } from "../mirror/mirror-setting";
import type { Log } from "../text/log";

interface Home extends Members {
  readonly file: string;
  readonly mirror: boolean;
}

interface Settings {
  readonly version: 1;
  readonly homes: readonly Home[];
}

const FORMAT = lightFormat<Settings>(({ version, homes }) => {
  const known = elementsOf(homes, homeOf);
  return version === 1 && known !== null ? { version, homes: known } : null;
});

function homeOf(members: Members): Home | null {
  const { file, mirror } = members;
  return typeof file === "string" && typeof mirror === "boolean"
    ? { ...members, file, mirror }
    : null;
}

export interface RememberedMirrorOptions {
  readonly settingsFile: string;
  /** Absolute path of the providers.jsonc to which the setting applies. */
  readonly providersFile: string;
  /** The default until the setting is changed. */
  readonly mirror: boolean;
  readonly log: Log;
}

/** The setting in the file. It is read again when another process has changed the file. */
export function rememberedMirror(options: RememberedMirrorOptions): MirrorSetting {
  const { settingsFile, providersFile, log } = options;
  const settings = openJsonFile<Settings>({
    file: settingsFile,
    schema: FORMAT,
    empty: () => ({ version: 1, homes: [] }),
    log,
  });
  const homeIn = ({ homes }: Settings) => homes.find(({ file }) => file === providersFile);

  return {
    canChange: true,
    isOn: async () => homeIn(await settings.read())?.mirror ?? options.mirror,
    change: async (on) => {
      const changed = await settings.change((before) => ({
        ...before,
        homes: [
          ...before.homes.filter(({ file }) => file !== providersFile),
          { ...homeIn(before), file: providersFile, mirror: on },
        ],
      }));
      return changed.success ? success(null) : changed;
    },
  };
}
