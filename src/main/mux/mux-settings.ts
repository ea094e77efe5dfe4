/** Reads the settings in mux's config.json that affect routes. Never writes the file. */
import { dirname, join } from "node:path";

import { z } from "zod";

import { readJsonFile } from "../disk/json-file";

export interface MuxSettings {
  /** mux prefers a model's own provider to others that offer the model. */
  readonly directFirst: boolean;
}

export const DEFAULT_MUX_SETTINGS: MuxSettings = { directFirst: false };

const FORMAT = z.object({ routePriority: z.array(z.unknown()).optional() });
type MuxConfig = z.infer<typeof FORMAT>;

/** Absolute path of the config.json beside a providers.jsonc. */
export function muxSettingsFile(providersFile: string): string {
  return join(dirname(providersFile), "config.json");
}

/**
 * Returns mux's defaults if the file is missing or invalid. Source: mux, settings:
 * `"routePriority": ["direct"]`.
 */
export async function readMuxSettings(providersFile: string): Promise<MuxSettings> {
  const file = muxSettingsFile(providersFile);
  const { routePriority } = await readJsonFile<MuxConfig>(file, FORMAT, () => ({}));
  return { directFirst: routePriority?.[0] === "direct" };
}
