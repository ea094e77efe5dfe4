/** What mux's own config.json, beside providers.jsonc, says that matters to a route. Never written. */
import { dirname, join } from "node:path";

import { z } from "zod";

import { readJsonFile } from "../disk/json-file";

export interface MuxSettings {
  /** mux asks a provider itself before any other that offers its models. */
  readonly directFirst: boolean;
}

export const USUAL_MUX_SETTINGS: MuxSettings = { directFirst: false };

const FORMAT = z.object({ routePriority: z.array(z.unknown()).optional() });
type MuxConfig = z.infer<typeof FORMAT>;

/** Absolute path of the config.json beside a providers.jsonc. */
export function muxSettingsFile(providersFile: string): string {
  return join(dirname(providersFile), "config.json");
}

/**
 * mux's usual settings when there is no such file, or none that can be understood. Source: mux,
 * settings: `"routePriority": ["direct"]`.
 */
export async function readMuxSettings(providersFile: string): Promise<MuxSettings> {
  const file = muxSettingsFile(providersFile);
  const { routePriority } = await readJsonFile<MuxConfig>(file, FORMAT, () => ({}));
  return { directFirst: routePriority?.[0] === "direct" };
}
