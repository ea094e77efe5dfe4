/** Says that mux takes another route than the settings, and offers to test both. */
import { useId } from "react";
import { TriangleAlert } from "lucide-react";

import { goesElsewhere, isTestable, type MuxRoute } from "../../../shared/mux-route";
import type { TestReport, TestRoute } from "../../../shared/report";
import type { RememberedTest } from "../../../shared/tests";
import type { ProviderView } from "../../../shared/view";
import { useCanTurnMirrorOn } from "../data/queries";
import { Breakable } from "../ui/breakable";
import { useCurrentMinute } from "../ui/current-minute";
import { reportTexts } from "../words/report-texts";
import { agoOf, shortResult } from "../words/report-words";
import { words } from "../words/words";

export interface DetourProps {
  readonly provider: ProviderView;
  /** The report on screen, or null. */
  readonly shown: { readonly report: TestReport; readonly route: TestRoute } | null;
  /** The last test of the route in the settings, or null. */
  readonly lastSaved: RememberedTest | null;
  readonly onTest: (route: "saved" | "mux") => void;
  /** Writes the compatibility fields again. Absent if they match the settings. */
  readonly onSync?: () => void;
}

/** Null while mux takes the route in the settings. */
export function Detour(props: DetourProps) {
  const { provider, shown, lastSaved } = props;
  const { muxRoute } = provider;
  const id = useId();
  const canTurnMirrorOn = useCanTurnMirrorOn();
  // A leak has its own warning, and no route is tested until it is fixed.
  if (!goesElsewhere(muxRoute) || provider.leak !== null) return null;
  const { detour } = reportTexts;
  const isSettings = shown !== null && shown.route !== "mux";
  return (
    <div className="cfgw-detour" role="group" aria-labelledby={id}>
      <TriangleAlert size={14} aria-hidden="true" />
      <div>
        <h4 id={id} className="cfgw-strong">
          {detour.title}
        </h4>
        <p>{muxRoute.message}</p>
        {muxRoute.kind === "address" && canTurnMirrorOn ? <p>{detour.turnMirrorOn}</p> : null}
        <dl className="cfgw-facts">
          <div>
            <dt>{detour.now}</dt>
            <dd>
              <Url
                url={isSettings ? null : (shown?.report.request?.url ?? null)}
                route={muxRoute}
              />
            </dd>
          </div>
          <div>
            <dt>{detour.settings}</dt>
            <dd>
              <code className="cfgw-code">
                <Breakable text={settingsUrl(provider, lastSaved)} />
              </code>
              <span className="cfgw-quiet">
                {lastSaved === null ? detour.unknown : <LastResult test={lastSaved} />}
              </span>
            </dd>
          </div>
        </dl>
        <div className="cfgw-actions">
          {isSettings && isTestable(muxRoute) ? (
            <button type="button" className="cfgw-button" onClick={() => props.onTest("mux")}>
              {detour.testInUse}
            </button>
          ) : null}
          {isSettings ? null : (
            <button type="button" className="cfgw-button" onClick={() => props.onTest("saved")}>
              {detour.testSettings}
            </button>
          )}
          {props.onSync === undefined ? null : (
            <button type="button" className="cfgw-button" onClick={props.onSync}>
              {words.fix.mend_mirror}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}

/** The tested URL, unless the settings have changed since. */
function settingsUrl({ baseUrl }: ProviderView, last: RememberedTest | null): string {
  const tested = last === null || last.stale ? null : (last.report.request?.url ?? null);
  return tested ?? baseUrl ?? "";
}

/** The tested URL, else the base URL or the name of mux's gateway. */
function Url(props: {
  readonly url: string | null;
  readonly route: Extract<MuxRoute, { readonly message: string }>;
}) {
  const { route } = props;
  const url = props.url ?? (route.kind === "address" ? route.url : null);
  if (url !== null) {
    return (
      <code className="cfgw-code">
        <Breakable text={url} />
      </code>
    );
  }
  return route.kind === "address" ? words.noFigure : route.name;
}

function LastResult(props: { readonly test: RememberedTest }) {
  const { report, stale } = props.test;
  const now = useCurrentMinute();
  return `${shortResult(report)} · ${stale ? words.last.stale : agoOf(report.startedAt, now)}`;
}
