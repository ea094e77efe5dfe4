/** A test report: verdict, route diagram and diagnosis; the evidence and the details are collapsed. */
import { useState, type ReactNode } from "react";
import { ChevronRight, CircleCheck, CircleX, TriangleAlert } from "lucide-react";
import * as Collapsible from "@radix-ui/react-collapsible";

import type { LogRowInput } from "../../../shared/account";
import { goesElsewhere } from "../../../shared/mux-route";
import type { ReportNote, TestReport } from "../../../shared/report";
import type { ProviderView } from "../../../shared/view";
import { curlOf } from "../../../shared/report-curl";
import { markdownOf } from "../../../shared/report-markdown";
import { verdictSentence } from "../../../shared/verdict-sentence";
import { LogProofLine } from "../cloudflare/log-proof";
import { CopyTextButton } from "../ui/copy-button";
import { ExternalLink } from "../ui/external-link";
import { DiagnosisActions, type DiagnosisActionsProps, type FieldToFix } from "./diagnosis-actions";
import { ReportDetails } from "./report-details";
import { ReportEvidence } from "./report-evidence";
import { ReportTimeline } from "./report-timeline";
import { RoutePicture } from "./route-picture";
import { pictureOf } from "./report-picture";
import { logPage, toneOf } from "../words/report-words";
import { reportTexts } from "../words/report-texts";
import { words } from "../words/words";

const ICONS = { good: CircleCheck, doubtful: TriangleAlert, bad: CircleX } as const;

export function ReportView(props: {
  readonly report: TestReport;
  readonly provider: ProviderView;
  /** The meaning of the result for the test before it, or null. */
  readonly conclusion: string | null;
  /** Caveats, for example that the report is outdated. */
  readonly limits: readonly string[];
  /** The row in the gateway's log to look for; null for a test that can have none. */
  readonly logRow: LogRowInput | null;
  readonly onEdit?: (field: FieldToFix) => void;
  readonly onTestAgain: () => void;
  readonly onTestDirect: () => void;
  readonly onAdopt?: () => void;
  /** Rendered with the evidence. */
  readonly children: ReactNode;
}) {
  const { report, provider } = props;
  const tone = toneOf(report);
  const isPassed = report.diagnosis === null;
  const Icon = ICONS[tone];
  const curl = curlOf(report);
  const markdown = markdownOf(report, provider.name);
  // A diagnosis already links to the page that helps.
  const log = report.logId === null || report.diagnosis?.link ? null : logPage(report);
  return (
    <div className="cfgw-report">
      <div className="cfgw-verdict" data-tone={tone}>
        <Icon size={18} aria-hidden="true" />
        <div>
          {report.diagnosis === null ? null : (
            <h4 className="cfgw-cause">{report.diagnosis.title}</h4>
          )}
          <Verdict report={report} name={provider.name} />
          {props.conclusion === null ? null : <p className="cfgw-conclusion">{props.conclusion}</p>}
          <Notes limits={props.limits} notes={notesOf(report, provider)} onAdopt={props.onAdopt} />
        </div>
      </div>
      <RoutePicture
        picture={pictureOf(report, provider.name)}
        provider={endOf(report, provider)}
        tone={tone}
      />
      {report.diagnosis === null ? null : (
        <DiagnosisView
          diagnosis={report.diagnosis}
          markdown={markdown}
          provider={provider}
          {...(props.onEdit === undefined ? {} : { onEdit: props.onEdit })}
          onTestAgain={props.onTestAgain}
          {...(report.expected === "gateway" ? { onTestDirect: props.onTestDirect } : {})}
        />
      )}
      {props.logRow === null ? null : <LogProofLine input={props.logRow} />}
      {/* A success is a claim about the route, so its proof is in sight. */}
      {isPassed ? <ReportEvidence evidence={report.evidence} /> : null}
      <EvidenceFold
        label={isPassed ? reportTexts.report.measurements : reportTexts.report.evidence}
      >
        <ReportTimeline timings={report.timings} />
        {isPassed ? null : <ReportEvidence evidence={report.evidence} />}
        {props.children}
      </EvidenceFold>
      <div className="cfgw-report-end">
        <ReportDetails report={report} />
        {curl === null ? null : <CopyTextButton text={curl} label={reportTexts.report.curl} />}
        <CopyTextButton text={markdown} label={reportTexts.report.markdown} />
        {log === null ? null : <ExternalLink href={log} label={reportTexts.report.log} />}
      </div>
    </div>
  );
}

/** The provider at the end of the path: mux's own gateway, if the test called that. */
function endOf({ through }: TestReport, provider: ProviderView): ProviderView {
  const { muxRoute } = provider;
  return muxRoute.kind === "gateway" && muxRoute.name === through
    ? { ...provider, id: muxRoute.gateway, kind: "built-in" }
    : provider;
}

/** Without the one that the panel shows above the report: mux still takes that route. */
function notesOf({ notes = [] }: TestReport, { muxRoute }: ProviderView): readonly ReportNote[] {
  const shown = goesElsewhere(muxRoute) ? muxRoute.message : null;
  return notes.filter(({ message }) => message !== shown);
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

/** The title of a success, and how far a failed test got. */
function Verdict(props: { readonly report: TestReport; readonly name: string }) {
  const sentence = verdictSentence(props.report, props.name);
  return props.report.diagnosis === null ? (
    <h4 className="cfgw-verdict-text">{sentence}</h4>
  ) : (
    <p className="cfgw-verdict-text cfgw-reached">{sentence}</p>
  );
}

/** Whether the user last expanded the evidence of a report, so that the next one shows it too. */
let isEvidenceOpen = false;

/** Collapsed, because the verdict and the fix matter more. */
function EvidenceFold(props: { readonly label: string; readonly children: ReactNode }) {
  const [isOpen, setOpen] = useState(isEvidenceOpen);
  return (
    <Collapsible.Root
      className="cfgw-raw-fold"
      open={isOpen}
      onOpenChange={(open) => {
        isEvidenceOpen = open;
        setOpen(open);
      }}
    >
      <Collapsible.Trigger className="cfgw-text-button cfgw-fold">
        <ChevronRight className="cfgw-chevron" size={14} aria-hidden="true" />
        {props.label}
      </Collapsible.Trigger>
      <Collapsible.Content className="cfgw-report cfgw-evidence-fold">
        {props.children}
      </Collapsible.Content>
    </Collapsible.Root>
  );
}

function DiagnosisView(props: DiagnosisActionsProps) {
  const { diagnosis } = props;
  return (
    <div className="cfgw-diagnosis">
      <p>{diagnosis.meaning}</p>
      <p>{diagnosis.action}</p>
      {diagnosis.act?.kind === "check_key" ? (
        <p className="cfgw-quiet">{reportTexts.fix.keyHint[props.provider.keySource]}</p>
      ) : null}
      {diagnosis.act?.kind === "set_route_priority" ? (
        <p className="cfgw-quiet">{reportTexts.fix.routeHint[diagnosis.act.setting]}</p>
      ) : null}
      <DiagnosisActions {...props} />
    </div>
  );
}
