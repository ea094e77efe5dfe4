/** Whether a verdict that a page shows may stand beside what really arrived at the stand-ins. */
import type { Locator, Page } from "playwright";

import { CLOUDFLARE_HOST } from "../../demo/cloudflare";
import type { Demo } from "../../demo/demo";
import type { RecordedRequest } from "../../demo/internet";
import type { GatewayApi } from "../../src/shared/contract";
import { KEYS } from "./home-text";

/** A moment before a test, to judge its verdict by. */
export interface BeforeTest {
  readonly name: string;
  readonly requests: number;
  /** When the last test that is remembered of it began, or null. */
  readonly last: string | null;
  /** Which stretch of time it is in that lets no request succeed; null for a time that may. */
  readonly failing: number | null;
}

export class Honesty {
  readonly failures: string[] = [];
  readonly #demo: Demo;
  readonly #known = new Set<string>();
  #requests = 0;
  #judged = 0;
  #green = 0;
  #greenImpossible = 0;
  #stretches = 0;
  #failing: number | null = null;

  constructor(demo: Demo) {
    this.#demo = demo;
  }

  /** That arrived at the stand-ins so far, as of the last quiet. */
  get requests(): number {
    return this.#requests;
  }

  get figures(): string {
    return `${this.#judged} verdicts held against the requests, ${this.#green} of them green; ${this.#greenImpossible} given while nothing could succeed`;
  }

  get doAllFail(): boolean {
    return this.#failing !== null;
  }

  allFail(whether: boolean): void {
    this.#failing = whether ? ++this.#stretches : null;
  }

  async before(page: Page, name: string): Promise<BeforeTest> {
    const last = await lastOf(page, name);
    return { name, requests: this.#demo.requests.length, last, failing: this.#failing };
  }

  /** Every test that is remembered as a success, those of "Test all" included; the demo still has its requests. */
  async judgeAll(page: Page): Promise<void> {
    const answer = await remembered(page);
    const { requests } = this.#demo;
    this.#requests += requests.length;
    if (!answer.success) return;
    for (const { provider, report } of answer.data.tests) {
      const key = KEYS.get(provider);
      if (key === undefined || this.#known.has(report.startedAt + provider)) continue;
      this.#known.add(report.startedAt + provider);
      this.#judged++;
      if (!report.ok || report.verdict !== report.expected) continue;
      this.#green++;
      const own = requests.filter((request) => carries(request, key));
      const through = report.verdict === "gateway";
      const good = own.some(
        ({ host, status, abandoned }) =>
          status === 200 && !abandoned && (host === CLOUDFLARE_HOST) === through,
      );
      if (!good) this.failures.push(`${provider} is remembered as ${report.verdict}: ${seen(own)}`);
    }
  }

  async judge(
    { name, requests, last, failing }: BeforeTest,
    page: Page,
    report: Locator,
  ): Promise<void> {
    // The row moved under the finger, and what is shown is the report of a test before.
    if ((await lastOf(page, name)) === last) return;
    const verdict = report.locator(".cfgw-verdict");
    const tone = await verdict.getAttribute("data-tone", { timeout: 500 }).catch(() => null);
    if (tone === null) return;
    this.#judged++;
    const impossible = failing !== null && failing === this.#failing;
    if (impossible) this.#greenImpossible++;
    if (tone !== "good") return;
    this.#green++;
    if (impossible) this.failures.push(`${name} is green while every request fails`);
    const key = KEYS.get(idOf(name)) ?? "";
    const own = this.#demo.requests.slice(requests).filter((request) => carries(request, key));
    if (!own.some(({ status, abandoned }) => status === 200 && !abandoned)) {
      this.failures.push(`${name} is green: ${seen(own)}`);
    }
  }
}

function seen(requests: readonly RecordedRequest[]): string {
  const each = requests.map(({ host, status }) => `${host} ${status}`).join(", ");
  return `what arrived is ${each || "nothing"}`;
}

/** Remembered by the app of each provider's last test. */
async function remembered(page: Page): ReturnType<GatewayApi["tests"]> {
  return page.evaluate(async () => {
    const api: GatewayApi = Reflect.get(window, "cloudflareGateway");
    return api.tests();
  });
}

async function lastOf(page: Page, name: string): Promise<string | null> {
  const answer = await remembered(page);
  if (!answer.success) return null;
  const id = idOf(name);
  return answer.data.tests.find(({ provider }) => provider === id)?.report.startedAt ?? null;
}

function idOf(name: string): string {
  const id = name
    .toLowerCase()
    .replace(/\(.*\)/, "")
    .trim()
    .replaceAll(" ", "-");
  return KEYS.has(id) ? id : id.replace("-", "");
}

function carries({ headers }: RecordedRequest, key: string): boolean {
  return Object.values(headers).some((value) => value.includes(key));
}
