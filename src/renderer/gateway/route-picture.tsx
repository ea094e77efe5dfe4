/** The way of a tested request, drawn: this computer, Cloudflare, the provider, and where it failed. */
import { Fragment } from "react";
import { Building2, Cloud, Monitor, X } from "lucide-react";

import type { TestReport } from "../../shared/report";
import { pictureOf, type PartState, type Stop } from "./report-picture";
import { toneOf } from "./report-words";
import { words } from "./words";

const ICONS = { computer: Monitor, cloudflare: Cloud, provider: Building2 } as const;

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
  const Icon = ICONS[stop.place];
  return (
    <li className="cfgw-stop" data-state={stop.state}>
      <span className="cfgw-stop-icon">
        <Icon size={16} aria-hidden="true" />
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

function Hop(props: { readonly state: PartState }) {
  return (
    <li className="cfgw-hop" data-state={props.state}>
      {props.state === "failed" ? <X size={12} aria-hidden="true" /> : null}
      <span className="cfgw-hidden">{words.picture[props.state]}</span>
    </li>
  );
}
