/** A running test, laid out like its report, so that little moves when the response arrives. */
import { LoaderCircle } from "lucide-react";

import type { TestRoute } from "../../../shared/report";
import type { ProviderView } from "../../../shared/view";
import { Elapsed } from "./elapsed";
import { pendingPicture } from "../report/report-picture";
import { RoutePicture } from "../report/route-picture";
import { words } from "../words/words";

export function RunningView(props: {
  readonly provider: ProviderView;
  /** `performance.now()` of the page, in milliseconds. */
  readonly since: number;
  readonly route: TestRoute;
  /** Reserves room for the first report. Later ones take the room of the one before. */
  readonly isFirst: boolean;
}) {
  const { provider } = props;
  return (
    <div className="cfgw-report">
      <div className="cfgw-verdict" data-tone="running">
        <LoaderCircle className="cfgw-spin" size={18} aria-hidden="true" />
        <p className="cfgw-verdict-text">{words.test.running(provider.name)}</p>
        <Elapsed since={props.since} />
      </div>
      <RoutePicture
        picture={pendingPicture(provider, props.route)}
        provider={provider}
        tone="running"
      />
      {props.isFirst ? <div className="cfgw-awaited" aria-hidden="true" /> : null}
    </div>
  );
}
