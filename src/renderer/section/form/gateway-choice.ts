/** The gateways that a provider's form offers. */
import type { GatewayKey } from "../../../shared/gateways";
import type { KnownGateways } from "../data/queries";
import { words } from "../words/words";
import { targetOf, type Fields } from "./gateway-draft";

/** A gateway in the file, or the one that the environment names. */
export type GatewayChoice =
  | { readonly kind: "file"; readonly key: GatewayKey; readonly label: string }
  | {
      readonly kind: "environment";
      readonly key: GatewayKey;
      readonly label: string;
      readonly hasToken: boolean;
    };

/** All known gateways, each once. Equal names are told apart by their accounts. */
export function gatewayChoices({ gateways, environmentGateway }: KnownGateways): GatewayChoice[] {
  const choices = gateways.map(({ accountId, gatewayName }): GatewayChoice => {
    const isAmbiguous = gateways.filter((each) => each.gatewayName === gatewayName).length > 1;
    return {
      kind: "file",
      key: { accountId, gatewayName },
      label: isAmbiguous
        ? words.choice.inAccount(gatewayName, shortAccount(accountId))
        : gatewayName,
    };
  });
  if (environmentGateway === null) return choices;
  const { accountId, gatewayName, hasToken } = environmentGateway;
  const key = { accountId, gatewayName };
  if (choices.some((each) => isSameKey(each.key, key))) return choices;
  const label = words.choice.inEnvironment(gatewayName);
  return [...choices, { kind: "environment", key, label, hasToken }];
}

/** The known gateway that these fields name, or null. */
export function chosenGateway(
  fields: Pick<Fields, "accountId" | "gatewayName">,
  known: KnownGateways,
): GatewayChoice | null {
  const target = targetOf(fields);
  return gatewayChoices(known).find(({ key }) => isSameKey(key, target)) ?? null;
}

/** Whether two keys name the same gateway. */
export function isSameKey(one: GatewayKey, other: GatewayKey): boolean {
  return one.accountId === other.accountId && one.gatewayName === other.gatewayName;
}

/** "de30…ee00": enough to tell accounts apart. */
export function shortAccount(accountId: string): string {
  return accountId.length > 12 ? `${accountId.slice(0, 4)}…${accountId.slice(-4)}` : accountId;
}
