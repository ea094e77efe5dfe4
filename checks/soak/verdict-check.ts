/** Checks the page's verdicts against the requests that the stand-ins received. */
import type { Locator, Page } from "playwright";

import { CLOUDFLARE_HOST } from "../../demo/cloudflare";
import type { Demo } from "../../demo/demo";
import type { RecordedRequest } from "../../demo/internet";
import type { GatewayApi } from "../../src/shared/contract";
import { KEYS } from "./home-text";

/** The state before a test, used to check its verdict. */
export interface BeforeTest {
  readonly name: string;
  readonly requests: number;
  /** Start of the provider's last saved test, or null. */
  readonly last: string | null;
  /** The number of the current outage, in which every request fails; null outside an outage. */
  readonly outage: number | null;
}

export class VerdictCheck {
  readonly failures: string[] = [];
  readonly #demo: Demo;
  readonly #known = new Set<string>();
  #requests = 0;
  #checked = 0;
  #green = 0;
  #duringOutage = 0;
  #outages = 0;
  #outage: number | null = null;

  constructor(demo: Demo) {
    this.#demo = demo;
  }

  /** How many requests the stand-ins received until the last idle check. */
  get requests(): number {
    return this.#requests;
  }

  get figures(): string {
    return `${this.#checked} verdicts checked against the requests, ${this.#green} of them green; ${this.#duringOutage} checked during an outage`;
  }

  get isOutage(): boolean {
    return this.#outage !== null;
  }

  setOutage(whether: boolean): void {
    this.#outage = whether ? ++this.#outages : null;
  }

  async before(page: Page, name: string): Promise<BeforeTest> {
    const last = await lastOf(page, name);
    return { name, requests: this.#demo.requests.length, last, outage: this.#outage };
  }

  /** Checks every saved success, including those of "Test all", against the demo's requests. */
  async checkAll(page: Page): Promise<void> {
    const answer = await remembered(page);
    const { requests } = this.#demo;
    this.#requests += requests.length;
    if (!answer.success) return;
    for (const { provider, report } of answer.data.tests) {
      const key = KEYS.get(provider);
      if (key === undefined || this.#known.has(report.startedAt + provider)) continue;
      this.#known.add(report.startedAt + provider);
      this.#checked++;
      if (!report.ok || report.verdict !== report.expected) continue;
      this.#green++;
      const own = requests.filter((request) => carries(request, key));
      const through = report.verdict === "gateway";
      const good = own.some(
        ({ host, status, abandoned }) =>
          status === 200 && !abandoned && (host === CLOUDFLARE_HOST) === through,
      );
      if (!good) this.failures.push(`${provider} was saved as ${report.verdict}: ${seen(own)}`);
    }
  }

  async check(
    { name, requests, last, outage }: BeforeTest,
    page: Page,
    report: Locator,
  ): Promise<void> {
    // The row moved before the click, so the page still shows an earlier report.
    if ((await lastOf(page, name)) === last) return;
    const verdict = report.locator(".cfgw-verdict");
    const tone = await verdict.getAttribute("data-tone", { timeout: 500 }).catch(() => null);
    if (tone === null) return;
    this.#checked++;
    const impossible = outage !== null && outage === this.#outage;
    if (impossible) this.#duringOutage++;
    if (tone !== "good") return;
    this.#green++;
    if (impossible) this.failures.push(`${name} is green during an outage`);
    const key = KEYS.get(idOf(name)) ?? "";
    const own = this.#demo.requests.slice(requests).filter((request) => carries(request, key));
    if (!own.some(({ status, abandoned }) => status === 200 && !abandoned)) {
      this.failures.push(`${name} is green: ${seen(own)}`);
    }
  }
}

function seen(requests: readonly RecordedRequest[]): string {
  const each = requests.map(({ host, status }) => `${host} ${status}`).join(", ");
  return `received requests: ${each || "none"}`;
}

/** The app's saved tests. */
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
