/** Whether blocks are mirrored, remembered in settings.json for each providers.jsonc. */
import { z } from "zod";

import { success } from "../../shared/result";
import { openJsonFile } from "../disk/json-file";
import type { MirrorSetting } from "../mirror/mirror-setting";
import type { Log } from "../text/log";

const FORMAT = z.looseObject({
  version: z.literal(1),
  homes: z.array(z.looseObject({ file: z.string(), mirror: z.boolean() })),
});
type Settings = z.infer<typeof FORMAT>;

export interface RememberedMirrorOptions {
  readonly settingsFile: string;
  /** Absolute path of the providers.jsonc that the setting is about. */
  readonly providersFile: string;
  /** Applies until the setting is changed for the first time. */
  readonly mirror: boolean;
  readonly log: Log;
}

/** Follows the file, so that a change by another process counts as well. */
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
