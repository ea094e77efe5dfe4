/** Adapts the report of a call to one of mux's gateways, made in the place of the provider. */
import { assertNever } from "../../../shared/assert-never";
import type { DiagnosisAct, MuxDetour, TestReport } from "../../../shared/report";

/**
 * Adds where to choose the route in mux, if that leads to the block's gateway. The settings and the
 * key of the provider did not take part in the call, so no action leads to them.
 */
export function aboutMuxRoute(report: TestReport, detour: MuxDetour | null): TestReport {
  if (report.through === undefined) return report;
  const { diagnosis, notes = [] } = report;
  const isKept = diagnosis?.act == null || !isAboutProvider(diagnosis.act);
  const act: DiagnosisAct | null = detour && {
    kind: "set_route_priority",
    setting: detour.setting,
  };
  return {
    ...report,
    diagnosis: diagnosis && (isKept ? diagnosis : { ...diagnosis, act }),
    notes:
      detour === null ? notes : [...notes, { code: "mux_gateway_called", message: detour.message }],
  };
}

/** Whether the action changes the provider's settings or key, or calls the provider itself. */
function isAboutProvider({ kind }: DiagnosisAct): boolean {
  switch (kind) {
    case "enter_token":
    case "edit_account":
    case "edit_gateway_name":
    case "choose_segment":
    case "check_key":
    case "test_direct":
      return true;
    case "choose_model":
    case "test_again":
    case "set_route_priority":
    case "open_page":
    case "copy_report":
      return false;
    default:
      return assertNever(kind);
  }
}
