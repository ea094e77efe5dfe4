/** The route tests of this process, by the log ID that each response named. */
import type { LogRowInput } from "../../shared/account";
import { gatewayAddressOf } from "../../shared/gateway-address";
import { keyOfGateway, type GatewayKey } from "../../shared/gateways";
import type { TestReport } from "../../shared/report";

export interface SentTest {
  readonly provider: string;
  readonly nonce: string;
  readonly gateway: GatewayKey;
  /** The segment that was called; null on a custom domain. */
  readonly segment: string | null;
  /** In milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly status: number | null;
  readonly tokens: TestReport["tokens"];
  /** Whether the user's headers turn the log off for this request. */
  readonly isUnlogged: boolean;
}

/** More tests than a user looks at again. */
const MOST_TESTS = 500;

export class SentTests {
  readonly #tests = new Map<string, SentTest>();

  /** Keeps a test that called a gateway. `block`: the gateway of its block, if it has one. */
  remember(report: TestReport, nonce: string, block: GatewayKey | null): void {
    const { logId, request } = report;
    if (logId === null || request === null) return;
    const address = gatewayAddressOf(request.url);
    const gateway = address ?? block;
    if (gateway === null) return;
    const startedAt = Date.parse(report.startedAt);
    // Moves the entry to the end, so that the newest ones are kept.
    this.#tests.delete(logId);
    this.#tests.set(logId, {
      provider: report.provider,
      nonce,
      gateway:
        address === null
          ? keyOfGateway(gateway)
          : { accountId: address.accountId, gatewayName: address.gatewayName },
      segment: address?.segment ?? null,
      startedAt,
      endedAt: startedAt + report.timings.totalMs,
      status: report.status,
      tokens: report.tokens,
      isUnlogged: (request.headers ?? []).some(
        ([name, value]) => name === "cf-aig-collect-log" && value.trim() === "false",
      ),
    });
    const [oldest] = this.#tests.keys();
    if (this.#tests.size > MOST_TESTS && oldest !== undefined) this.#tests.delete(oldest);
  }

  /** Null for a test of another gateway or process, and for one whose log ID a newer response named. */
  find(row: Omit<LogRowInput, "route">): SentTest | null {
    const test = this.#tests.get(row.logId);
    if (test === undefined) return null;
    const { gateway, provider, startedAt } = test;
    const isSame =
      gateway.accountId === row.accountId &&
      gateway.gatewayName === row.gatewayName &&
      provider === row.provider &&
      startedAt === Date.parse(row.startedAt);
    return isSame ? test : null;
  }

  hasNonce(nonce: string): boolean {
    return [...this.#tests.values()].some((test) => test.nonce === nonce);
  }
}
