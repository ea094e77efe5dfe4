/** The buttons of a failed report: the action that is most likely to fix it comes first. */
import { ExternalLink as LinkIcon } from "lucide-react";

import { assertNever } from "../../../shared/assert-never";
import type { Diagnosis, DiagnosisAct } from "../../../shared/report";
import type { ProviderView } from "../../../shared/view";
import { CopyTextButton } from "../ui/copy-button";
import { ExternalLink } from "../ui/external-link";
import { reportTexts } from "../words/report-texts";
import { words } from "../words/words";
import { useKeyAction, type FixAction } from "./key-action";

/** The field of the settings that an action leads to. */
export type FieldToFix = "accountId" | "gatewayName" | "segment" | "token" | "model";

export interface DiagnosisActionsProps {
  readonly diagnosis: Diagnosis;
  readonly provider: ProviderView;
  /** Absent for providers without settings. */
  readonly onEdit?: (field: FieldToFix) => void;
  readonly onTestAgain: () => void;
  /** Absent after a direct test. */
  readonly onTestDirect?: () => void;
  /** The report as Markdown, without keys. */
  readonly markdown: string;
}

export function DiagnosisActions(props: DiagnosisActionsProps) {
  const { act, link } = props.diagnosis;
  const key = useKeyAction(props.provider);
  const primary = primaryOf(act, key, props);
  const isDirectPrimary = act?.kind === "test_direct";
  return (
    <div className="cfgw-actions">
      {act?.kind === "copy_report" ? (
        <CopyTextButton text={props.markdown} label={reportTexts.report.markdown} />
      ) : null}
      {act?.kind === "open_page" && link !== null ? (
        <a className="cfgw-button cfgw-primary" href={link.url} target="_blank" rel="noreferrer">
          {link.label}
          <LinkIcon size={12} aria-hidden="true" />
        </a>
      ) : (
        <button
          type="button"
          // Without a known fix, no button promises one.
          className={isFix(act) ? "cfgw-button cfgw-primary" : "cfgw-button"}
          onClick={primary.act}
        >
          {primary.label}
        </button>
      )}
      {props.onTestDirect === undefined || isDirectPrimary ? null : (
        <button type="button" className="cfgw-button" onClick={props.onTestDirect}>
          {words.test.tryDirect}
        </button>
      )}
      {link === null || act?.kind === "open_page" ? null : (
        <ExternalLink href={link.url} label={link.label} />
      )}
    </div>
  );
}

function isFix(act: DiagnosisAct | null): boolean {
  return act !== null && act.kind !== "copy_report";
}

/** Where an action is not possible, the user fixes the cause elsewhere and tests again. */
function primaryOf(
  act: DiagnosisAct | null,
  key: FixAction | null,
  { onEdit, onTestAgain, onTestDirect }: DiagnosisActionsProps,
): FixAction {
  const { fix } = reportTexts;
  const again: FixAction = { label: fix.again, act: onTestAgain };
  const editing = (label: string, field: FieldToFix) =>
    onEdit === undefined ? again : { label, act: () => onEdit(field) };
  switch (act?.kind) {
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
    case "check_key":
      return key ?? { label: fix.keyElsewhere, act: onTestAgain };
    case "set_route_priority":
      return { label: fix.otherRoute, act: onTestAgain };
    case "test_again":
      return act.notBefore === null
        ? again
        : { label: fix.againAfter(act.notBefore), act: onTestAgain };
    case "test_direct":
      return onTestDirect === undefined
        ? again
        : { label: words.test.tryDirect, act: onTestDirect };
    case "open_page":
    case "copy_report":
    case undefined:
      return again;
    default:
      return assertNever(act);
  }
}
