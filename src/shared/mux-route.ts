/** Where mux sends the next request of a provider, as the page shows it. */
import type { MuxGatewayId } from "./mux-gateways";

/** The app's name in the home that is in use. Newer versions call themselves Xum. */
export type MuxAppName = "mux" | "Xum";

/**
 * The route that mux takes now, worked out from providers.jsonc, config.json and the environment.
 * `message`: what happens and what to do about it, in mux's own words.
 */
export type MuxRoute =
  /** As the row says: through the block's gateway, or directly with the base URL that is shown. */
  | { readonly kind: "saved" }
  /** Through another of mux's gateways. */
  | {
      readonly kind: "gateway";
      readonly gateway: MuxGatewayId;
      /** Its name, for example "OpenRouter". */
      readonly name: string;
      /** False for a login that only mux has. */
      readonly testable: boolean;
      readonly message: string;
    }
  /** Directly, but to another base URL than the row says. */
  | {
      readonly kind: "address";
      /** The first difference from the settings. An invalid URL counts as another host. */
      readonly differs: "host" | "path" | "token";
      /** Without credentials or query; null if it is not a valid URL. */
      readonly url: string | null;
      readonly testable: boolean;
      readonly message: string;
    }
  /** With a login that only mux has, in place of the key. */
  | { readonly kind: "login"; readonly name: string; readonly message: string }
  /** Nowhere: mux does not call this provider, and no other route is usable. */
  | { readonly kind: "none"; readonly why: "disabled" | "key_missing" };

/** A model for which mux takes another route than for the provider's other models. */
export interface ModelRoute {
  /** Without the provider's prefix. */
  readonly model: string;
  readonly route: MuxRoute;
}

/** Whether mux takes another route than the row says, so that the saved route's result is not mux's. */
export function goesElsewhere(
  route: MuxRoute,
): route is Extract<MuxRoute, { readonly message: string }> {
  return route.kind !== "saved" && route.kind !== "none";
}

/** Whether the panel can test this route. A login, for example, is only in mux. */
export function isTestable(route: MuxRoute): boolean {
  switch (route.kind) {
    case "saved":
      return true;
    case "gateway":
    case "address":
      return route.testable;
    case "login":
    case "none":
      return false;
    default:
      return route satisfies never;
  }
}
