/** Finds and explains the route that mux takes for each provider. */
import type { ModelRoute, MuxAppName, MuxRoute } from "../../shared/mux-route";
import { checkToken } from "../../shared/gateway-names";
import type { ConfirmedDomains } from "../../shared/gateway-domain";
import { GATEWAY_HOST } from "../../shared/gateway-host";
import { gatewayBaseUrl } from "../../shared/gateway-url";
import { catalogued } from "../../shared/providers";
import { ownBaseUrl, type OwnBaseUrl } from "../mux/base-url";
import { isObject, tokenHeadersIn, tokenIn } from "../mux/gateway-header";
import { isUsable, muxRoute, type MuxModelRoute, type MuxRouting } from "../mux/mux-route";
import type { GatewayBlock, ProviderConfig } from "../mux/provider-config";
import { defaultModel, modelIds } from "../mux/provider-names";
import { routedProvider } from "../mux/routed-provider";
import { stockCall } from "../mux/stock-call";
import { shownName } from "../text/harmless-text";
import { publicUrl } from "../text/url-secrets";
import { calledUnconfirmed } from "./called-domain";
import { hasCodexLogin } from "./fixes";
import { ownGateway, type OwnGateway } from "./own-gateway";
import { asWritten, membersOf, type ReadProvider } from "./providers";
import { leakHost } from "./token-leak";

/** Everything besides the provider that determines mux's route. */
export interface MuxRoutes {
  readonly app: MuxAppName;
  readonly routing: MuxRouting;
  /** Whether mux creates its models here. Released versions do not read gateway blocks. */
  readonly readsBlocks: boolean;
  /** The custom domains that the user has confirmed. */
  readonly domains: ConfirmedDomains;
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

/** Where mux sends the next request for a model, which is without the provider's prefix. */
export function routeOfModel(provider: ReadProvider, model: string, routes: MuxRoutes): MuxRoute {
  const { config } = provider;
  const found = muxRoute(config, model, routes.routing);
  if (found.to !== "direct") return throughGateway(config, model, found.to, found, routes);
  if (!isUsable(config, routes.routing.keys)) {
    return { kind: "none", why: config.enabled ? "key_missing" : "disabled" };
  }
  if (hasCodexLogin(config)) return throughLogin(routes.app);
  return routes.readsBlocks ? { kind: "saved" } : withoutBlocks(provider, model, routes);
}

/** Compares the block with the call of a mux version that does not read blocks. */
function withoutBlocks(
  provider: ReadProvider,
  model: string,
  { app, routing, domains }: MuxRoutes,
): MuxRoute {
  const { config } = provider;
  const { env } = routing.keys;
  if (config.block === null) return { kind: "saved" };
  const wanted = gatewayBaseUrl(routedProvider(config, env), config.block);
  const { url = "" } = ownBaseUrl(asWritten(provider), env) ?? {};
  const isSameUrl = wanted.success
    ? // mux's SDK packages remove one slash, and the gateway gets the others.
      url.replace(/\/$/, "") === wanted.data
    : isGatewayOf(config.block, ownGateway(url, domains));
  if (isSameUrl && sentToken(provider) === validToken(config.block.token)) {
    return { kind: "saved" };
  }
  const call = stockCall({ config, values: membersOf(provider) }, model, env);
  if (call === null) return { kind: "saved" };
  const host = hostOf(call.url);
  const context = { env, domains };
  const isSafe =
    leakHost(provider, context) === null && calledUnconfirmed(provider, context) === null;
  const testable = host !== null && isSafe;
  const isSameHost = host === (wanted.success ? hostOf(wanted.data) : GATEWAY_HOST);
  const called = isSameHost
    ? `another URL on ${host}`
    : `${host ?? "no valid address"} instead of this gateway`;
  const message = isSameUrl
    ? `${app} sends another token to this gateway than its settings have.`
    : `${app} calls ${called}, because ${causeOf(call.base)}.`;
  return {
    kind: "address",
    differs: isSameUrl ? "token" : isSameHost ? "path" : "host",
    url: call.url && publicUrl(call.url),
    testable,
    message,
  };
}

/** For settings without a valid URL: whether mux calls their gateway anyway. */
function isGatewayOf(block: GatewayBlock, called: OwnGateway | null): boolean {
  return called?.accountId === block.accountId && called.gatewayName === block.gatewayName;
}

function causeOf({ source, name }: OwnBaseUrl): string {
  switch (source) {
    case "file":
      return `"${name ?? "baseUrl"}" points there`;
    case "environment":
      return `${name ?? "a variable"} in the environment sets the base URL`;
    case "default":
      return "it does not read these gateway settings";
    default:
      return source satisfies never;
  }
}

function validToken(token: string | null): string | null {
  return token !== null && checkToken(token).success ? token : null;
}

/** The token in the header that mux sends; the last of several spellings counts. */
function sentToken(provider: ReadProvider): string | null {
  const { headers } = membersOf(provider);
  const name = tokenHeadersIn(headers).at(-1);
  return name !== undefined && isObject(headers) ? tokenIn(headers[name]) : null;
}

function hostOf(url: string | null): string | null {
  return url === null ? null : new URL(url).host;
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
    if (!isUsable(config, routing.keys)) {
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
