/** Whether a verdict that a page shows may stand beside what really arrived at the stand-ins. */
import type { Locator, Page } from "playwright";

import { CLOUDFLARE_HOST } from "../demo/cloudflare";
import type { Demo } from "../demo/demo";
import type { RecordedRequest } from "../demo/internet";
import type { GatewayApi } from "../src/shared/contract";
import { KEYS } from "./home-text";

/** A moment before a test, to judge its verdict by. */
export interface BeforeTest {
  readonly name: string;
  readonly requests: number;
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

  before(name: string): BeforeTest {
    return { name, requests: this.#demo.requests.length, failing: this.#failing };
  }

  /** Every test that is remembered as a success, those of "Test all" included; the demo still has its requests. */
  async judgeAll(page: Page): Promise<void> {
    const answer = await page.evaluate(async () => {
      const api: GatewayApi = Reflect.get(window, "cloudflareGateway");
      return api.tests();
    });
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

  async judge({ name, requests, failing }: BeforeTest, report: Locator): Promise<void> {
    const verdict = report.locator(".cfgw-verdict");
    const tone = await verdict.getAttribute("data-tone", { timeout: 500 }).catch(() => null);
    if (tone === null) return;
    this.#judged++;
    const impossible = failing !== null && failing === this.#failing;
    if (impossible) this.#greenImpossible++;
    if (tone !== "good") return;
    this.#green++;
    if (impossible) this.failures.push(`${name} is green while every request fails`);
    const key = keyOf(name);
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

function keyOf(name: string): string {
  const id = name
    .toLowerCase()
    .replace(/\(.*\)/, "")
    .trim()
    .replaceAll(" ", "-");
  return KEYS.get(id) ?? KEYS.get(id.replace("-", "")) ?? "";
}

function carries({ headers }: RecordedRequest, key: string): boolean {
  return Object.values(headers).some((value) => value.includes(key));
}
