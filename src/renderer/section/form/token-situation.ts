/** Which token a provider gets behind the gateway that a form names, according to the file. */
import {
  isSameGateway,
  isSameTokenScope,
  type GatewayKey,
  type GatewayView,
} from "../../../shared/gateways";
import type { ProviderView } from "../../../shared/view";

/**
 * `needed`: none is stored, so one must be entered; `optional`: none is stored, and the provider
 * already works without it; `stored`: the gateway's own; `account`: that of another gateway of the
 * account and host; `open`: the user confirmed that it needs none; `different`: its blocks hold
 * several.
 */
export type TokenSituation = "needed" | "optional" | "stored" | "account" | "open" | "different";

/** The situation of a provider that is put behind `target`. */
export function tokenSituation(
  { route, gateway: own }: ProviderView,
  target: GatewayKey,
  gateways: readonly GatewayView[],
): TokenSituation {
  const state = gatewayAt(gateways, target)?.token ?? "none";
  if (state === "open" || state === "different") return state;
  const isSameAccount = own !== null && isSameTokenScope(own, target);
  if (state !== "none" || (isSameAccount && own.hasToken)) return "stored";
  const ofAccount = gateways.filter((each) => isSameTokenScope(each, target));
  if (ofAccount.some(holdsToken)) return "account";
  const staysAsItIs = own?.gatewayName === target.gatewayName || route === "gateway";
  return isSameAccount && staysAsItIs ? "optional" : "needed";
}

/** The gateway with these names, or undefined when no block names it. */
export function gatewayAt(
  gateways: readonly GatewayView[],
  target: GatewayKey,
): GatewayView | undefined {
  return gateways.find((each) => isSameGateway(each, target));
}

function holdsToken({ token }: GatewayView): boolean {
  return token === "all" || token === "some" || token === "different";
}

/** Whether the form asks for a token, and so has a checkbox for an open gateway. */
export function isAsked(situation: TokenSituation): boolean {
  return situation === "needed" || situation === "optional";
}
