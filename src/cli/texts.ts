/** The command line's sentences about the file, its gateways and changes. */
import { harmless, shownName } from "../main/text/harmless-text";
import type { GatewayView, TokenState } from "../shared/gateways";
import { goesElsewhere } from "../shared/mux-route";
import { unroutableSentence } from "../shared/providers";
import type { Changed, ProvidersView, ProviderView } from "../shared/view";
import { inColumns } from "./columns";

const TOKENS: { readonly [State in TokenState]: string } = {
  all: "token stored",
  some: "token stored for some providers",
  none: "no token",
  different: "different tokens",
  open: "needs no token",
};

/** The outcome of “on” and “test” for all providers, when none can be used. */
export const NONE_USABLE = "No enabled provider has a key and can use a gateway.\n";

/** The state of the whole file. */
export function statusText(view: ProvidersView): string {
  const { exists, shownFile, mirror, problem, providers } = view;
  const isListed = (provider: ProviderView): boolean =>
    provider.inFile || provider.keySource !== "none";
  const listed = providers.filter(isListed);
  const rows = listed.map((provider) => [shownName(provider.id), routeText(provider)]);
  const others = providers.filter((provider) => !isListed(provider)).map(({ id }) => id);
  return lines([
    `File: ${harmless(shownFile).replaceAll("\n", "␊")}${exists ? "" : " (does not exist yet)"}`,
    `For released versions of mux: ${mirror.on ? "on" : "off"}`,
    "",
    ...(rows.length === 0 && problem === null ? ["No provider has a key."] : inColumns(rows)),
    // A broken file may contain more than its readable part.
    ...(others.length === 0 || problem !== null ? [] : ["", `Not set up: ${others.join(", ")}`]),
    ...view.warnings.flatMap(({ message }) => ["", message]),
  ]);
}

/** Every gateway in the file. */
export function gatewaysText({
  gateways,
  problem,
}: Pick<ProvidersView, "gateways" | "problem">): string {
  if (gateways.length === 0) return problem === null ? "The file has no gateway yet.\n" : "";
  const rows = gateways.map(({ active, disabled, token, ...gateway }) => [
    `${shownName(gateway.gatewayName)}${domainText(gateway)}`,
    shownName(gateway.accountId),
    TOKENS[token],
    usersText({ active, disabled }),
  ]);
  return lines(inColumns(rows));
}

/** The custom domain with what is missing; empty for Cloudflare's own host. */
function domainText({ host, isConfirmed }: Pick<GatewayView, "host" | "isConfirmed">): string {
  if (host === undefined) return "";
  return ` at ${shownName(host)}${isConfirmed === true ? "" : " (not confirmed)"}`;
}

function usersText({ active, disabled }: Pick<GatewayView, "active" | "disabled">): string {
  const off = disabled.map((id) => `${shownName(id)} (off)`);
  const users = [...active.map((id) => shownName(id)), ...off];
  return users.length === 0 ? "not used" : users.join(", ");
}

/** Where the requests of a provider go, with the warnings about them. */
export function routeText(provider: ProviderView): string {
  const { enabled, keySource, kind, leak, muxRoute } = provider;
  const remarks = [
    ...(enabled ? [] : ["off in mux"]),
    ...(kind === "built-in" && keySource === "none" ? ["no API key"] : []),
  ];
  const route = [ownRoute(provider), ...remarks].join(", ");
  if (leak !== null) {
    return `${route}. Warning: mux sends the gateway's token to ${shownName(leak.host)}`;
  }
  return goesElsewhere(muxRoute) ? `${route}. ${muxRoute.message}` : route;
}

function ownRoute(provider: ProviderView): string {
  const { route, gateway, gatewayByHand, unroutable, directBaseUrl } = provider;
  if (route === "gateway") return `through ${shownName(gateway?.gatewayName ?? "")}`;
  if (gatewayByHand !== null) {
    return `through ${shownName(gatewayByHand.gatewayName)}, by its own base URL`;
  }
  if (unroutable !== null)
    return `direct, because ${unroutableSentence(unroutable).replace(/\.$/, "")}`;
  const host =
    directBaseUrl !== null && URL.canParse(directBaseUrl) ? new URL(directBaseUrl).host : null;
  return host === null ? "direct" : `direct to ${shownName(host)}`;
}

/** The result of a change: one line per provider that was asked for. */
export function changeText(asked: readonly string[], { view, changed, leftOut }: Changed): string {
  const reasons = new Map(leftOut.map(({ provider, error }) => [provider, error.message]));
  const views = new Map(view.providers.map((provider) => [provider.id, provider]));
  const rows = asked.map((id) => {
    const reason = reasons.get(id);
    const provider = views.get(id);
    const route = provider === undefined ? "removed" : routeText(provider);
    return [
      shownName(id),
      reason !== undefined
        ? `left out: ${reason}`
        : changed.includes(id)
          ? route
          : `${route} (unchanged)`,
    ];
  });
  const count = `${changed.length} changed, ${leftOut.length} left out.`;
  return lines([...inColumns(rows), count]);
}

function lines(texts: readonly string[]): string {
  return `${texts.join("\n")}\n`;
}
