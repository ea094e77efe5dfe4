/** The buttons of a failed report: the action that is most likely to fix it comes first. */
import { assertNever } from "../../../shared/assert-never";
import type { Diagnosis } from "../../../shared/report";
import { ExternalLink } from "../ui/external-link";
import { words } from "../words/words";

/** The field of the settings that an action leads to. */
export type FieldToFix = "accountId" | "gatewayName" | "segment" | "token" | "model";

export interface DiagnosisActionsProps {
  readonly diagnosis: Diagnosis;
  /** Absent for providers without settings. */
  readonly onEdit?: (field: FieldToFix) => void;
  readonly onTestAgain: () => void;
  /** Absent after a direct test. */
  readonly onTestDirect?: () => void;
}

export function DiagnosisActions(props: DiagnosisActionsProps) {
  const { diagnosis, onTestDirect } = props;
  const primary = primaryOf(props);
  const isDirectPrimary = diagnosis.act?.kind === "test_direct";
  return (
    <div className="cfgw-actions">
      {primary === null ? null : (
        <button type="button" className="cfgw-button cfgw-primary" onClick={primary.act}>
          {primary.label}
        </button>
      )}
      {onTestDirect === undefined || isDirectPrimary ? null : (
        <button type="button" className="cfgw-button" onClick={onTestDirect}>
          {words.test.tryDirect}
        </button>
      )}
      {diagnosis.link === null ? null : (
        <ExternalLink href={diagnosis.link.url} label={diagnosis.link.label} />
      )}
    </div>
  );
}

/** Null where a link or mux's own page has the next step. */
function primaryOf({
  diagnosis: { act },
  onEdit,
  onTestAgain,
  onTestDirect,
}: DiagnosisActionsProps): { readonly label: string; readonly act: () => void } | null {
  if (act === null) return null;
  const { fix } = words.report;
  const editing = (label: string, field: FieldToFix) =>
    onEdit === undefined ? null : { label, act: () => onEdit(field) };
  switch (act.kind) {
    case "enter_token":
      return editing(fix.token, "token");
    case "edit_account":
      return editing(fix.account, "accountId");
    case "edit_gateway_name":
      return editing(fix.gatewayName, "gatewayName");
    case "choose_segment":
      return editing(fix.segment, "segment");
    case "choose_model":
      return editing(fix.model, "model");
    case "test_again":
      return { label: fix.again(act.notBefore), act: onTestAgain };
    case "test_direct":
      return onTestDirect === undefined ? null : { label: words.test.tryDirect, act: onTestDirect };
    case "check_key":
    case "open_page":
      return null;
    default:
      return assertNever(act);
  }
}
