/** The route of a row as a small drawing, coloured by the last result. */
import type { ReactNode } from "react";

import { pictureOf, type PartState } from "../report/report-picture";
import type { ShownTest } from "../test/test-run";

const COMPUTER = "M1.5 3.5h11v7h-11zM4.5 13h5";
const FIRST_HOP = "M15 8h4";
const CLOUD = "M24 12h7.5a2.5 2.5 0 0 0 .4-5 4 4 0 0 0-7.6-.9A3 3 0 0 0 24 12z";
const SECOND_HOP = "M36.5 8h4";
const DIRECT = "M15 8h25.5";
const PROVIDER = "M50 8a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0z";
const ALL = `${COMPUTER}${FIRST_HOP}${CLOUD}${SECOND_HOP}${PROVIDER}`;
const ALL_DIRECT = `${COMPUTER}${DIRECT}${PROVIDER}`;

/** `none`: the settings on screen have not been tested. */
type State = PartState | "none";

export function MiniPath(props: { readonly viaGateway: boolean; readonly test: ShownTest }) {
  const { viaGateway, computer, firstHop, cloud, secondHop, provider } = statesOf(
    props.test,
    props.viaGateway,
  );
  // One element, because most rows of a long list are like this.
  if (computer === "none") {
    return <Drawing>{<path data-state="none" d={viaGateway ? ALL : ALL_DIRECT} />}</Drawing>;
  }
  return (
    <Drawing>
      <path data-state={computer} d={COMPUTER} />
      {viaGateway ? (
        <>
          <path data-state={firstHop} d={FIRST_HOP} />
          <path data-state={cloud} data-place="cloud" d={CLOUD} />
          <path data-state={secondHop} d={SECOND_HOP} />
        </>
      ) : (
        <path data-state={firstHop} d={DIRECT} />
      )}
      <path data-state={provider} d={PROVIDER} />
    </Drawing>
  );
}

function Drawing(props: { readonly children: ReactNode }) {
  return (
    <svg className="cfgw-path" viewBox="0 0 52 16" width="52" height="16" aria-hidden="true">
      {props.children}
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
