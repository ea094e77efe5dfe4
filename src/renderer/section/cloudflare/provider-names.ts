/** The names of providers in Cloudflare's figures. */
import type { ProviderView } from "../../../shared/view";
import { usualSegmentOf } from "../words/segments";

/** The name in mux where a block has this segment, else Cloudflare's own name. */
export function nameOfSegment(
  { segment, provider }: { readonly segment: string; readonly provider?: string | null },
  providers: readonly ProviderView[],
): string {
  const found =
    provider === null || provider === undefined
      ? providers.find((each) => (each.gateway?.segment ?? usualSegmentOf(each)) === segment)
      : providers.find(({ id }) => id === provider);
  return found?.name ?? segment;
}
