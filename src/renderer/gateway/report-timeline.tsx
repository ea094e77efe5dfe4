/** A test's time: the total cut at the moments that were seen, and the moments as figures. */
import type { Timings } from "../../shared/report";
import { connectMs, duration, phasesOf } from "./report-words";
import { words } from "./words";

export function ReportTimeline(props: { readonly timings: Timings }) {
  const { timings } = props;
  const phases = phasesOf(timings);
  return (
    <div className="cfgw-timeline">
      {phases.length < 2 ? null : (
        <div className="cfgw-bar" aria-hidden="true">
          {phases.map((phase) => (
            <span key={phase.name} data-phase={phase.name} style={{ flexGrow: phase.ms }} />
          ))}
        </div>
      )}
      <dl className="cfgw-times">
        <Moment phase="connect" name={words.report.connect} ms={connectMs(timings)} />
        <Moment phase="firstByte" name={words.report.firstByte} ms={timings.firstByteMs} />
        <Moment phase="firstToken" name={words.report.firstToken} ms={timings.firstTokenMs} />
        <Moment phase="rest" name={words.report.total} ms={timings.totalMs} />
      </dl>
    </div>
  );
}

function Moment(props: {
  readonly phase: string;
  readonly name: string;
  readonly ms: number | null;
}) {
  return (
    <div data-phase={props.phase}>
      <dt>{props.name}</dt>
      <dd className="cfgw-number">{duration(props.ms)}</dd>
    </div>
  );
}
