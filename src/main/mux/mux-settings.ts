/** Reads the settings in mux's config.json that affect routes. Never writes the file. */
import { dirname, join } from "node:path";

import { readJsonFile } from "../disk/json-file";
import { lightFormat, membersOf, type Members } from "../disk/light-format";

export interface MuxSettings {
  /** "direct" and gateways, best first; null if the file has none, so that mux seeds it. */
  readonly routePriority: readonly string[] | null;
  /** The chosen route of single models, by `provider:model`. */
  readonly routeOverrides: ReadonlyMap<string, string>;
  /** mux's older switch for its own gateway. It counts only without a route priority. */
  readonly muxGatewayEnabled: boolean;
}

export const DEFAULT_MUX_SETTINGS: MuxSettings = {
  routePriority: null,
  routeOverrides: new Map(),
  muxGatewayEnabled: true,
};

const FORMAT = lightFormat<Members>((members) => members);

/** Absolute path of the config.json beside a providers.jsonc. */
export function muxSettingsFile(providersFile: string): string {
  return join(dirname(providersFile), "config.json");
}

/** Returns mux's defaults for a missing or invalid file, and for each invalid member. */
export async function readMuxSettings(providersFile: string): Promise<MuxSettings> {
  const file = muxSettingsFile(providersFile);
  return muxSettingsOf(await readJsonFile<Members>(file, FORMAT, () => ({})));
}

function muxSettingsOf({ routePriority, routeOverrides, muxGatewayEnabled }: Members): MuxSettings {
  return {
    routePriority: Array.isArray(routePriority)
      ? routePriority.filter((route) => typeof route === "string")
      : null,
    routeOverrides: new Map(
      Object.entries(membersOf(routeOverrides)).flatMap(([model, route]) =>
        typeof route === "string" ? [[model, route] as const] : [],
      ),
    ),
    muxGatewayEnabled: muxGatewayEnabled !== false,
  };
}
