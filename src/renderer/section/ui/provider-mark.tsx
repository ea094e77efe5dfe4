/** A provider's small icon: its logo if there is one, otherwise its initials. */
import { catalogued } from "../../../shared/providers";
import type { ProviderView } from "../../../shared/view";
import { PROVIDER_MARKS } from "./provider-marks";
import { initialsOf } from "../words/route-words";
import { usualSegmentOf } from "../words/segments";

/** The small square in front of a provider name. */
export function ProviderMark(props: { readonly provider: ProviderView }) {
  return (
    <span className="cfgw-mark" aria-hidden="true">
      <ProviderGlyph provider={props.provider} />
    </span>
  );
}

/** The icon alone, in the colour of the surrounding text. */
export function ProviderGlyph(props: { readonly provider: ProviderView }) {
  const path = markOf(props.provider);
  if (path === undefined) return <span aria-hidden="true">{initialsOf(props.provider.name)}</span>;
  return (
    <svg viewBox="0 0 24 24" width="16" height="16" fill="currentColor" aria-hidden="true">
      <path fillRule="evenodd" d={path} />
    </svg>
  );
}

/** Built-in providers are found by ID, custom ones by the Cloudflare segment of their host. */
function markOf(provider: ProviderView): string | undefined {
  const known = catalogued(provider) === undefined ? usualSegmentOf(provider) : provider.id;
  return known === null ? undefined : PROVIDER_MARKS.get(known);
}
