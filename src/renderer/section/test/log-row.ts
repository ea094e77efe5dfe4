/** Where the gateway's log has a test. */
import type { LogRowInput } from "../../../shared/account";
import { keyOfGateway } from "../../../shared/gateways";
import type { ProviderView } from "../../../shared/view";
import type { ShownTest } from "./test-run";

/** Null for a test without a row, and for one of older settings or an earlier start of the app. */
export function logRowOf(test: ShownTest, { id, gateway }: ProviderView): LogRowInput | null {
  if (test.kind !== "report") return null;
  const { report, route, remembered, stale } = test;
  const { logId, startedAt } = report;
  if (logId === null || gateway === null || route === "direct" || remembered || stale) return null;
  return { ...keyOfGateway(gateway), provider: id, logId, startedAt, route };
}
