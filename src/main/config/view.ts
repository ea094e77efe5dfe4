/** The view of the providers for the page: everything about routes, but no secrets. */
import { createHmac } from "node:crypto";
import { isDeepStrictEqual } from "node:util";

import { CERTIFICATES_UNCHECKED, checksCertificates } from "../../shared/certificate-check";
import type { GatewayError } from "../../shared/errors";
import type { ConfirmedDomains } from "../../shared/gateway-domain";
import type { GatewayBlockView } from "../../shared/gateway-block";
import { gatewayBaseUrl, unroutableReason } from "../../shared/gateway-url";
import { foreignHost } from "../../shared/key-host";
import type { MuxAppName } from "../../shared/mux-route";
import { catalogued } from "../../shared/providers";
import type { ProvidersView, ProviderView, ViewVersion } from "../../shared/view";
import { ownBaseUrl } from "../mux/base-url";
import { keyOrigin } from "../mux/key-source";
import { muxRouting } from "../mux/mux-route";
import { DEFAULT_MUX_SETTINGS, type MuxSettings } from "../mux/mux-settings";
import { displayName, modelIds } from "../mux/provider-names";
import {
  countProviders,
  environmentGateway,
  gatewaysIn,
  usualGateway,
  viewGateway,
} from "./gateways";
import { modelRoutesOf, muxRouteOf, type MuxRoutes } from "./mux-routes";
import { notice } from "./warning-sentences";
import type { GatewayBlock, ProviderConfig } from "../mux/provider-config";
import { keyOwner, type ReadProvider } from "./providers";
import { routedProvider } from "../mux/routed-provider";
import { publicUrl, withoutKeySteps } from "../text/url-secrets";
import { gatewayByHand, leakFrom, warningsOf, type Surroundings } from "./warnings";
import { gatewaysWithToken } from "./voice-input";

const API_TOKEN_SAVED =
  "providers.jsonc holds the API token of your Cloudflare account, and mux may send it to other hosts. Remove it from the file, then replace it at Cloudflare.";

export interface ViewInput {
  /** Whether the file holds the API token in use. */
  readonly holdsApiToken: boolean;
  readonly accountChanges: number;
  readonly version: ViewVersion;
  /** Absolute path. */
  readonly file: string;
  /** The path for display. */
  readonly shownFile: string;
  readonly canOpenFile: boolean;
  /** A second file that is not used, or null. */
  readonly otherFile: string | null;
  readonly exists: boolean;
  readonly problem: GatewayError | null;
  readonly providers: readonly ReadProvider[];
  readonly env: NodeJS.ProcessEnv;
  readonly mux: MuxSettings;
  /** The values of `apiKeyFile` that give no key. */
  readonly withoutKey: ReadonlySet<string>;
  readonly app: MuxAppName;
  readonly domains: ConfirmedDomains;
  readonly mirror: ProvidersView["mirror"];
  readonly undoSteps: number;
  readonly made: 0 | 1;
  /** Random and known only to this process, so that a mark cannot be used to guess a token. */
  readonly markKey: Buffer;
}

export function viewOf(input: ViewInput): ProvidersView {
  const { file, otherFile, exists, problem, providers, env, domains, mirror, markKey } = input;
  const routes = muxRoutes(providers, input);
  const gateways = gatewaysIn(providers);
  const usual = usualGateway(gateways);
  const withToken = gatewaysWithToken(providers, { env, domains });
  const surroundings = { env, domains, mirror: mirror.on, routes, withToken };
  const views = viewProviders(providers, surroundings, markKey);
  return {
    version: input.version,
    file,
    shownFile: input.shownFile,
    canOpenFile: input.canOpenFile,
    otherFile,
    exists,
    problem,
    app: input.app,
    providers: views,
    usual,
    gateways: gateways.map((gateway) => viewGateway(gateway, usual, { env, domains })),
    environmentGateway: environmentGateway(env),
    counts: countProviders(views),
    mirror,
    warnings: [
      ...(input.holdsApiToken
        ? [{ code: "api_token_saved", message: API_TOKEN_SAVED } as const]
        : []),
      ...(checksCertificates(env)
        ? []
        : [{ code: "certificates_unchecked", message: CERTIFICATES_UNCHECKED } as const]),
    ],
    accountChanges: input.accountChanges,
    undoSteps: input.undoSteps,
    made: input.made,
    undone: null,
  };
}

type RoutesInput = Pick<ViewInput, "app" | "env" | "mux" | "withoutKey" | "domains" | "mirror">;

