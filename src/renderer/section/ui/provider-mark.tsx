/** What stands for a provider in little room: its mark where it has one, else its first letters. */
import { catalogued } from "../../../shared/providers";
import type { ProviderView } from "../../../shared/view";
import { PROVIDER_MARKS } from "./provider-marks";
import { initialsOf } from "../words/route-words";
import { usualSegmentOf } from "../words/segments";

/** The small square in front of a name. */
export function ProviderMark(props: { readonly provider: ProviderView }) {
  return (
    <span className="cfgw-mark" aria-hidden="true">
      <ProviderGlyph provider={props.provider} />
    </span>
  );
}

/** As high as a letter of its surroundings, and of their colour. */
export function ProviderGlyph(props: { readonly provider: ProviderView }) {
  const path = markOf(props.provider);
  if (path === undefined) return <span aria-hidden="true">{initialsOf(props.provider.name)}</span>;
  return (
    <svg viewBox="0 0 24 24" width="16" height="16" fill="currentColor" aria-hidden="true">
      <path fillRule="evenodd" d={path} />
    </svg>
  );
}

/** One of mux's own by its name; a custom one by its host, as Cloudflare knows it. */
function markOf(provider: ProviderView): string | undefined {
  const known = catalogued(provider) === undefined ? usualSegmentOf(provider) : provider.id;
  return known === null ? undefined : PROVIDER_MARKS.get(known);
}
