/** Reads the settings in mux's config.json that affect routes. Never writes the file. */
import { dirname, join } from "node:path";

import { readJsonFile } from "../disk/json-file";
import { lazySchema, type Parsed } from "../text/schema";

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

const FORMAT = lazySchema((z) =>
  z.object({
    routePriority: z.array(z.unknown()).nullable().catch(null).default(null),
    routeOverrides: z.unknown().optional(),
    muxGatewayEnabled: z.unknown().optional(),
  }),
);
type MuxConfig = Parsed<typeof FORMAT>;

const NO_CONFIG: MuxConfig = {
  routePriority: null,
  routeOverrides: null,
  muxGatewayEnabled: null,
};

/** Absolute path of the config.json beside a providers.jsonc. */
export function muxSettingsFile(providersFile: string): string {
  return join(dirname(providersFile), "config.json");
}

/** Returns mux's defaults for a missing or invalid file, and for each invalid member. */
export async function readMuxSettings(providersFile: string): Promise<MuxSettings> {
  const file = muxSettingsFile(providersFile);
  return muxSettingsOf(await readJsonFile<MuxConfig>(file, FORMAT, () => NO_CONFIG));
}

function muxSettingsOf({ routePriority, routeOverrides, muxGatewayEnabled }: MuxConfig) {
  const isObject = typeof routeOverrides === "object" && routeOverrides !== null;
  const overrides =
    isObject && !Array.isArray(routeOverrides) ? Object.entries(routeOverrides) : [];
  return {
    routePriority: routePriority?.filter((route) => typeof route === "string") ?? null,
    routeOverrides: new Map(
      overrides.flatMap(([model, route]: readonly [string, unknown]) =>
        typeof route === "string" ? [[model, route] as const] : [],
      ),
    ),
    muxGatewayEnabled: muxGatewayEnabled !== false,
  };
}
