/** Which providers a command is about. */
import { looksLikeKey } from "../main/text/key-like";
import type { ProviderView } from "../shared/view";
import type { Selection } from "./arguments";

/** Longer names are not repeated in messages, because they may be keys. */
const MAX_SHOWN_NAME = 30;

/** The names of the chosen providers. `isMeant`: which ones `--all` means. */
export function chosenProviders(
  selection: Selection,
  providers: readonly ProviderView[],
  isMeant: (provider: ProviderView) => boolean,
): readonly string[] {
  return selection.all ? providers.filter(isMeant).map(({ id }) => id) : selection.names;
}

/** Whether a request can be sent through a gateway: it has a key, is enabled in mux and can be routed. */
export function isUsable({ enabled, keySource, unroutable }: ProviderView): boolean {
  return enabled && keySource !== "none" && unroutable === null;
}

/** Whether `off` has something to switch off. */
export function isOn({ route }: ProviderView): boolean {
  return route === "gateway";
}

/** Whether `remove` has something to remove. */
export function hasGateway({ gateway }: ProviderView): boolean {
  return gateway !== null;
}

/** Whether one of the names is not a provider's and may be a token, so that no message may repeat it. */
export function includesToken(
  names: readonly string[],
  providers: readonly ProviderView[],
  env: NodeJS.ProcessEnv,
): boolean {
  const known = new Set(providers.map(({ id }) => id));
  return names.some(
    (name) =>
      !known.has(name) &&
      (name.length > MAX_SHOWN_NAME ||
        looksLikeKey(name) ||
        name === env["CLOUDFLARE_AI_GATEWAY_TOKEN"] ||
        name === env["CLOUDFLARE_API_TOKEN"]),
  );
}
