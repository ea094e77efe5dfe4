/** The custom segments that an account is known to have, so that a slug is entered only once. */
import type { CustomSegment } from "../../../shared/gateways";
import type { ProviderView } from "../../../shared/view";
import type { KnownGateways } from "../data/queries";
import { usualSegmentOf } from "../words/segments";
import { cleaned } from "./pasted";

/**
 * The one segment that the account has for the provider's host. Null if there are none or several, and
 * where the user has to confirm whose key it is.
 */
export function knownSegment(
  provider: ProviderView,
  accountId: string,
  known: KnownGateways,
): string | null {
  if (provider.foreignHost !== null || usualSegmentOf(provider) !== null) return null;
  const ofHost = segmentsOf(accountId, known).filter(isFor(provider));
  const [segment, ...others] = new Set(ofHost.map((each) => each.segment));
  return segment === undefined || others.length > 0 ? null : segment;
}

/** All custom segments of the account, those for the provider's host first. */
export function segmentsToSuggest(
  provider: ProviderView,
  accountId: string,
  known: KnownGateways,
): readonly string[] {
  const all = segmentsOf(accountId, known);
  const isOwn = isFor(provider);
  const sorted = [...all.filter(isOwn), ...all.filter((each) => !isOwn(each))];
  return [...new Set(sorted.map(({ segment }) => segment))];
}

function segmentsOf(accountId: string, { gateways }: KnownGateways): readonly CustomSegment[] {
  const account = cleaned(accountId, "accountId");
  return gateways
    .filter((gateway) => gateway.accountId === account)
    .flatMap(({ customSegments }) => customSegments);
}

function isFor({ directBaseUrl }: ProviderView): (segment: CustomSegment) => boolean {
  const url = directBaseUrl ?? "";
  const host = URL.canParse(url) ? new URL(url).host : null;
  return (segment) => segment.host === host;
}
