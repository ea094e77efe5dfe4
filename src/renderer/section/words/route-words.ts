/** Where a provider's requests go, in the words of its row. */
import { assertNever } from "../../../shared/assert-never";
import { atGatewayHost } from "../../../shared/gateway-host";
import { unroutableSentence } from "../../../shared/providers";
import type { Changed, Notice, NoticeCode, ProviderView, Route } from "../../../shared/view";
import type { Change } from "../data/change";
import { words } from "./words";

/** Blocks that main shows and will not edit; their notice says what to do in the file. */
const UNEDITABLE: ReadonlySet<NoticeCode> = new Set<NoticeCode>([
  "duplicate_block",
  "block_not_object",
  "provider_not_object",
]);

/** The host of an address, or null when it is none. */
export function hostOf(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  return new URL(url).host;
}

/** A route as the row shows it: the one in the file, or the one that a click has just requested. */
export interface ShownRoute {
  readonly route: Route;
  /** null when the route is direct. */
  readonly gatewayName: string | null;
}

/** The route to show at once: that of the change being saved, else the file's. */
export function shownRoute(provider: ProviderView, pending: Change | null): ShownRoute {
  switch (pending?.call) {
    case "enable":
      return { route: "gateway", gatewayName: pending.input.gatewayName };
    case "route":
      return { route: "gateway", gatewayName: pending.input.gateway.gatewayName };
    case "updateGateway": {
      const { gateway, change } = pending.input;
      return { route: provider.route, gatewayName: change.gatewayName ?? gateway.gatewayName };
    }
    case "disable":
    case "forget":
    case "direct":
    case "remove":
      return { route: "direct", gatewayName: null };
    case "fix":
    case "confirmDomain":
    case "setMirror":
    case "undo":
    case undefined: {
      const { route, gateway } = provider;
      return { route, gatewayName: route === "gateway" ? (gateway?.gatewayName ?? null) : null };
    }
    default:
      return assertNever(pending);
  }
}

/** "Through my-gateway" (by a block or by hand), "Direct to api.anthropic.com", or why it stays direct. */
export function routeWords(provider: ProviderView, shown: ShownRoute): string {
  if (provider.leak !== null) return words.leak.row(provider.leak.host);
  if (provider.unroutable !== null && shown.route === "direct") {
    return words.route.unroutable(unroutableSentence(provider.unroutable));
  }
  if (shown.route === "gateway") return words.route.through(shown.gatewayName ?? "");
  const { gatewayByHand: byHand, directBaseUrl } = provider;
  if (byHand !== null) return words.route.byHand(byHand.gatewayName);
  // No provider has this host, so it is never called direct.
  if (directBaseUrl !== null && atGatewayHost(directBaseUrl) !== null) {
    return words.route.incompleteGateway;
  }
  return words.route.direct(hostOf(directBaseUrl));
}

/** Who was left out of a change of many, each with the reason; the first three of them. */
export function leftOutWords(
  leftOut: Changed["leftOut"],
  nameOf: (provider: string) => string,
): readonly string[] {
  const told = leftOut.slice(0, 3).map(({ provider, error }) => {
    // A question which version to keep is one for its row.
    const reason = error.code === "conflict" ? words.leftOut.conflict : error.message;
    return words.leftOut.one(nameOf(provider), reason);
  });
  const more = leftOut.length - told.length;
  return more === 0 ? told : [...told, words.leftOut.more(more)];
}

/** Why a provider cannot answer, on any route. */
export function remarksOn(provider: ProviderView): readonly string[] {
  return [
    ...(provider.enabled ? [] : [words.route.offInMux]),
    // A custom provider may need no key.
    ...(provider.kind === "built-in" && provider.keySource === "none" ? [words.route.noKey] : []),
  ];
}

/** Why this provider's block cannot be edited here, or null. */
export function uneditable(provider: ProviderView): Notice | null {
  return provider.notices.find((notice) => UNEDITABLE.has(notice.code)) ?? null;
}

/** The first letters of a name's first two words, in place of a picture. */
export function initialsOf(name: string): string {
  const letters = name
    .trim()
    .split(/\s+/u)
    .slice(0, 2)
    .map((word) => /^[\p{L}\p{N}]\p{M}*/u.exec(word)?.[0] ?? "")
    .join("");
  return letters === "" ? "?" : letters.toLocaleUpperCase();
}
