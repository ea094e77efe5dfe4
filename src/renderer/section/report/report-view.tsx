/** A test report: verdict, route diagram, diagnosis, timeline and evidence; the rest is collapsed. */
import type { ReactNode } from "react";
import { CircleCheck, CircleX, TriangleAlert } from "lucide-react";

import type { Diagnosis, ReportNote, TestReport } from "../../../shared/report";
import type { ProviderView } from "../../../shared/view";
import { curlOf } from "../../../shared/report-curl";
import { markdownOf } from "../../../shared/report-markdown";
import { CopyTextButton } from "../ui/copy-button";
import { ExternalLink } from "../ui/external-link";
import { ReportDetails } from "./report-details";
import { ReportEvidence } from "./report-evidence";
import { ReportTimeline } from "./report-timeline";
import { RoutePicture } from "./route-picture";
import { pictureOf } from "./report-picture";
import { logPage, toneOf, verdictSentence } from "../words/report-words";
import { words } from "../words/words";

const ICONS = { good: CircleCheck, doubtful: TriangleAlert, bad: CircleX } as const;

export function ReportView(props: {
  readonly report: TestReport;
  readonly provider: ProviderView;
  /** Caveats, for example that the report is outdated. */
  readonly limits: readonly string[];
  readonly onTestDirect: () => void;
  readonly onAdopt?: () => void;
  /** Rendered below the evidence. */
  readonly children: ReactNode;
}) {
  const { report, provider } = props;
  const tone = toneOf(report);
  const Icon = ICONS[tone];
  const curl = curlOf(report);
  // A diagnosis already links to the page that helps.
  const log = report.logId === null || report.diagnosis?.link ? null : logPage(report);
  return (
    <div className="cfgw-report">
      <div className="cfgw-verdict" data-tone={tone}>
        <Icon size={18} aria-hidden="true" />
        <div>
          <p className="cfgw-verdict-text">{verdictSentence(report)}</p>
          <Notes limits={props.limits} notes={report.notes ?? []} onAdopt={props.onAdopt} />
        </div>
      </div>
      <RoutePicture picture={pictureOf(report, provider.name)} provider={provider} tone={tone} />
      {report.diagnosis === null ? null : (
        <DiagnosisView
          diagnosis={report.diagnosis}
          {...(report.expected === "gateway" ? { onTestDirect: props.onTestDirect } : {})}
        />
      )}
      <ReportTimeline timings={report.timings} />
      <ReportEvidence evidence={report.evidence} />
      {props.children}
      <div className="cfgw-report-end">
        <ReportDetails report={report} />
        {curl === null ? null : <CopyTextButton text={curl} label={words.report.curl} />}
        <CopyTextButton text={markdownOf(report, provider.name)} label={words.report.markdown} />
        {log === null ? null : <ExternalLink href={log} label={words.report.log} />}
      </div>
    </div>
  );
}

function Notes(props: {
  readonly limits: readonly string[];
  readonly notes: readonly ReportNote[];
  readonly onAdopt: (() => void) | undefined;
}) {
  const { limits, notes, onAdopt } = props;
  if (limits.length === 0 && notes.length === 0) return null;
  return (
    <ul className="cfgw-notes">
      {limits.map((limit) => (
        <li key={limit}>{limit}</li>
      ))}
      {notes.map(({ code, message }) => (
        <li key={`${code} ${message}`}>
          {message}
          {code === "base_url_is_gateway" && onAdopt !== undefined ? (
            <button type="button" className="cfgw-text-button" onClick={onAdopt}>
              {words.fix.adopt_gateway}
            </button>
          ) : null}
        </li>
      ))}
    </ul>
  );
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
