/** A table of direct and gateway figures, shown under the report of a routed provider. */
import { useId, useRef } from "react";

import type { ProviderView } from "../../../shared/view";
import { differenceOf, MOMENTS, sideOf, type Side } from "./comparison";
import type { Comparison, ComparisonRun } from "./comparison-state";
import { agoOf, duration, signedDuration } from "../words/report-words";
import { useCurrentMinute } from "../ui/current-minute";
import type { ModelChoice } from "./test-runs";
import { reportTexts } from "../words/report-texts";
import { words } from "../words/words";

export const MANY_ROUNDS = 5;

export function ComparisonView(props: {
  readonly provider: ProviderView;
  readonly run: ComparisonRun;
  readonly model: ModelChoice;
}) {
  const { run, model } = props;
  const { comparison } = run;
  const running = comparison?.running === true;
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  return (
    <div className="cfgw-compare" role="group" aria-labelledby={id}>
      <div className="cfgw-compare-head">
        <h5 className="cfgw-label" id={id}>
          {reportTexts.compare.title}
        </h5>
        <div className="cfgw-actions">
          {running ? <Progress comparison={comparison} /> : null}
          {/* One button for both actions, so that it keeps the focus. */}
          <button
            ref={button}
            type="button"
            className="cfgw-button"
            onClick={() => {
              if (running) run.stop();
              else run.start(1, model);
            }}
          >
            {running ? reportTexts.compare.stop : reportTexts.compare.once}
          </button>
          {running ? null : (
            <button
              type="button"
              className="cfgw-button"
              onClick={() => {
                button.current?.focus();
                run.start(MANY_ROUNDS, model);
              }}
            >
              {reportTexts.compare.many(MANY_ROUNDS)}
            </button>
          )}
        </div>
      </div>
      {comparison === null ? (
        <p className="cfgw-hint">{reportTexts.compare.hint}</p>
      ) : (
        <Result comparison={comparison} stale={comparison.mark !== props.provider.mark} />
      )}
    </div>
  );
}

function Progress(props: { readonly comparison: Comparison }) {
  const { samples, rounds } = props.comparison;
  const of = 2 * rounds;
  return (
    <>
      <progress
        className="cfgw-progress"
        aria-label={reportTexts.compare.progress}
        value={samples.length}
        max={of}
      />
      <span className="cfgw-quiet cfgw-number">
        {reportTexts.compare.count(samples.length, of)}
      </span>
    </>
  );
}

function Result(props: { readonly comparison: Comparison; readonly stale: boolean }) {
  const { samples, running } = props.comparison;
  const gateway = sideOf(samples, "gateway");
  const direct = sideOf(samples, "direct");
  const basis = basisOf(gateway, direct, running);
  return (
    <div aria-busy={running} data-stale={props.stale}>
      <table className="cfgw-sides">
        <thead>
          <tr>
            <td />
            <th scope="col">{reportTexts.compare.gateway}</th>
            <th scope="col">{reportTexts.compare.direct}</th>
            <th scope="col">{reportTexts.compare.difference}</th>
          </tr>
        </thead>
        <tbody>
          <Facts
            name={reportTexts.compare.verdict}
            of={verdictsOf}
            gateway={gateway}
            direct={direct}
          />
          <Facts
            name={reportTexts.compare.status}
            of={statusesOf}
            gateway={gateway}
            direct={direct}
          />
          {MOMENTS.map((moment) => (
            <tr key={moment}>
              <th scope="row">{reportTexts.compare[moment]}</th>
              <td>{duration(gateway.medians[moment])}</td>
              <td>{duration(direct.medians[moment])}</td>
              <td>{signedDuration(differenceOf(gateway, direct, moment))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="cfgw-notes">
        {props.stale ? <li>{reportTexts.compare.stale}</li> : null}
        {running ? null : <Age startedAt={props.comparison.startedAt} />}
        {basis === null ? null : <li>{basis}</li>}
        <FailureNote of={reportTexts.compare.gateway} side={gateway} />
        <FailureNote of={reportTexts.compare.direct} side={direct} />
      </ul>
    </div>
  );
}

/** A separate component, so that a running comparison has no timer. */
function Age(props: { readonly startedAt: string }) {
  return <li>{reportTexts.compare.compared(agoOf(props.startedAt, useCurrentMinute()))}</li>;
}

function FailureNote(props: { readonly of: string; readonly side: Side }) {
  const { lastFailure } = props.side;
  return lastFailure === null ? null : (
    <li>
      {props.of}: {lastFailure}
    </li>
  );
}

function Facts(props: {
  readonly name: string;
  readonly of: (side: Side) => string;
  readonly gateway: Side;
  readonly direct: Side;
}) {
  return (
    <tr>
      <th scope="row">{props.name}</th>
      <td>{props.of(props.gateway)}</td>
      <td>{props.of(props.direct)}</td>
      <td />
    </tr>
  );
}

function verdictsOf({ verdicts, failed, runs }: Side): string {
  const seen = verdicts.map((verdict) => words.short[verdict]);
  const failures = failed === 0 ? [] : [reportTexts.compare.failedOf(failed, runs)];
  return [...seen, ...failures].join(", ") || words.noFigure;
}

function statusesOf({ statuses }: Side): string {
  return statuses.join(", ") || words.noFigure;
}

/** A sentence about the sample size. Null until both routes have a sample. */
function basisOf(gateway: Side, direct: Side, running: boolean): string | null {
  const runs = gateway.runs + direct.runs;
  const counted = gateway.counted + direct.counted;
  if (runs === 0 || (running && (gateway.counted === 0 || direct.counted === 0))) return null;
  if (counted === 0) return reportTexts.compare.basisNone;
  const left = runs === counted ? [] : [reportTexts.compare.leftOut(runs - counted)];
  const basis =
    gateway.counted === 1 && direct.counted === 1
      ? reportTexts.compare.basisOne
      : reportTexts.compare.basisMany(gateway.counted, direct.counted);
  return [basis, ...left].join(" ");
}
