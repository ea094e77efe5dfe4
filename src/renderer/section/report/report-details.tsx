/** What was seen fact by fact, what was sent and what came back, without keys, folded away. */
import { ChevronRight } from "lucide-react";
import * as Collapsible from "@radix-ui/react-collapsible";

import type { RawAnswer, TestReport } from "../../../shared/report";
import { ReportFacts } from "./report-facts";
import { words } from "../words/words";

export function ReportDetails(props: { readonly report: TestReport }) {
  const { request, raw } = props.report;
  const sent = request === null ? null : sentText(request);
  return (
    <Collapsible.Root className="cfgw-raw-fold">
      <Collapsible.Trigger className="cfgw-text-button cfgw-fold">
        <ChevronRight className="cfgw-chevron" size={14} aria-hidden="true" />
        {words.report.raw}
      </Collapsible.Trigger>
      <Collapsible.Content>
        <ReportFacts report={props.report} />
        {sent === null ? null : <Text label={words.report.sentLabel} text={sent} />}
        {raw === null ? null : <Text label={words.report.rawLabel} text={answerText(raw)} />}
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

/** null for a remembered request, which is kept without its headers and body. */
function sentText(request: NonNullable<TestReport["request"]>): string | null {
  const { method, url, headers, body } = request;
  if (headers === undefined) return null;
  return [`${method} ${url}`, ...lines(headers), "", readable(body ?? "")].join("\n");
}

function answerText({ status, headers, body, truncated }: RawAnswer): string {
  const end = truncated ? [words.report.truncated] : [];
  return [String(status), ...lines(headers), "", body, ...end].join("\n");
}

function lines(headers: RawAnswer["headers"]): readonly string[] {
  return headers.map(([name, value]) => `${name}: ${value}`);
}

/** A body is sent on one line; the members below each other are easier on the eye. */
function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
