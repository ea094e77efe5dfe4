/** The timing of a test as a waterfall: one row per step, with its bar, start and duration. */
import type { Timings } from "../../../shared/report";
import {
  REUSED_SENTENCE,
  STEP_LABELS,
  timeLineOf,
  type StepName,
  type TimeStep,
} from "../../../shared/report-timeline";
import { duration } from "../words/report-words";
import { reportTexts } from "../words/report-texts";

export function ReportTimeline(props: { readonly timings: Timings }) {
  const line = timeLineOf(props.timings);
  if (line.steps.length === 0) return null;
  return (
    <div>
      <table className="cfgw-timeline">
        <caption className="cfgw-label">{reportTexts.timeline.title}</caption>
        <thead>
          <tr>
            <th scope="col">{reportTexts.timeline.step}</th>
            <td />
            <th scope="col">{reportTexts.timeline.start}</th>
            <th scope="col">{reportTexts.timeline.takes}</th>
          </tr>
        </thead>
        <tbody>
          {line.notNeeded.map((name) => (
            <NotNeeded key={name} name={name} />
          ))}
          {line.steps.map((step) => (
            <Step key={step.name} step={step} scaleMs={line.endMs} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              {reportTexts.timeline.total}
            </th>
            <td className="cfgw-figure cfgw-number">{duration(props.timings.totalMs)}</td>
          </tr>
        </tfoot>
      </table>
      {line.reused ? <p className="cfgw-hint">{REUSED_SENTENCE}</p> : null}
    </div>
  );
}

function Step(props: { readonly step: TimeStep; readonly scaleMs: number }) {
  const { name, kind, startMs, endMs } = props.step;
  const share = (ms: number) => `${(100 * ms) / props.scaleMs}%`;
  return (
    <tr data-phase={kind}>
      <th scope="row">{STEP_LABELS[name]}</th>
      <td aria-hidden="true">
        <div className="cfgw-track">
          <span style={{ insetInlineStart: share(startMs), width: share(endMs - startMs) }} />
        </div>
      </td>
      <td className="cfgw-figure cfgw-figure-quiet cfgw-number">+{duration(startMs)}</td>
      <td className="cfgw-figure cfgw-number">
        {duration(endMs - startMs)}
        {kind === "silence" ? (
          <span className="cfgw-hidden"> {reportTexts.timeline.silence}</span>
        ) : null}
      </td>
    </tr>
  );
}

function NotNeeded(props: { readonly name: StepName }) {
  return (
    <tr>
      <th scope="row">{STEP_LABELS[props.name]}</th>
      <td colSpan={3} className="cfgw-quiet">
        {reportTexts.timeline.notNeeded}
      </td>
    </tr>
  );
}
