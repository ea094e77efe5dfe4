/** A gateway that several providers use: who else is on it, and how they follow when one of them moves. */
import type { ProviderView } from "../../../shared/view";
import type { Fields } from "./gateway-draft";
import type { Change } from "../data/change";
import { uneditable } from "../words/route-words";

/** The other providers that are routed through the very same account and gateway, and can follow. */
export function sharersOf(
  { id, route, gateway }: ProviderView,
  providers: readonly ProviderView[],
): readonly ProviderView[] {
  if (route !== "gateway" || gateway === null) return [];
  return providers.filter(
    (other) =>
      other.id !== id &&
      other.route === "gateway" &&
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

type Names = Pick<Fields, "accountId" | "gatewayName">;

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

/** What takes the others along; their segments and tokens stay. */
export function followChanges(
  { accountId, gatewayName }: Names,
  others: readonly ProviderView[],
): readonly Change[] {
  return others.map(({ id }) => ({
    call: "enable",
    input: { provider: id, accountId: accountId.trim(), gatewayName: gatewayName.trim() },
    expecting: "shown",
  }));
}
