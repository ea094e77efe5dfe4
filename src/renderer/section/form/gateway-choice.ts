/** The gateways that a provider's form offers. */
import { isSameGateway, keyOfGateway, type GatewayKey } from "../../../shared/gateways";
import type { KnownGateways } from "../data/queries";
import { words } from "../words/words";
import { targetOf, type GatewayNameFields } from "./gateway-draft";

/** A gateway in the file, or the one that the environment names. */
export type GatewayChoice =
  | { readonly kind: "file"; readonly key: GatewayKey; readonly label: string }
  | {
      readonly kind: "environment";
      readonly key: GatewayKey;
      readonly label: string;
      readonly hasToken: boolean;
    };

/** All known gateways, each once. */
export function gatewayChoices({ gateways, environmentGateway }: KnownGateways): GatewayChoice[] {
  const choices = gateways.map((gateway): GatewayChoice => {
    return { kind: "file", key: keyOfGateway(gateway), label: labelOf(gateway, gateways) };
  });
  if (environmentGateway === null) return choices;
  const { accountId, gatewayName, hasToken } = environmentGateway;
  const key = { accountId, gatewayName };
  if (choices.some((each) => isSameGateway(each.key, key))) return choices;
  const label = words.choice.inEnvironment(gatewayName);
  return [...choices, { kind: "environment", key, label, hasToken }];
}

/** The known gateway that these fields name, or null. */
export function chosenGateway(
  fields: GatewayNameFields,
  known: KnownGateways,
): GatewayChoice | null {
  const target = targetOf(fields);
  return gatewayChoices(known).find(({ key }) => isSameGateway(key, target)) ?? null;
}

/** The name, with what tells it apart from others: the custom domain, or the account. */
function labelOf(gateway: GatewayKey, gateways: readonly GatewayKey[]): string {
  const { accountId, gatewayName, host } = gateway;
  if (host !== undefined) return words.choice.atDomain(gatewayName, host);
  const isAmbiguous = gateways.some(
    (each) => each.gatewayName === gatewayName && each.accountId !== accountId,
  );
  return isAmbiguous ? words.choice.inAccount(gatewayName, shortAccount(accountId)) : gatewayName;
}

/** "de30…ee00": enough to tell accounts apart. */
export function shortAccount(accountId: string): string {
  return accountId.length > 12 ? `${accountId.slice(0, 4)}…${accountId.slice(-4)}` : accountId;
}
