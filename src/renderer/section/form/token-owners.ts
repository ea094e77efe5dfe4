/** The providers that share a gateway. */
import type { ProviderView } from "../../../shared/view";
import { usePickedProviders } from "../data/queries";
import { isSameKey } from "./gateway-choice";
import { targetOf, type Fields } from "./gateway-draft";

/** The providers whose blocks hold a token of the gateway that these fields name, kept up to date. */
export function useTokenOwners(
  fields: Pick<Fields, "accountId" | "gatewayName">,
): readonly ProviderView[] {
  const target = targetOf(fields);
  return usePickedProviders((providers) =>
    providers.filter(
      ({ gateway }) => gateway !== null && gateway.hasToken && isSameKey(gateway, target),
    ),
  );
}
