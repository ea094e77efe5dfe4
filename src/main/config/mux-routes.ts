/** Finds and explains the route that mux takes for each provider. */
import type { ModelRoute, MuxAppName, MuxRoute } from "../../shared/mux-route";
import { catalogued } from "../../shared/providers";
import { isUsable, muxRoute, type MuxModelRoute, type MuxRouting } from "../mux/mux-route";
import type { ProviderConfig } from "../mux/provider-config";
import { defaultModel, modelIds } from "../mux/provider-names";
import { shownName } from "../text/harmless-text";
import { hasCodexLogin } from "./fixes";
import type { ReadProvider } from "./providers";

/** All that decides about mux's routes besides the provider. */
export interface MuxRoutes {
  readonly app: MuxAppName;
  readonly routing: MuxRouting;
}

/** More models with a route of their own are not listed. */
const MAX_MODELS = 50;

/** The route of the provider's default model. */
export function muxRouteOf(provider: ReadProvider, routes: MuxRoutes): MuxRoute {
  return routeOfModel(provider, defaultModel(provider.config) ?? "", routes);
}

/** The models that the file lists or that have an override, if their route differs from the default's. */
export function modelRoutesOf(provider: ReadProvider, routes: MuxRoutes): readonly ModelRoute[] {
  const { config } = provider;
  if (config.kind === "custom") return [];
  const { routing } = routes;
  const usual = muxRoute(config, defaultModel(config) ?? "", routing);
  const prefix = `${config.id}:`;
  const overridden = [...routing.settings.routeOverrides.keys()]
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length));
  return [...new Set([...modelIds(config.values["models"]), ...overridden])]
    .filter((model) => muxRoute(config, model, routing).to !== usual.to)
    .slice(0, MAX_MODELS)
    .map((model) => ({ model: shownName(model), route: routeOfModel(provider, model, routes) }));
}

function routeOfModel(provider: ReadProvider, model: string, routes: MuxRoutes): MuxRoute {
  const { config } = provider;
  const found = muxRoute(config, model, routes.routing);
  if (found.to !== "direct") return throughGateway(config, model, found.to, found, routes);
  if (!isUsable(config, routes.routing.env)) {
    return { kind: "none", why: config.enabled ? "key_missing" : "disabled" };
  }
  if (hasCodexLogin(config)) return throughLogin(routes.app);
  return { kind: "saved" };
}

function throughGateway(
  config: ProviderConfig,
  model: string,
  gateway: Exclude<MuxModelRoute["to"], "direct">,
  { because }: MuxModelRoute,
  { app, routing }: MuxRoutes,
): MuxRoute {
  const name = catalogued({ id: gateway, kind: "built-in" })?.name ?? gateway;
  const explain = (): string => {
    if (because === "override") {
      return `${app} sends ${shownName(model)} through ${name}, because that route is chosen for this model. Change it in ${app} under Settings → Models.`;
    }
    if (!config.enabled) {
      return `${app} sends these models through ${name}, because the provider itself is disabled.`;
    }
    if (!isUsable(config, routing.env)) {
      return `${app} sends these models through ${name}, because the provider itself has no API key.`;
    }
    const when = because === "seeded" ? `After its next start, ${app} sends` : `${app} sends`;
    const insteadOf = config.block === null ? "" : ` instead of this gateway`;
    return `${when} these models through ${name}${insteadOf}. In ${app}, open Settings → Providers → Route priority and drag “Direct” to the top.`;
  };
  return { kind: "gateway", gateway, name, testable: gateway === "openrouter", message: explain() };
}

function throughLogin(app: MuxAppName): MuxRoute {
  return {
    kind: "login",
    name: "the Codex login",
    message: `${app} uses OpenAI's Codex login instead of the API key, so requests fail or bypass the gateway.`,
  };
}
