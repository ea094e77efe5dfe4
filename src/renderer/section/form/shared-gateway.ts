/** A gateway that several providers use: who else is on it, and how they follow when one of them moves. */
import type { ProviderView } from "../../../shared/view";
import type { Change, TypedChoice, TypedInput } from "../data/change";
import { uneditable } from "../words/route-words";

/** The other providers whose block names this routed one's gateway, on or off, and that can follow. */
export function sharersOf(
  { id, route, gateway }: ProviderView,
  providers: readonly ProviderView[],
): readonly ProviderView[] {
  if (route !== "gateway" || gateway === null) return [];
  return providers.filter(
    (other) =>
      other.id !== id &&
      other.gateway?.accountId === gateway.accountId &&
      other.gateway.gatewayName === gateway.gatewayName &&
      uneditable(other) === null &&
      !isUnconfirmed(other),
  );
}

/** Nobody has said yet whether its key may go where its gateway sends it: it is changed alone. */
function isUnconfirmed({ foreignHost, gateway }: ProviderView): boolean {
  return foreignHost !== null && (gateway?.segment ?? null) === null;
}

type Names = Pick<TypedInput, "accountId" | "gatewayName">;

/** Tells the gateway that a provider is routed through from others; null when it is not routed. */
export function sharedKey({ route, gateway }: ProviderView): string | null {
  if (route !== "gateway" || gateway === null) return null;
  return JSON.stringify([gateway.accountId, gateway.gatewayName]);
}

/** Whether these fields take a routed provider to another gateway than the one it is on. */
export function leavesGateway({ route, gateway }: ProviderView, fields: Names): boolean {
  return (
    route === "gateway" &&
    gateway !== null &&
    (fields.accountId.trim() !== gateway.accountId ||
      fields.gatewayName.trim() !== gateway.gatewayName)
  );
}

/** Whether this changes something that the others of its gateway have too: its names or its token. */
export function changesGateway(
  provider: ProviderView,
  fields: Names & { readonly token?: TypedChoice | undefined },
): boolean {
  return (
    leavesGateway(provider, fields) || (provider.route === "gateway" && fields.token !== undefined)
  );
}

/** The change of a gateway for all who use it, and what is left to change for the one alone. */
export function updateOf(
  { id, gateway }: ProviderView,
  { accountId, gatewayName, token, segment }: TypedInput,
): readonly [Change, ...Change[]] {
  const names = { accountId, gatewayName };
  const old = gateway ?? names;
  const update: Change = {
    call: "updateGateway",
    input: {
      gateway: { accountId: old.accountId, gatewayName: old.gatewayName },
      change: {
        ...(accountId === old.accountId ? {} : { accountId }),
        ...(gatewayName === old.gatewayName ? {} : { gatewayName }),
        ...(token === undefined ? {} : { token }),
      },
    },
  };
  if (segment === undefined || segment === (gateway?.segment ?? null)) return [update];
  const own = { provider: id, ...names, segment };
  return [update, { call: "enable", input: own, expecting: "shown" }];
}
