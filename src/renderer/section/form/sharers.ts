/** The providers that share a gateway, as the section shows them. */
import type { ProviderView } from "../../../shared/view";
import { usePickedProviders, useProvidersNow } from "../data/queries";
import { targetOf, type Fields } from "./gateway-draft";
import { sharersOf } from "./shared-gateway";

/** Who shares this one's gateway at the moment of asking, for those who need not be drawn with it. */
export function useSharersNow(provider: ProviderView): () => readonly ProviderView[] {
  const providersNow = useProvidersNow();
  return () => sharersOf(provider, providersNow());
}

/** The providers that share this one's gateway, live. */
export function useSharers(provider: ProviderView): readonly ProviderView[] {
  return usePickedProviders((providers) => sharersOf(provider, providers));
}

/** The providers whose blocks hold a token of the gateway that these fields name, live. */
export function useTokenOwners(
  fields: Pick<Fields, "accountId" | "gatewayName">,
): readonly ProviderView[] {
  const { accountId, gatewayName } = targetOf(fields);
  return usePickedProviders((providers) =>
    providers.filter(
      ({ gateway }) =>
        gateway?.accountId === accountId && gateway.gatewayName === gatewayName && gateway.hasToken,
    ),
  );
}
