/** The top of the page: whether everything is fine, “Test all”, and the actions for all providers. */
import { useCallback, useEffect, useRef } from "react";
import { LoaderCircle } from "lucide-react";

import type { ProvidersView } from "../../../shared/view";
import { useRunningChanges } from "../data/queries";
import type { ChangeOfAll } from "../gateway/route-all";
import { TestAllResult } from "../test/test-all-result";
import { useTestAll, type TestAllRun } from "../test/test-all-state";
import { isTestAllKey, usePageKey } from "../ui/page-key";
import { bulkProgress } from "../words/bulk-progress";
import { words } from "../words/words";
import { PageMenu } from "./page-menu";
import { LOST, pageStatus } from "./page-status";
import { useShownTests } from "./shown-tests";
import { StatusSentence } from "./status-sentence";

export function StatusStrip(props: {
  readonly view: ProvidersView;
  /** Whether the view is the last known one, because the connection is lost. */
  readonly lost: boolean;
  /** Whether nothing can be written now. */
  readonly locked: boolean;
  readonly run: ChangeOfAll;
}) {
  const { view, lost, locked, run } = props;
  const testOf = useShownTests(view.providers);
  const status = lost ? LOST : pageStatus(view, testOf);
  const isBlocked = lost || view.problem !== null;
  const tests = useTestAll(view.providers);
  const button = useRef<HTMLButtonElement>(null);
  const testing = tests.run?.running === true;
  const press = testing ? tests.stop : tests.start;
  useTestAllKey(tests.start, !testing && !isBlocked);
  return (
    <div
      className="cfgw-strip"
      role="group"
      aria-label={words.status.label}
      data-tone={testing ? "quiet" : status.tone}
    >
      <div className="cfgw-strip-line">
        <span className="cfgw-dot" aria-hidden="true" />
        {testing ? <Testing run={tests.run} /> : <StatusSentence status={status} />}
        <BulkProgress />
        <div className="cfgw-strip-buttons">
          <button
            ref={button}
            type="button"
            className="cfgw-button cfgw-all-button"
            disabled={isBlocked}
            onClick={press}
          >
            {testing ? words.testAll.stop : words.testAll.start}
          </button>
          <PageMenu view={view} locked={locked} run={run} />
        </div>
      </div>
      <TestAllResult
        run={tests.run}
        failures={status.failures.map(({ name, cause }) => words.status.failure(name, cause))}
        onAgain={() => {
          // The pressed button unmounts.
          button.current?.focus();
          tests.again();
        }}
      />
    </div>
  );
}

function Testing(props: { readonly run: TestAllRun }) {
  const { done, of } = props.run.progress;
  return (
    <>
      <p className="cfgw-strip-text cfgw-number">{words.testAll.count(done, of)}</p>
      <progress
        className="cfgw-progress"
        aria-label={words.testAll.progress}
        value={done}
        max={Math.max(1, of)}
      />
    </>
  );
}

/** Appears after a moment, because most changes take less. */
function BulkProgress() {
  const sentence = bulkProgress(useRunningChanges());
  if (sentence === null) return null;
  return (
    <span className="cfgw-strip-doing">
      <LoaderCircle className="cfgw-spin" size={14} aria-hidden="true" />
      {sentence}
    </span>
  );
}

function useTestAllKey(start: () => void, enabled: boolean): void {
  const latest = useRef(start);
  useEffect(() => {
    latest.current = start;
  });
  const press = useCallback(() => {
    latest.current();
  }, []);
  usePageKey(isTestAllKey, enabled, press);
}
