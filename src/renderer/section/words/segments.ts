/** Which segment of a gateway a provider takes, and whether a person has to say so. */
import { usualSegment, type RoutedProvider } from "../../../shared/gateway-url";
import type { ProviderView } from "../../../shared/view";

/** Whether the form has a field for the segment: custom providers, and blocks that name one. */
export function hasSegmentField(provider: ProviderView): boolean {
  return (
    provider.kind === "custom" ||
    usualSegmentOf(provider) === null ||
    provider.foreignHost !== null ||
    (provider.gateway?.segment ?? null) !== null
  );
}

/** The properties of a provider that the rules for gateway addresses use. */
export function routedOf(provider: ProviderView): RoutedProvider {
  const { id, kind, directBaseUrl, baseUrlFromEnvironment } = provider;
  return {
    id,
    kind,
    ownBaseUrl: baseUrlFromEnvironment ? null : directBaseUrl,
    environmentBaseUrl: baseUrlFromEnvironment ? directBaseUrl : null,
  };
}

/** The segment that needs no creating in the dashboard, or null when one must be given. */
export function usualSegmentOf(provider: ProviderView): string | null {
  return usualSegment(routedOf(provider));
}
