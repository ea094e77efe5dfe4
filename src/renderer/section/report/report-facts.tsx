/** The facts of a test as a list: request, status, models, tokens, cache and log. */
import type { ReactNode } from "react";

import type { TestReport } from "../../../shared/report";
import { Breakable } from "../ui/breakable";
import { CopyButton } from "../ui/copy-button";
import { reportTexts } from "../words/report-texts";
import { words } from "../words/words";

export function ReportFacts(props: { readonly report: TestReport }) {
  const { report } = props;
  return (
    <dl className="cfgw-facts">
      {report.request === null ? null : (
        <Fact name={reportTexts.report.url}>
          <code className="cfgw-code">
            {report.request.method} <Breakable text={report.request.url} />
          </code>
        </Fact>
      )}
      {report.status === null ? null : (
        <Fact name={reportTexts.report.status}>
          <span className="cfgw-number">{report.status}</span>
        </Fact>
      )}
      <Fact name={reportTexts.report.asked}>{report.model}</Fact>
      {report.answeredModel === null ? null : (
        <Fact name={reportTexts.report.answered}>{report.answeredModel}</Fact>
      )}
      {report.tokens === null ? null : (
        <Fact name={reportTexts.report.tokens}>
          <span className="cfgw-number">{tokensOf(report.tokens)}</span>
        </Fact>
      )}
      {report.cache === null ? null : <Fact name={reportTexts.report.cache}>{report.cache}</Fact>}
      {report.logId === null ? null : (
        <Fact name={reportTexts.report.logId}>
          <code className="cfgw-code">{report.logId}</code>
          <CopyButton text={report.logId} what={words.copy.logId} />
        </Fact>
      )}
    </dl>
  );
}

function Fact(props: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

function tokensOf(tokens: NonNullable<TestReport["tokens"]>): string {
  const textOf = (count: number | null) => (count === null ? "?" : String(count));
  return reportTexts.report.tokensOf(textOf(tokens.input), textOf(tokens.output));
}
