/** Starts a provider's test; while it runs, shows its time and stops it. */
import { Square } from "lucide-react";

import { Elapsed } from "./elapsed";
import type { TestRun } from "./test-run";
import { words } from "./words";

export function TestButton(props: {
  readonly name: string;
  readonly run: TestRun;
  /** The model to ask, or undefined for the provider's usual one. */
  readonly model: string | undefined;
}) {
  const { name, run, model } = props;
  const running = run.state.kind === "running";
  return (
    <button
      type="button"
      className="cfgw-button cfgw-test-button"
      aria-label={running ? words.row.stopOf(name) : words.row.testOf(name)}
      onClick={() => {
        if (running) run.stop();
        else run.start(model === undefined ? {} : { model });
      }}
    >
      {run.state.kind === "running" ? (
        <>
          <Square size={10} fill="currentColor" aria-hidden="true" />
          {words.row.stop}
          <Elapsed since={run.state.since} />
        </>
      ) : (
        words.row.test
      )}
    </button>
  );
}
