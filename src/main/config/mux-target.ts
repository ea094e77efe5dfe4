/** Finds the provider that mux calls for a model, as a test of mux's route has to call it. */
import { failure } from "../../shared/errors";
import type { MuxDetour } from "../../shared/report";
import { success, type Result } from "../../shared/result";
import { isUsable, muxRoute } from "../mux/mux-route";
import type { ProviderConfig } from "../mux/provider-config";
import { routeOfModel, type MuxRoutes } from "./mux-routes";
import { calledUnconfirmed } from "./called-domain";
import { asWritten, type ReadProvider } from "./providers";
import { leakHost } from "./token-leak";

export interface MuxTarget {
  /** The called provider. Without a block where mux does not read blocks. */
  readonly config: ProviderConfig;
  /** The model by the name that the called provider knows. */
  readonly modelId: string;
  /** The name of mux's gateway, or null if the provider itself is called. */
  readonly through: string | null;
  /** Where mux chose its gateway over this provider's block, and what to do; null if it did not. */
  readonly detour: MuxDetour | null;
  /** Whether the called provider has an active block, whose base URL mux can use without it. */
  readonly hasBlock: boolean;
}

/**
 * The target of mux's next request for a model. Fails with `mux_route_login` if only mux can make
 * the request. Fails with `token_leak` if mux would send a gateway token to another host, and with
 * `domain_unconfirmed` if it would call a custom domain that the user has not confirmed.
 */
export function muxTarget(
  provider: ReadProvider,
  modelId: string,
  providers: readonly ReadProvider[],
  routes: MuxRoutes,
): Result<MuxTarget> {
  const { id } = provider.config;
  const route = routeOfModel(provider, modelId, routes);
  const isOnlyMux = route.kind === "login" || (route.kind === "gateway" && !route.testable);
  if (isOnlyMux) {
    return failure("mux_route_login", { provider: id, app: routes.app, name: route.name });
  }
  const { to, because } = muxRoute(provider.config, modelId, routes.routing);
  const called = to === "direct" ? provider : providers.find(({ config }) => config.id === to);
  if (called === undefined) return failure("provider_unknown", { provider: to });
  const context = { env: routes.routing.keys.env, domains: routes.domains };
  const host = leakHost(called, context);
  if (host !== null) return failure("token_leak", { provider: called.config.id, host });
  const domain = calledUnconfirmed(called, context);
  if (domain !== null) return failure("domain_unconfirmed", { host: domain });
  return success({
    config: routes.readsBlocks ? called.config : asWritten(called),
    // mux puts the provider before the model's name.
    modelId: to === "direct" ? modelId : `${id}/${modelId}`,
    through: to === "direct" ? null : (route.kind === "gateway" && route.name) || to,
    detour:
      route.kind === "gateway" && canCallItself(provider, routes)
        ? { setting: because === "override" ? "override" : "priority", message: route.message }
        : null,
    hasBlock: called.config.block !== null,
  });
}

/** Whether another route in mux would lead to the provider's block. */
function canCallItself({ config }: ReadProvider, { routing }: MuxRoutes): boolean {
  return config.block !== null && isUsable(config, routing.keys);
}
