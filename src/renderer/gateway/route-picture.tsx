/** The way of a tested request, drawn: this computer, Cloudflare, the provider, and where it failed. */
import { Fragment } from "react";
import { Cloud, Monitor, X } from "lucide-react";

import { assertNever } from "../../shared/assert-never";
import type { TestReport } from "../../shared/report";
import { pictureOf, type PartState, type Stop } from "./report-picture";
import { toneOf } from "./report-words";
import { initialsOf } from "./route-words";
import { words } from "./words";

export function RoutePicture(props: { readonly report: TestReport; readonly name: string }) {
  const { stops, hops } = pictureOf(props.report, props.name);
  return (
    <ol className="cfgw-picture" data-tone={toneOf(props.report)}>
      {stops.map((stop, index) => {
        const hop = hops[index - 1];
        return (
          <Fragment key={stop.place}>
            {hop === undefined ? null : <Hop state={hop} />}
            <StopView stop={stop} />
          </Fragment>
        );
      })}
    </ol>
  );
}

function StopView(props: { readonly stop: Stop }) {
  const { stop } = props;
  return (
    <li className="cfgw-stop" data-state={stop.state}>
      <span className="cfgw-stop-icon">
        <StopPicture stop={stop} />
        {stop.state === "failed" ? (
          <X className="cfgw-stop-cross" size={12} aria-hidden="true" />
        ) : null}
      </span>
      <span className="cfgw-stop-label">{stop.label}</span>
      <span className="cfgw-stop-detail">
        {stop.detail ?? (stop.state === "passed" ? "" : words.picture[stop.state])}
      </span>
      <span className="cfgw-hidden">{words.picture[stop.state]}</span>
    </li>
  );
}

function StopPicture(props: { readonly stop: Stop }) {
  switch (props.stop.place) {
    case "computer":
      return <Monitor size={16} aria-hidden="true" />;
    case "cloudflare":
      return <Cloud size={16} aria-hidden="true" />;
    case "provider":
      return <span aria-hidden="true">{initialsOf(props.stop.label)}</span>;
    default:
      return assertNever(props.stop.place);
  }
}

function Hop(props: { readonly state: PartState }) {
  return (
    <li className="cfgw-hop" data-state={props.state}>
      {props.state === "failed" ? <X size={12} aria-hidden="true" /> : null}
      <span className="cfgw-hidden">{words.picture[props.state]}</span>
    </li>
  );
}
