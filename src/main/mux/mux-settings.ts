/** What mux's own config.json, beside providers.jsonc, says that matters to a route. Never written. */
import { dirname, join } from "node:path";

import { z } from "zod";

import { readBytes } from "../disk/read-file";

export interface MuxSettings {
  /** mux asks a provider itself before any other that offers its models. */
  readonly directFirst: boolean;
}

export const USUAL_MUX_SETTINGS: MuxSettings = { directFirst: false };

const FORMAT = z.object({ routePriority: z.array(z.unknown()).optional() });

/** Absolute path of the config.json beside a providers.jsonc. */
export function muxSettingsFile(providersFile: string): string {
  return join(dirname(providersFile), "config.json");
}

/**
 * mux's usual settings when there is no such file, or none that can be understood. Source: mux,
 * settings: `"routePriority": ["direct"]`.
 */
export async function readMuxSettings(providersFile: string): Promise<MuxSettings> {
  const bytes = await readBytes(muxSettingsFile(providersFile));
  if (!bytes.success || bytes.data === null) return USUAL_MUX_SETTINGS;
  try {
    const { routePriority } = FORMAT.parse(JSON.parse(bytes.data.toString("utf8")));
    return { directFirst: routePriority?.[0] === "direct" };
  } catch {
    return USUAL_MUX_SETTINGS;
  }
}
