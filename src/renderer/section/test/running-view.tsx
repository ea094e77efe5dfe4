/** A running test, laid out like its report, so that little moves when the response arrives. */
import { LoaderCircle } from "lucide-react";

import { STEP_LABELS, type StepName } from "../../../shared/report-timeline";
import type { ProviderView } from "../../../shared/view";
import { Elapsed } from "./elapsed";
import { pendingPicture } from "../report/report-picture";
import { RoutePicture } from "../report/route-picture";
import { words } from "../words/words";

/** The steps of a new connection and a response. */
const USUAL_STEPS: readonly StepName[] = [
  "dns",
  "tcp",
  "tls",
  "firstByte",
  "firstToken",
  "lastByte",
];

export function RunningView(props: {
  readonly provider: ProviderView;
  /** `performance.now()` of the page, in milliseconds. */
  readonly since: number;
  /** Whether the test bypasses the gateway on request. */
  readonly direct: boolean;
}) {
  const { provider } = props;
  const isRouted = provider.route === "gateway";
  return (
    <div className="cfgw-report">
      <div className="cfgw-verdict" data-tone="running">
        <LoaderCircle className="cfgw-spin" size={18} aria-hidden="true" />
        <p className="cfgw-verdict-text">{words.test.running(provider.name)}</p>
        <Elapsed since={props.since} />
      </div>
      <RoutePicture
        picture={pendingPicture(provider, props.direct)}
        provider={provider}
        tone="running"
      />
      <div className="cfgw-awaited" aria-hidden="true">
        <table className="cfgw-timeline">
          <caption className="cfgw-label">{words.timeline.title}</caption>
          <tbody>
            {USUAL_STEPS.map((name) => (
              <tr key={name}>
                <th scope="row">{STEP_LABELS[name]}</th>
                <td>
                  <div className="cfgw-track" />
                </td>
                <td className="cfgw-figure" />
                <td className="cfgw-figure" />
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{words.timeline.total}</th>
            </tr>
          </tfoot>
        </table>
        <div className="cfgw-awaited-evidence">
          <p className="cfgw-label">{words.report.evidence}</p>
          <div className="cfgw-track" />
          <div className="cfgw-track" />
          <div className="cfgw-track" />
          <div className="cfgw-track" />
        </div>
        <div className="cfgw-awaited-end" data-compared={isRouted ? "" : undefined} />
      </div>
    </div>
  );
}
