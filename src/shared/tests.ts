/** The saved results of earlier tests. */
import type { TestReport } from "./report";

export interface RememberedTest {
  readonly provider: string;
  /** Without the raw response and the request's body. */
  readonly report: TestReport;
  /** Whether the tested settings have changed since. */
  readonly stale: boolean;
}

export interface TestsView {
  /** The last test of each provider through its saved route. */
  readonly tests: readonly RememberedTest[];
  /** The last test of each provider through the route that mux takes. */
  readonly muxTests: readonly RememberedTest[];
  /** The last test of each provider without its gateway. */
  readonly directTests: readonly RememberedTest[];
  /** The last model that the user chose, by provider. */
  readonly models: readonly { readonly provider: string; readonly model: string }[];
}
