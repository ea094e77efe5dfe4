/** The collapsed details of a report: its facts, the request and the response, without keys. */
import { ChevronRight } from "lucide-react";
import * as Collapsible from "@radix-ui/react-collapsible";

import type { RawAnswer, TestReport } from "../../../shared/report";
import { ReportFacts } from "./report-facts";
import { reportTexts } from "../words/report-texts";

export function ReportDetails(props: { readonly report: TestReport }) {
  const { request, raw } = props.report;
  const sent = request === null ? null : sentText(request);
  return (
    <Collapsible.Root className="cfgw-raw-fold">
      <Collapsible.Trigger className="cfgw-text-button cfgw-fold">
        <ChevronRight className="cfgw-chevron" size={14} aria-hidden="true" />
        {reportTexts.report.raw}
      </Collapsible.Trigger>
      <Collapsible.Content>
        <ReportFacts report={props.report} />
        {sent === null ? null : <Text label={reportTexts.report.sentLabel} text={sent} />}
        {raw === null ? null : (
          <Text label={reportTexts.report.rawLabel} text={responseText(raw)} />
        )}
      </Collapsible.Content>
    </Collapsible.Root>
  );
}

function Text(props: { readonly label: string; readonly text: string }) {
  return (
    <>
      <p className="cfgw-label cfgw-raw-label">{props.label}</p>
      <pre className="cfgw-raw" tabIndex={0} role="region" aria-label={props.label}>
        {props.text}
      </pre>
    </>
  );
}

/** null for a remembered request, which is stored without its headers and body. */
function sentText(request: NonNullable<TestReport["request"]>): string | null {
  const { method, url, headers, body } = request;
  if (headers === undefined) return null;
  return [`${method} ${url}`, ...lines(headers), "", prettyPrinted(body ?? "")].join("\n");
}

function responseText({ status, headers, body, truncated }: RawAnswer): string {
  const end = truncated ? [reportTexts.report.truncated] : [];
  return [String(status), ...lines(headers), "", body, ...end].join("\n");
}

function lines(headers: RawAnswer["headers"]): readonly string[] {
  return headers.map(([name, value]) => `${name}: ${value}`);
}

/** Pretty-prints a JSON body, because requests are sent on one line. Other bodies stay as they are. */
function prettyPrinted(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
