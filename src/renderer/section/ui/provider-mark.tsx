/** A provider's small icon: its logo, or a drawing of our own. */
import { lazy, Suspense } from "react";

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
  const logo = PROVIDER_MARKS.get(known);
  if (logo !== undefined) return <Logo path={logo} />;
  if (!isMarkedLater(known)) return <Drawing path={OWN_MARKS.get(known) ?? BOX} />;
  return (
    <Suspense fallback={<Drawing path={BOX} />}>
      <LaterLogo known={known} />
    </Suspense>
  );
}

/** Whether a provider's row is collapsed at the start, so that its logo is loaded when it is shown. */
export function isMarkedLater(known: string): boolean {
  return known === "github-copilot" || known === "bedrock" || known === "ollama";
}

const LaterLogo = lazy(async () => {
  const marks = await import("./later-provider-marks").then(
    ({ LATER_PROVIDER_MARKS }) => LATER_PROVIDER_MARKS,
    // Without them, the box is enough.
    () => new Map<string, string>(),
  );
  return {
    default: ({ known }: { readonly known: string }) => {
      const logo = marks.get(known);
      return logo === undefined ? <Drawing path={BOX} /> : <Logo path={logo} />;
    },
  };
});

function Logo(props: { readonly path: string }) {
  return (
    <svg viewBox="0 0 24 24" width="16" height="16" fill="currentColor" aria-hidden="true">
      <path fillRule="evenodd" d={props.path} />
    </svg>
  );
}

function Drawing(props: { readonly path: string }) {
  return (
    <svg viewBox="0 0 24 24" width="16" height="16" aria-hidden="true">
      <path
        d={props.path}
        fill="none"
        stroke="currentColor"
        strokeLinecap="round"
        strokeLinejoin="round"
        strokeWidth="2"
      />
    </svg>
  );
}

/** Logos that cannot be recognised at this size: a crossing of routes, and a moon. */
export const OWN_MARKS: ReadonlyMap<string, string> = new Map([
  ["openrouter", "M2 12h4c5 0 5-6 10-6h5M6 12c5 0 5 6 10 6h5M18 3l3 3-3 3M18 15l3 3-3 3"],
  ["moonshotai", "M20.5 14.5A9 9 0 1 1 11 3a7 7 0 0 0 9.5 11.5zM17 3v4M15 5h4"],
]);

/** A box, for any other provider. */
const BOX = "M12 2.5l8.5 4.8v9.4L12 21.5l-8.5-4.8V7.3zM12 12l8.3-4.6M12 12v9.3M12 12L3.7 7.4";

/** Built-in providers are found by ID, custom ones by the Cloudflare segment of their host. */
function knownAs(provider: ProviderView): string {
  return (catalogued(provider) === undefined ? usualSegmentOf(provider) : provider.id) ?? "";
}
