/** The checklist of a gateway: what works, what does not, and how to fix it. */
import type {
  AccountsView,
  DoctorReport,
  GatewayDetailsView,
  LogProof,
  LogRowInput,
} from "../../shared/account";
import { keyOfGateway, type GatewayKey } from "../../shared/gateways";
import type { TestReport } from "../../shared/report";
import type { Result } from "../../shared/result";
import type { ProvidersView } from "../../shared/view";
import { itemsOf, type Tested } from "./doctor-items";
import { routedSegments } from "./routed-segments";

export interface DoctorSources {
  readonly view: ProvidersView;
  readonly accounts: () => Promise<Result<AccountsView>>;
  readonly details: () => Promise<Result<GatewayDetailsView>>;
  /** One real request through the gateway. */
  readonly test: (provider: string) => Promise<Result<TestReport>>;
  /** Looks for the test in the gateway's log. */
  readonly prove: (
    test: Pick<LogRowInput, "provider" | "logId" | "startedAt">,
  ) => Promise<Result<LogProof>>;
}

/** The number of concurrent tests, as in the panel. */
const TESTS_AT_ONCE = 4;

/** Asks the account, tests every provider of the gateway, and looks for a test in the log. */
export async function examine(gateway: GatewayKey, sources: DoctorSources): Promise<DoctorReport> {
  const [accounts, details, tests] = await Promise.all([
    sources.accounts(),
    sources.details(),
    testAll(gateway, sources),
  ]);
  const passed = tests.find(({ result }) => result.success && result.data.ok);
  const report = passed?.result.success === true ? passed.result.data : null;
  const isLogged = details.success && details.data.settings.collectsLogs !== false;
  const { provider = "", logId = null, startedAt = "" } = report ?? {};
  const proof =
    passed === undefined || logId === null || !isLogged
      ? null
      : { name: passed.name, result: await sources.prove({ provider, logId, startedAt }) };
  return {
    gateway: keyOfGateway(gateway),
    items: itemsOf({ gateway, accounts, details, tests, proof }),
  };
}

async function testAll(
  gateway: GatewayKey,
  { view, test }: DoctorSources,
): Promise<readonly Tested[]> {
  const users = new Set([...routedSegments(view, gateway).values()].flat());
  const providers = view.providers.filter(({ id, enabled }) => enabled && users.has(id));
  const tests: Tested[] = [];
  const waiting = providers.entries();
  const worker = async (): Promise<void> => {
    for (const [place, { id, name }] of waiting) {
      tests[place] = { id, name, result: await test(id) };
    }
  };
  await Promise.all(Array.from({ length: Math.min(TESTS_AT_ONCE, providers.length) }, worker));
  return tests;
}
