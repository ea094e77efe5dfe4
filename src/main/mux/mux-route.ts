/** Reproduces how mux routes a model: to its provider, or through one of mux's gateways. */
import { catalogued } from "../../shared/providers";
import type { MuxGatewayId } from "../../shared/mux-gateways";
import { isObject } from "./gateway-header";
import { keyOrigin, type KeySources } from "./key-source";
import { servesModel, usableGateways, type UsableGateways } from "./mux-gateways";
import type { MuxSettings } from "./mux-settings";
import type { ProviderConfig } from "./provider-config";

/** All that decides about routes besides the provider and the model. */
export interface MuxRouting {
  readonly gateways: UsableGateways;
  readonly settings: MuxSettings;
  readonly keys: KeySources;
}

/**
 * The reason for a route.
 * - `own`: no gateway of mux serves the provider
 * - `override`: the route that the user chose for this model
 * - `priority`: mux's route priority
 * - `seeded`: the route priority that mux will have saved after its next start
 * - `fallback`: no route is usable, so mux tries the provider itself and fails
 */
export type MuxRouteReason = "own" | "override" | "priority" | "seeded" | "fallback";

/** `direct`: with the provider's own key and base URL, which can be a Cloudflare gateway's. */
export interface MuxModelRoute {
  readonly to: "direct" | MuxGatewayId;
  readonly because: MuxRouteReason;
}

/** Works out once what the routes of all providers have in common. */
export function muxRouting(
  providers: readonly ProviderConfig[],
  settings: MuxSettings,
  keys: KeySources,
): MuxRouting {
  return { gateways: usableGateways(providers, settings, keys), settings, keys };
}

/**
 * The route of a model: a custom provider is always direct; else the override of the model, else
 * the first route of the priority that mux can use, else direct. Source: mux, model routing.
 */
export function muxRoute(
  provider: ProviderConfig,
  modelId: string,
  { gateways, settings, keys }: MuxRouting,
): MuxModelRoute {
  if (provider.kind === "custom") return { to: "direct", because: "own" };
  const { id } = provider;
  const find = (route: string): MuxModelRoute["to"] | null => {
    if (route === "direct") return isUsable(provider, keys) ? "direct" : null;
    return servesModel(gateways, route, id, modelId) ? route : null;
  };
  const override = settings.routeOverrides.get(`${id}:${modelId}`);
  const chosen = override === undefined ? null : find(override === id ? "direct" : override);
  if (chosen !== null) return { to: chosen, because: "override" };
  const because = settings.routePriority === null ? "seeded" : "priority";
  for (const route of settings.routePriority ?? [...gateways.keys(), "direct"]) {
    const found = find(route);
    if (found !== null) return { to: found, because };
  }
  return { to: "direct", because: "fallback" };
}

/** Whether mux can call the provider itself: it is not disabled and has the key that it needs. */
export function isUsable(provider: ProviderConfig, { env, withoutKey }: KeySources): boolean {
  if (!provider.enabled) return false;
  if (provider.kind === "custom" || keyOrigin(provider, env, withoutKey).source !== "none")
    return true;
  // An OpenAI login replaces the key.
  if (provider.id === "openai" && isObject(provider.values["codexOauth"])) return true;
  return catalogued(provider)?.keyVariables.length === 0;
}