/** Everything that determines mux's routes. */
export function muxRoutes(
  providers: readonly ReadProvider[],
  { app, env, mux, withoutKey, domains, mirror }: RoutesInput,
): MuxRoutes {
  const configs = providers.map(({ config }) => config);
  // A host that fixed the mirror to off creates its models with this library.
  const readsBlocks = !mirror.on && !mirror.canChange;
  return { app, routing: muxRouting(configs, mux, { env, withoutKey }), readsBlocks, domains };
}

/** An opaque value that changes only with the block, including its token. */
export function markOf({ config, blocks }: ReadProvider, markKey: Buffer): string {
  if (blocks.length === 0) return "none";
  const material = JSON.stringify([config.id, blocks]);
  return createHmac("sha256", markKey).update(material).digest("base64url");
}

export function viewBlock(block: GatewayBlock): GatewayBlockView {
  const { token, host, ...shown } = block;
  return {
    ...shown,
    ...(host === null ? {} : { host }),
    hasToken: token !== null && token !== "",
  };
}

interface Shown {
  readonly surroundings: Surroundings;
  readonly views: WeakMap<object, ProviderView>;
}

type ShownByKind = Readonly<Record<ProviderConfig["kind"], Shown>>;

/** The latest views for each mark key, which belongs to one opened file. */
const shownLast = new WeakMap<Buffer, ShownByKind>();

/** Reuses the views of unchanged providers if their surroundings are the same. */
function viewProviders(
  providers: readonly ReadProvider[],
  now: Surroundings,
  markKey: Buffer,
): readonly ProviderView[] {
  // The environment can change in place.
  const surroundings = { ...now, env: { ...now.env } };
  const last = shownLast.get(markKey);
  const shown: ShownByKind = {
    "built-in": shownIn(surroundings, last?.["built-in"]),
    custom: shownIn(aroundCustom(surroundings), last?.custom),
  };
  shownLast.set(markKey, shown);
  return providers.map((provider) => {
    const { config, blocks } = provider;
    const { surroundings: around, views } = shown[config.kind];
    // Without a block and headers, nothing depends on which tokens are known.
    const key = blocks.length > 0 || "headers" in config.values ? provider : config.values;
    const known = views.get(key);
    if (known) return known;
    const view = viewProvider(provider, around, markKey);
    views.set(key, view);
    return view;
  });
}

function shownIn(surroundings: Surroundings, last: Shown | undefined): Shown {
  if (last && isDeepStrictEqual(last.surroundings, surroundings)) return last;
  return { surroundings, views: new WeakMap() };
}

/**
 * The surroundings of custom providers, of which there can be thousands. mux calls these directly and
 * sends them no voice input, so other providers and route settings do not affect them.
 */
function aroundCustom({ routes, ...others }: Surroundings): Surroundings {
  const routing = { ...routes.routing, gateways: new Map(), settings: DEFAULT_MUX_SETTINGS };
  return { ...others, routes: { ...routes, routing }, withToken: new Set() };
}

function viewProvider(
  provider: ReadProvider,
  surroundings: Surroundings,
  markKey: Buffer,
): ProviderView {
  const { env } = surroundings;
  const { config, shown, notices } = provider;
  const builtIn = catalogued(config);
  const own = ownBaseUrl(config, env);
  const direct = own && publicUrl(own.url);
  const routed = routedProvider(config, env);
  const unroutable = unroutableReason(routed);
  const muxRoute = muxRouteOf(provider, surroundings.routes);
  const gateway = config.block && gatewayBaseUrl(routed, config.block);
  const incomplete =
    gateway && !gateway.success
      ? [notice("block_incomplete", { what: gateway.error.message })]
      : [];
  return {
    id: config.id,
    name: builtIn?.name ?? displayName(config),
    kind: config.kind,
    inFile: config.inFile,
    enabled: config.enabled,
    keySource: keyOrigin(config, env, surroundings.routes.routing.keys.withoutKey).source,
    unroutable,
    route: config.block ? "gateway" : "direct",
    gatewayByHand: gatewayByHand(config, surroundings),
    gateway: shown && viewBlock(shown),
    baseUrl: gateway ? (gateway.success ? withoutKeySteps(gateway.data) : null) : direct,
    directBaseUrl: direct,
    baseUrlFromEnvironment: own?.source === "environment",
    muxRoute,
    modelRoutes: modelRoutesOf(provider, surroundings.routes),
    leak: leakFrom(provider, surroundings),
    foreignHost: foreignHost(keyOwner(provider, env)),
    models: modelIds(config.values["models"]),
    notices: [...notices, ...incomplete, ...warningsOf(provider, surroundings, muxRoute)],
    mark: markOf(provider, markKey),
  };
}
