/** The short text of a provider's route in its row, and what mux does instead. */
import { atGatewayHost } from "../../../shared/gateway-host";
import { goesElsewhere, type MuxAppName, type MuxRoute } from "../../../shared/mux-route";
import type { ProviderView } from "../../../shared/view";
import { hostOf, routeWords, type ShownRoute } from "../words/route-words";
import { words } from "../words/words";

export interface ChipText {
  /** `elsewhere` and `leak` need attention. */
  readonly kind: "gateway" | "direct" | "elsewhere" | "leak";
  readonly text: string;
}

export interface Surroundings {
  readonly app: MuxAppName;
  /** Whether the whole file could be read. */
  readonly isKnown: boolean;
}

/** Null where an invalid file does not show the route. */
export function chipOf(
  provider: ProviderView,
  shown: ShownRoute,
  { app, isKnown }: Surroundings,
): ChipText | null {
  const { leak, gatewayByHand: byHand, directBaseUrl } = provider;
  if (leak !== null) return { kind: "leak", text: words.chip.leak };
  const elsewhere = elsewhereWords(provider, shown, app);
  const isAddress = elsewhere !== null && provider.muxRoute.kind === "address";
  if (elsewhere !== null && !isAddress) {
    // Without a gateway in the settings, there is nothing that mux bypasses.
    return { kind: shown.route === "gateway" ? "elsewhere" : "direct", text: elsewhere };
  }
  if (shown.route === "gateway") {
    return { kind: isAddress ? "elsewhere" : "gateway", text: shown.gatewayName ?? "" };
  }
  if (!isKnown) return null;
  if (byHand !== null) return { kind: "gateway", text: byHand.gatewayName };
  if (directBaseUrl !== null && atGatewayHost(directBaseUrl) !== null) {
    return { kind: "direct", text: words.chip.incomplete };
  }
  return { kind: "direct", text: hasNoKey(provider) ? words.chip.noKey : words.chip.direct };
}

/** The same for screen readers, with the host of a direct route. */
export function routeSummary(
  provider: ProviderView,
  shown: ShownRoute,
  { app, isKnown }: Surroundings,
): string {
  const isUnknown = !isKnown && shown.route === "direct" && provider.leak === null;
  const route = isUnknown ? words.route.unknown : routeWords(provider, shown);
  const elsewhere = provider.leak === null ? elsewhereWords(provider, shown, app) : null;
  return elsewhere === null ? route : words.route.elsewhere(route, elsewhere);
}

/** Why a provider cannot answer, or why mux bypasses its gateway, unless the chip says so. */
export function rowRemarks(
  provider: ProviderView,
  shown: ShownRoute,
  { app, isKnown }: Surroundings,
): readonly string[] {
  const elsewhere = elsewhereWords(provider, shown, app);
  return [
    ...(provider.enabled ? [] : [words.route.offInMux]),
    ...(isKnown && provider.route === "gateway" && hasNoKey(provider) ? [words.chip.noKey] : []),
    ...(elsewhere !== null && provider.muxRoute.kind === "address" ? [elsewhere] : []),
  ];
}

/** Why mux does not take the shown route, in a few words; null if it does, or if that is unknown. */
function elsewhereWords(provider: ProviderView, shown: ShownRoute, app: MuxAppName): string | null {
  const { muxRoute, route, gateway } = provider;
  const isSaved =
    shown.route === route && (route === "direct" || shown.gatewayName === gateway?.gatewayName);
  return isSaved && goesElsewhere(muxRoute) ? muxWords(muxRoute, provider, app) : null;
}

function muxWords(
  muxRoute: Extract<MuxRoute, { readonly message: string }>,
  { directBaseUrl }: ProviderView,
  app: MuxAppName,
): string {
  const { elsewhere } = words;
  switch (muxRoute.kind) {
    case "gateway":
      return elsewhere.gateway(app, muxRoute.name);
    case "login":
      return elsewhere.login(app);
    case "address": {
      const host = hostOf(muxRoute.url);
      if (muxRoute.differs === "token") return elsewhere.token(app);
      if (host === null || muxRoute.differs === "path") return elsewhere.address(app);
      return host === hostOf(directBaseUrl) ? elsewhere.direct(app) : elsewhere.host(app, host);
    }
    default:
      return muxRoute satisfies never;
  }
}

/** A custom provider may need no key. */
function hasNoKey({ kind, keySource }: ProviderView): boolean {
  return kind === "built-in" && keySource === "none";
}
