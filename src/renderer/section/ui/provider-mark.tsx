/** A provider's small icon: its logo, or a drawing of our own. */
import { catalogued } from "../../../shared/providers";
import type { ProviderView } from "../../../shared/view";
import { usualSegmentOf } from "../words/segments";
import { PROVIDER_MARKS } from "./provider-marks";

/** The icon in front of a provider's name. */
export function ProviderMark(props: { readonly provider: ProviderView }) {
  return (
    <span className="cfgw-mark" aria-hidden="true">
      <ProviderGlyph provider={props.provider} />
    </span>
  );
}

/** The icon alone, in the colour of the surrounding text. */
export function ProviderGlyph(props: { readonly provider: ProviderView }) {
  const known = knownAs(props.provider);
  const logo = OWN_MARKS.has(known) ? undefined : PROVIDER_MARKS.get(known);
  return logo === undefined ? (
    <svg viewBox="0 0 24 24" width="16" height="16" aria-hidden="true">
      <path
        d={OWN_MARKS.get(known) ?? CUSTOM}
        fill="none"
        stroke="currentColor"
        strokeLinecap="round"
        strokeLinejoin="round"
        strokeWidth="2"
      />
    </svg>
  ) : (
    <svg viewBox="0 0 24 24" width="16" height="16" fill="currentColor" aria-hidden="true">
      <path fillRule="evenodd" d={logo} />
    </svg>
  );
}

/** Logos that cannot be recognised at this size: a crossing of routes, and a moon. */
const OWN_MARKS: ReadonlyMap<string, string> = new Map([
  ["openrouter", "M2 12h4c5 0 5-6 10-6h5M6 12c5 0 5 6 10 6h5M18 3l3 3-3 3M18 15l3 3-3 3"],
  ["moonshotai", "M20.5 14.5A9 9 0 1 1 11 3a7 7 0 0 0 9.5 11.5zM17 3v4M15 5h4"],
]);

/** A box, for any other provider. */
const CUSTOM = "M12 2.5l8.5 4.8v9.4L12 21.5l-8.5-4.8V7.3zM12 12l8.3-4.6M12 12v9.3M12 12L3.7 7.4";

/** Built-in providers are found by ID, custom ones by the Cloudflare segment of their host. */
function knownAs(provider: ProviderView): string {
  return (catalogued(provider) === undefined ? usualSegmentOf(provider) : provider.id) ?? "";
}
