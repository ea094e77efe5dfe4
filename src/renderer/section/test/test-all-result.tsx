/** The results of "Test all": a summary, a button for the failed tests, and the skipped providers. */
import { Fragment, useState } from "react";
import { ChevronRight } from "lucide-react";

import { countOutcomes, failedOf, summaryOf, type Skipped } from "./test-all";
import type { TestAllRun } from "./test-all-state";
import { words } from "../words/words";

/** It is always rendered, because a live region must exist before its text. */
export function TestAllResult(props: {
  /** null before the first run, and when its results are outdated. */
  readonly run: TestAllRun | null;
  /** The failed providers and their causes, for screen readers. */
  readonly failures: readonly string[];
  readonly onAgain: () => void;
}) {
  const { run, failures } = props;
  const shown = run === null || run.running ? null : run;
  const failed = shown === null ? 0 : failedOf(shown.outcomes).length;
  return (
    <div className="cfgw-all-run" data-empty={shown === null}>
      <p role="status" className="cfgw-all-sum cfgw-number">
        {shown === null ? null : (
          <>
            {summaryOf(countOutcomes(shown.outcomes, shown.planned), shown.skipped.length)}
            {failures.length === 0 ? null : (
              <span className="cfgw-hidden">. {failures.join(". ")}</span>
            )}
          </>
        )}
      </p>
      {failed === 0 ? null : (
        <button type="button" className="cfgw-text-button" onClick={props.onAgain}>
          {words.testAll.again(failed)}
        </button>
      )}
      {shown === null || shown.skipped.length === 0 ? null : (
        <SkippedProviders skipped={shown.skipped} />
      )}
    </div>
  );
}

/** Grouped by reason, because even a long list has few reasons. */
function SkippedProviders(props: { readonly skipped: readonly Skipped[] }) {
  const [isOpen, setOpen] = useState(false);
  const reasons = new Set(props.skipped.map(({ reason }) => reason));
  return (
    <div className="cfgw-raw-fold" data-state={isOpen ? "open" : "closed"}>
      <button
        type="button"
        className="cfgw-text-button cfgw-fold"
        aria-expanded={isOpen}
        data-state={isOpen ? "open" : "closed"}
        onClick={() => setOpen(!isOpen)}
      >
        <ChevronRight className="cfgw-chevron" size={14} aria-hidden="true" />
        {words.testAll.skipped(props.skipped.length)}
      </button>
      {isOpen ? (
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
      ) : null}
    </div>
  );
}
