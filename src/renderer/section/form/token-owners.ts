/** The providers that share a gateway. */
import { isSameGateway } from "../../../shared/gateways";
import type { ProviderView } from "../../../shared/view";
import { usePickedProviders } from "../data/queries";
import { targetOf, type GatewayNameFields } from "./gateway-draft";

/** The providers whose blocks hold a token of the gateway that these fields name, kept up to date. */
export function useTokenOwners(fields: GatewayNameFields): readonly ProviderView[] {
  const target = targetOf(fields);
  return usePickedProviders((providers) =>
    providers.filter(
      ({ gateway }) => gateway !== null && gateway.hasToken && isSameGateway(gateway, target),
    ),
  );
}
