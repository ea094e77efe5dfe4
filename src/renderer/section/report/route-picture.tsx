/** Renders the route diagram as one image: its stops, the time between them, and where the test failed. */
import { Fragment } from "react";
import { Cloud, Monitor, X } from "lucide-react";

import { assertNever } from "../../../shared/assert-never";
import type { ProviderView } from "../../../shared/view";
import { ProviderGlyph } from "../ui/provider-mark";
import { pathSentence } from "./path-sentence";
import type { PartState, Picture, Stop } from "./report-picture";
import { duration, type Tone } from "../words/report-words";
import { words } from "../words/words";

export function RoutePicture(props: {
  readonly picture: Picture;
  /** The provider at the end of the route. */
  readonly provider: ProviderView;
  /** `running` while the test is running. */
  readonly tone: Tone | "running";
}) {
  const { stops, hops, latencies } = props.picture;
  return (
    <div
      className="cfgw-picture"
      data-tone={props.tone}
      role="img"
      aria-label={pathSentence(props.picture)}
    >
      {stops.map((stop, index) => {
        const hop = hops[index - 1];
        return (
          <Fragment key={stop.place}>
            {hop === undefined ? null : <Hop state={hop} ms={latencies[index - 1] ?? null} />}
            <StopView stop={stop} provider={props.provider} />
          </Fragment>
        );
      })}
    </div>
  );
}

function StopView(props: { readonly stop: Stop; readonly provider: ProviderView }) {
  const { stop } = props;
  return (
    <div className="cfgw-stop" data-state={stop.state}>
      <span className="cfgw-stop-icon">
        <StopIcon place={stop.place} provider={props.provider} />
        {stop.state === "failed" ? (
          <X className="cfgw-stop-cross" size={12} aria-hidden="true" />
        ) : null}
      </span>
      <span className="cfgw-stop-label">{stop.label}</span>
      <span className="cfgw-stop-detail">
        {stop.detail ?? (isVisuallyClear(stop.state) ? "" : words.picture[stop.state])}
      </span>
    </div>
  );
}

/** Whether the diagram already shows this state, so that it needs no text. */
function isVisuallyClear(state: PartState): boolean {
  return state === "passed" || state === "waiting";
}

function StopIcon(props: { readonly place: Stop["place"]; readonly provider: ProviderView }) {
  switch (props.place) {
    case "computer":
      return <Monitor size={16} aria-hidden="true" />;
    case "cloudflare":
      return <Cloud size={16} aria-hidden="true" />;
    case "provider":
      return <ProviderGlyph provider={props.provider} />;
    default:
      return assertNever(props.place);
  }
}

function Hop(props: { readonly state: PartState; readonly ms: number | null }) {
  return (
    <div className="cfgw-hop" data-state={props.state}>
      {props.state === "failed" ? <X size={12} aria-hidden="true" /> : null}
      {props.ms === null ? null : <span className="cfgw-hop-ms">{duration(props.ms)}</span>}
    </div>
  );
}
