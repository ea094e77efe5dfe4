/** What a provider's test is doing or has found, under its row. */
import { LoaderCircle, X } from "lucide-react";

import { assertNever } from "../../shared/assert-never";
import type { ProviderView } from "../../shared/view";
import { Callout } from "./callout";
import { Elapsed } from "./elapsed";
import { ReportView } from "./report-view";
import type { ModelChoice, TestRun } from "./test-run";
import { words } from "./words";

export function TestPanel(props: {
  readonly provider: ProviderView;
  readonly run: TestRun;
  readonly model: ModelChoice;
}) {
  const { provider, run } = props;
  if (run.state.kind === "idle") return null;
  return (
    <div
      className="cfgw-section cfgw-test"
      role="group"
      aria-label={words.test.of(provider.name)}
      aria-busy={run.state.kind === "running"}
    >
      {run.state.kind === "running" ? null : (
        <button
          type="button"
          className="cfgw-icon-button cfgw-test-hide"
          aria-label={words.test.hide}
          title={words.test.hide}
          onClick={run.hide}
        >
          <X size={14} aria-hidden="true" />
        </button>
      )}
      <Content {...props} />
    </div>
  );
}

function Content({ provider, run, model }: Parameters<typeof TestPanel>[0]) {
  switch (run.state.kind) {
    case "idle":
      return null;
    case "running":
      return <Running name={provider.name} since={run.state.since} />;
    case "refused":
      return run.state.error.code === "cancelled" ? (
        <p className="cfgw-quiet">{run.state.error.message}</p>
      ) : (
        <Callout kind="error">
          <p>{run.state.error.message}</p>
        </Callout>
      );
    case "done":
      return (
        <ReportView
          report={run.state.report}
          name={provider.name}
          note={run.state.stale ? words.test.stale : run.state.direct ? words.test.direct : null}
          onTestDirect={() => {
            run.start(model, "direct");
          }}
        />
      );
    default:
      return assertNever(run.state);
  }
}

function Running(props: { readonly name: string; readonly since: number }) {
  return (
    <div className="cfgw-verdict" data-tone="running">
      <LoaderCircle className="cfgw-spin" size={18} aria-hidden="true" />
      <div>
        <p className="cfgw-verdict-text">{words.test.running(props.name)}</p>
        <p className="cfgw-quiet">{words.test.runningText}</p>
      </div>
      <Elapsed since={props.since} />
    </div>
  );
}
