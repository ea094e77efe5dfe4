/** A button that starts a provider's test, and stops it while it is running. */
import type { ModelChoice, TestRun } from "./test-run";
import { words } from "../words/words";

export function TestButton(props: {
  readonly name: string;
  readonly run: TestRun;
  readonly model: ModelChoice;
}) {
  const { name, run, model } = props;
  const { running } = run;
  return (
    <button
      id={run.buttonId}
      type="button"
      className="cfgw-test-button"
      data-running={running}
      aria-label={running ? words.row.stopOf(name) : words.row.testOf(name)}
      aria-keyshortcuts="t"
      onClick={() => {
        if (running) run.stop();
        else run.start(model);
      }}
    >
      {running ? words.row.stop : words.row.test}
    </button>
  );
}
