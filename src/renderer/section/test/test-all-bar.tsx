/** The header of the list: its title, the "Test all" button, the progress and the results. */
import { Fragment, useRef, type ReactNode } from "react";
import { ChevronRight } from "lucide-react";
import * as Collapsible from "@radix-ui/react-collapsible";

import type { ProviderView } from "../../../shared/view";
import { countOutcomes, failedOf, summaryOf, type Skipped } from "./test-all";
import { useTestAll, type TestAllRun } from "./test-all-state";
import { words } from "../words/words";

export function TestAllBar(props: {
  readonly providers: readonly ProviderView[];
  /** Rendered next to the button. */
  readonly children: ReactNode;
}) {
  const { run, start, again, stop } = useTestAll(props.providers);
  const button = useRef<HTMLButtonElement>(null);
  const running = run?.running === true;
  return (
    <div className="cfgw-all">
      <div className="cfgw-all-head">
        <h2 className="cfgw-group">{words.section.list}</h2>
        <div className="cfgw-all-buttons">
          {props.children}
          <button
            ref={button}
            type="button"
            className="cfgw-button cfgw-all-button"
            onClick={running ? stop : start}
          >
            {running ? words.testAll.stop : words.testAll.start}
          </button>
        </div>
      </div>
      {run === null ? null : (
        <Progress
          run={run}
          onAgain={() => {
            // The pressed button unmounts.
            button.current?.focus();
            again();
          }}
        />
      )}
    </div>
  );
}

function Progress(props: { readonly run: TestAllRun; readonly onAgain: () => void }) {
  const { run } = props;
  const { done, of } = run.progress;
  const failed = failedOf(run.outcomes).length;
  return (
    <div className="cfgw-all-run">
      <progress
        className="cfgw-progress"
        aria-label={words.testAll.progress}
        value={run.running ? done : 1}
        max={run.running ? Math.max(1, of) : 1}
        hidden={!run.running}
      />
      {run.running ? (
        <span className="cfgw-quiet cfgw-number">{words.testAll.count(done, of)}</span>
      ) : null}
      <p role="status" className="cfgw-all-sum cfgw-number">
        {run.running
          ? null
          : summaryOf(countOutcomes(run.outcomes, run.planned), run.skipped.length)}
      </p>
      {run.running || failed === 0 ? null : (
        <button type="button" className="cfgw-text-button" onClick={props.onAgain}>
          {words.testAll.again(failed)}
        </button>
      )}
      {run.running || run.skipped.length === 0 ? null : <SkippedProviders skipped={run.skipped} />}
    </div>
  );
}

/** Grouped by reason, because even a long list has few reasons. */
function SkippedProviders(props: { readonly skipped: readonly Skipped[] }) {
  const reasons = new Set(props.skipped.map(({ reason }) => reason));
  return (
    <Collapsible.Root className="cfgw-raw-fold">
      <Collapsible.Trigger className="cfgw-text-button cfgw-fold">
        <ChevronRight className="cfgw-chevron" size={14} aria-hidden="true" />
        {words.testAll.skipped}
      </Collapsible.Trigger>
      <Collapsible.Content>
        <ul className="cfgw-skipped">
          {[...reasons].map((reason) => (
            <li key={reason}>
              {reason}:{" "}
              {props.skipped
                .filter((skipped) => skipped.reason === reason)
                .map(({ provider, name }, index) => (
                  <Fragment key={provider}>
                    {index === 0 ? null : ", "}
                    <bdi>{name}</bdi>
                  </Fragment>
                ))}
            </li>
          ))}
        </ul>
      </Collapsible.Content>
    </Collapsible.Root>
  );
}
