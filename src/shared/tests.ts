/** What is remembered of earlier tests. */
import type { TestReport } from "./report";

export interface RememberedTest {
  readonly provider: string;
  /** Without the raw answer and the request's body. */
  readonly report: TestReport;
  /** Whether the configuration that it tested has changed since. */
  readonly stale: boolean;
}

export interface TestsView {
  /** The last test of each provider over its saved route. */
  readonly tests: readonly RememberedTest[];
  /** The model that was last asked for by name, for providers where one was. */
  readonly models: readonly { readonly provider: string; readonly model: string }[];
}
