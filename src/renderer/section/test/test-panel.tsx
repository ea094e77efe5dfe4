/** The running test or the report of a provider, in its open row. */
import { useState } from "react";

import { assertNever } from "../../../shared/assert-never";
import type { RememberedTest } from "../../../shared/tests";
import type { ProviderView } from "../../../shared/view";
import { Callout } from "../ui/callout";
import type { ComparisonRun } from "./comparison-state";
import { ComparisonView } from "./comparison-view";
import type { FieldToFix } from "../report/diagnosis-actions";
import { Detour } from "../report/detour";
import { ReportView } from "../report/report-view";
import { momentOf } from "../words/report-words";
import { useKeptHeight } from "./kept-height";
import { logRowOf } from "./log-row";
import { RunningView } from "./running-view";
import { rowRoute, type ModelChoice, type ShownTest, type TestRun } from "./test-run";
import { reportTexts } from "../words/report-texts";
import { words } from "../words/words";

export interface TestPanelProps {
  readonly provider: ProviderView;
  readonly run: TestRun;
  readonly model: ModelChoice;
  /** The last test of the route in the settings, if mux takes another one; else null. */
  readonly lastSaved: RememberedTest | null;
  /** Writes the compatibility fields again. Absent if they match the settings. */
  readonly onSync?: () => void;
  /** Absent for providers with only one route. */
  readonly comparison?: ComparisonRun;
  /** Opens the settings at a field. Absent for providers without settings. */
  readonly onEdit?: (field: FieldToFix) => void;
  /** Converts the gateway in the base URL to gateway settings. Absent when that is not possible. */
  readonly onAdopt?: () => void;
}

export function TestPanel(props: TestPanelProps) {
  const { provider, run } = props;
  const ref = useKeptHeight(run.running);
  const [hasReported, setHasReported] = useState(false);
  if (run.shown.kind === "report" && !hasReported) setHasReported(true);
  return (
    <div
      ref={ref}
      id={run.panelId}
      className="cfgw-test"
      tabIndex={-1}
      role="group"
      aria-label={words.test.of(provider.name)}
      aria-busy={run.running}
    >
      <DetourOf {...props} />
      <Content {...props} isFirst={!hasReported} />
    </div>
  );
}

function DetourOf({ provider, run, model, lastSaved, onSync }: TestPanelProps) {
  const { shown } = run;
  return (
    <Detour
      provider={provider}
      shown={shown.kind === "report" ? shown : null}
      lastSaved={lastSaved}
      onTest={(route) => {
        // The pressed button changes with the result.
        document.getElementById(run.buttonId)?.focus();
        run.start(model, route);
      }}
      {...(onSync === undefined ? {} : { onSync })}
    />
  );
}

function Content({
  provider,
  run,
  model,
  comparison,
  onEdit,
  onAdopt,
  isFirst,
}: TestPanelProps & { readonly isFirst: boolean }) {
  const { shown } = run;
  switch (shown.kind) {
    case "nothing":
      return <p className="cfgw-quiet">{words.test.none}</p>;
    case "running":
      return (
        <RunningView
          provider={provider}
          since={shown.since}
          route={shown.route}
          isFirst={isFirst}
        />
      );
    case "refused":
      return shown.error.code === "cancelled" ? (
        <p className="cfgw-quiet">{shown.error.message}</p>
      ) : (
        <Callout kind="error">
          <p>{shown.error.message}</p>
        </Callout>
      );
    case "report":
      return (
        <ReportView
          report={shown.report}
          provider={provider}
          conclusion={conclusionOf(shown, run.badge)}
          limits={limitsOf(shown, provider)}
          logRow={logRowOf(shown, provider)}
          {...(onEdit === undefined ? {} : { onEdit })}
          onTestAgain={() => {
            document.getElementById(run.buttonId)?.focus();
            run.start(model, shown.route);
          }}
          onTestDirect={() => {
            // The report unmounts together with the pressed button.
            document.getElementById(run.buttonId)?.focus();
            run.start(model, "direct");
          }}
          {...(onAdopt === undefined ? {} : { onAdopt })}
        >
          {comparison === undefined ? null : (
            <ComparisonView provider={provider} run={comparison} model={model} />
          )}
        </ReportView>
      );
    default:
      return assertNever(shown);
  }
}

type ShownReport = Extract<ShownTest, { readonly kind: "report" }>;

/** The caveats of a report: outdated, without the gateway, or remembered from an earlier test. */
function limitsOf(shown: ShownReport, provider: ProviderView): readonly string[] {
  const isUnused = shown.route === "saved" && rowRoute(provider) === "mux";
  return [
    ...(shown.stale ? [words.test.stale] : []),
    ...(isUnused ? [reportTexts.detour.isSettings] : []),
    ...(shown.route === "direct" ? [words.test.direct] : []),
    ...(shown.remembered ? [words.test.remembered(momentOf(shown.report.startedAt))] : []),
  ];
}

/** The conclusion from a direct test about a failed test of the saved route with the same settings. */
function conclusionOf({ report, route }: ShownReport, saved: ShownTest): string | null {
  if (route !== "direct" || saved.kind !== "report" || saved.stale || saved.report.ok) return null;
  if (saved.report.expected !== "gateway" || saved.report.model !== report.model) return null;
  if (!report.ok) return words.test.directFails;
  return report.verdict === "direct" ? words.test.directWorks : null;
}
