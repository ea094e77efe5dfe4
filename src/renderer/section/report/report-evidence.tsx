/** The checkable facts that support a verdict. */
import type { Evidence } from "../../../shared/report";
import { words } from "../words/words";

export function ReportEvidence(props: { readonly evidence: readonly Evidence[] }) {
  return (
    <div className="cfgw-evidence">
      <p className="cfgw-label">{words.report.evidence}</p>
      {props.evidence.length === 0 ? (
        <p className="cfgw-quiet">{words.report.noEvidence}</p>
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
