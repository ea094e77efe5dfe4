/** A test report: the verdict first, then its picture, what to do, the numbers, and how we know. */
import { CircleCheck, CircleX, TriangleAlert } from "lucide-react";

import type { Diagnosis, ReportNote, TestReport } from "../../shared/report";
import { curlOf } from "../../shared/report-curl";
import { markdownOf } from "../../shared/report-markdown";
import { Callout } from "./callout";
import { CopyTextButton } from "./copy-button";
import { ExternalLink } from "./external-link";
import { RawAnswerView } from "./raw-answer-view";
import { ReportEvidence } from "./report-evidence";
import { ReportFacts } from "./report-facts";
import { ReportTimeline } from "./report-timeline";
import { RoutePicture } from "./route-picture";
import { toneOf, verdictSentence } from "./report-words";
import { words } from "./words";

const ICONS = { good: CircleCheck, doubtful: TriangleAlert, bad: CircleX } as const;

export function ReportView(props: {
  readonly report: TestReport;
  readonly name: string;
  /** Something that limits what the report says, or null. */
  readonly note: string | null;
  readonly onTestDirect: () => void;
}) {
  const { report } = props;
  const tone = toneOf(report);
  const Icon = ICONS[tone];
  const curl = curlOf(report);
  return (
    <div className="cfgw-report">
      <div className="cfgw-verdict" data-tone={tone}>
        <Icon size={18} aria-hidden="true" />
        <div>
          <p className="cfgw-verdict-text">{verdictSentence(report)}</p>
          {props.note === null ? null : <p className="cfgw-quiet">{props.note}</p>}
        </div>
      </div>
      <RoutePicture report={report} name={props.name} />
      {report.diagnosis === null ? null : (
        <DiagnosisView
          diagnosis={report.diagnosis}
          {...(report.expected === "gateway" ? { onTestDirect: props.onTestDirect } : {})}
        />
      )}
      <Notes notes={report.notes ?? []} />
      <ReportEvidence evidence={report.evidence} />
      <ReportTimeline timings={report.timings} />
      <ReportFacts report={report} />
      <div className="cfgw-report-end">
        {report.raw === null ? null : <RawAnswerView raw={report.raw} />}
        {curl === null ? null : <CopyTextButton text={curl} label={words.report.curl} />}
        <CopyTextButton text={markdownOf(report, props.name)} label={words.report.markdown} />
      </div>
    </div>
  );
}

function Notes(props: { readonly notes: readonly ReportNote[] }) {
  return props.notes.map((note) => (
    <Callout key={note.code} kind="info">
      <p>{note.message}</p>
    </Callout>
  ));
}

function DiagnosisView(props: {
  readonly diagnosis: Diagnosis;
  readonly onTestDirect?: () => void;
}) {
  const { diagnosis } = props;
  return (
    <div className="cfgw-diagnosis">
      <p className="cfgw-strong">{diagnosis.title}</p>
      <p>{diagnosis.meaning}</p>
      <p>
        <span className="cfgw-strong">{words.report.next}: </span>
        {diagnosis.action}
      </p>
      <div className="cfgw-actions">
        {diagnosis.link === null ? null : (
          <ExternalLink href={diagnosis.link.url} label={diagnosis.link.label} />
        )}
        {props.onTestDirect === undefined ? null : (
          <button type="button" className="cfgw-text-button" onClick={props.onTestDirect}>
            {words.test.tryDirect}
          </button>
        )}
      </div>
    </div>
  );
}
