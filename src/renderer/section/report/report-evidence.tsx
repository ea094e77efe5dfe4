/** The checkable facts that support a verdict. */
import type { Evidence } from "../../../shared/report";
import { reportTexts } from "../words/report-texts";

export function ReportEvidence(props: { readonly evidence: readonly Evidence[] }) {
  return (
    <div className="cfgw-evidence">
      <h5 className="cfgw-label">{reportTexts.report.evidence}</h5>
      {props.evidence.length === 0 ? (
        <p className="cfgw-quiet">{reportTexts.report.noEvidence}</p>
      ) : (
        <ul>
          {props.evidence.map((fact) => (
            <li key={`${fact.kind} ${fact.text}`}>{fact.text}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
