/** The route of a row as a small drawing, coloured by the last result. */
import { pictureOf, type PartState } from "../report/report-picture";
import type { ShownTest } from "../test/test-run";

/** `none`: there is no result that belongs to the settings on screen. */
type State = PartState | "none";

export function MiniPath(props: { readonly viaGateway: boolean; readonly test: ShownTest }) {
  const { viaGateway, computer, firstHop, cloud, secondHop, provider } = statesOf(
    props.test,
    props.viaGateway,
  );
  return (
    <svg className="cfgw-path" viewBox="0 0 52 16" width="52" height="16" aria-hidden="true">
      <path data-state={computer} d="M1.5 3.5h11v7h-11zM4.5 13h5" />
      {viaGateway ? (
        <>
          <path data-state={firstHop} d="M15 8h4" />
          <path
            data-state={cloud}
            data-place="cloud"
            d="M24 12h7.5a2.5 2.5 0 0 0 .4-5 4 4 0 0 0-7.6-.9A3 3 0 0 0 24 12z"
          />
          <path data-state={secondHop} d="M36.5 8h4" />
        </>
      ) : (
        <path data-state={firstHop} d="M15 8h25.5" />
      )}
      <circle data-state={provider} cx="46.5" cy="8" r="3.5" />
    </svg>
  );
}

interface PathStates {
  readonly viaGateway: boolean;
  readonly computer: State;
  readonly firstHop: State;
  readonly cloud: State;
  readonly secondHop: State;
  readonly provider: State;
}

/** Draws the route that the test took; without a current result, the route of the settings. */
function statesOf(test: ShownTest, viaGateway: boolean): PathStates {
  if (test.kind !== "report" || test.stale) return unknown(viaGateway);
  const { stops, hops } = pictureOf(test.report, "");
  const stateAt = (place: "computer" | "cloudflare" | "provider"): State =>
    stops.find((stop) => stop.place === place)?.state ?? "none";
  return {
    viaGateway: stops.length > 2,
    computer: stateAt("computer"),
    firstHop: hops[0] ?? "none",
    cloud: stateAt("cloudflare"),
    secondHop: hops[1] ?? "none",
    provider: stateAt("provider"),
  };
}

function unknown(viaGateway: boolean): PathStates {
  const none = "none";
  return {
    viaGateway,
    computer: none,
    firstHop: none,
    cloud: none,
    secondHop: none,
    provider: none,
  };
}
