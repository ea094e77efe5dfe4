import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";

import {
  DEMO_ACCOUNT_ID,
  DEMO_CACHED_GATEWAY,
  DEMO_FIELDS,
  DEMO_KEYS,
  DEMO_LOCKED_GATEWAY,
  DEMO_OPEN_GATEWAY,
  DEMO_TOKEN,
} from "../demo/names";
import { test as ownWindow } from "./fixture";
import { COMMENTED } from "./files";
import { violationsOn } from "./accessibility";
import { expect, test } from "./shared-window";

const GATEWAY_HOST = "gateway.ai.cloudflare.com";
const BY_HAND = `{
  "anthropic": {
    "apiKey": "${DEMO_KEYS.anthropic}",
    "baseUrl": "https://${GATEWAY_HOST}/v1/${DEMO_ACCOUNT_ID}/${DEMO_OPEN_GATEWAY}/anthropic/v1"
  }
}
`;

// With the mirror, mux takes the route of the settings, so a test is about the gateway.
test.use({ providersText: COMMENTED, mirror: true });
ownWindow.use({ providersText: COMMENTED, mirror: true });

test.describe("a verdict", () => {
  test("lists its evidence, follows no redirect, and mentions a fallback and another model", async ({
    ui,
    demo,
  }) => {
    await ui.switchOnWith("Anthropic", DEMO_FIELDS);
    const report = await ui.test("Anthropic");
    await expect(ui.verdict("Anthropic")).toHaveText(/^Went through Cloudflare AI Gateway/);
    const evidence = await ui.evidence("Anthropic");
    await expect(evidence).toContainText(`Called ${GATEWAY_HOST}`);
    await expect(evidence).toContainText("Responded with HTTP 200");
    await expect(evidence).toContainText(/cf-aig-log-id: \S+/);
    await expect(evidence).not.toContainText("cf-ray");

    demo.clearRequests();
    demo.cloudflare.once({ kind: "redirect", location: "https://api.anthropic.com/v1/messages" });
    await ui.test("Anthropic");
    await expect(ui.verdict("Anthropic")).toContainText(
      "nothing in the response shows the gateway",
    );
    await ui.evidence("Anthropic");
    await expect(report).toContainText("Redirected to https://api.anthropic.com/v1/messages");
    expect(demo.requests.map(({ host }) => host)).toEqual([GATEWAY_HOST]);

    demo.cloudflare.once({ kind: "fallback", step: 2, model: "claude-opus-9" });
    await ui.test("Anthropic");
    const notes = report.locator(".cfgw-verdict .cfgw-notes");
    await expect(notes).toContainText("Step 2 of the gateway's route answered");
    await expect(notes).toContainText("“claude-opus-9” answered instead of");
  });

  test("says that the provider was not called when the cache responded", async ({ ui, demo }) => {
    await ui.switchOnWith("Anthropic", { ...DEMO_FIELDS, gatewayName: DEMO_CACHED_GATEWAY });
    demo.cloudflare.once({ kind: "headers", headers: { "cf-aig-cache-status": "HIT" } });
    const report = await ui.test("Anthropic");
    await expect(report.locator(".cfgw-notes").first()).toContainText("from its cache");
    await expect(report.locator(".cfgw-picture")).toContainText("from the cache");
  });

  test.describe("with a gateway in the base URL", () => {
    test.use({ providersText: BY_HAND });

    test("is the gateway's without a block, also in a direct test, and one click creates the block", async ({
      ui,
      demo,
    }) => {
      await expect(ui.where("Anthropic")).toHaveText(
        `Through ${DEMO_OPEN_GATEWAY}, by its own base URL`,
      );
      demo.cloudflare.once({ kind: "error", code: 2003 });
      const report = await ui.test("Anthropic");
      await expect(report.locator(".cfgw-notes").first()).toContainText(
        "itself is an address of Cloudflare AI Gateway",
      );
      await report.getByRole("button", { name: "Try without the gateway" }).click();
      await expect(ui.verdict("Anthropic")).toHaveText(
        "Went through Cloudflare AI Gateway, although the file says direct",
      );
      await expect(report.locator(".cfgw-verdict")).toHaveAttribute("data-tone", "doubtful");

      await report.getByRole("button", { name: "Turn it into gateway settings" }).click();
      await expect(ui.where("Anthropic")).toContainText(`Through ${DEMO_OPEN_GATEWAY}`);
      await expect(ui.switchOf("Anthropic")).toHaveAttribute("aria-checked", "true");
    });
  });
});

test("names Cloudflare's edge, the network or this computer when no gateway responds", async ({
  ui,
  demo,
}) => {
  await ui.switchOnWith("Anthropic", DEMO_FIELDS);
  const report = ui.report("Anthropic");
  const verdict = ui.verdict("Anthropic");
  const namesTheEdge = async (html: boolean): Promise<void> => {
    demo.cloudflare.once({ kind: "edge", code: 1010, html });
    await ui.test("Anthropic");
    await expect(verdict).toContainText("something else answered");
    await expect(report).toContainText(/edge|firewall/i);
  };
  // With a line of text.
  await namesTheEdge(false);

  demo.cloudflare.once({ kind: "cut" });
  await ui.test("Anthropic");
  await expect(verdict).toContainText(/^No answer from/);
  expect(await ui.failedPart("Anthropic")).toBe("the way there");

  await namesTheEdge(true);

  await demo.network.down();
  await ui.test("Anthropic");
  await expect(verdict).toContainText(/^No answer|^The request never left/);
  await expect(report.locator(".cfgw-verdict")).toHaveAttribute("data-tone", "bad");
  expect(await ui.failedPart("Anthropic")).toBe("This computer");
  await expect(report).toContainText(/proxy/i);
});

test.describe("the time line", () => {
  test("is a table of all steps, each starting at the end of the previous one", async ({ ui }) => {
    const report = await ui.test("Anthropic");
    await ui.evidence("Anthropic");
    const table = report.getByRole("table", { name: "Time" });
    for (const step of ["TCP", "Proxy tunnel", "TLS", "Wait for first byte", "Last byte"]) {
      await expect(table.getByRole("row", { name: new RegExp(`^${step} `) })).toContainText(
        /\+\d+(?:\.\d+)? m?s\s*\d+(?:\.\d+)? m?s/,
      );
    }
    const gaps = await table.locator(".cfgw-track > span").evaluateAll((bars) => {
      const edges = bars.map((bar) => bar.getBoundingClientRect());
      return edges.slice(1).map((edge, index) => edge.left - (edges[index]?.right ?? 0));
    });
    // A bar is at least 2 px long, so a short one may overlap the next.
    expect(gaps.every((gap) => Math.abs(gap) <= 2.5)).toBe(true);
  });
});

test("compares both routes once or five times, without gateway headers to the provider, and can be stopped", async ({
  ui,
  demo,
}) => {
  await ui.switchOnWith("Anthropic", DEMO_FIELDS);
  const report = await ui.test("Anthropic");
  demo.clearRequests();
  await ui.evidence("Anthropic");
  await report.getByRole("button", { name: "Compare once" }).click();
  const comparison = report.getByRole("group", { name: "Compare with direct" });
  await expect(comparison).toContainText("One sample of each route");
  await expect(comparison.getByRole("row", { name: /^Verdict/ })).toContainText(
    /went through.*went direct/,
  );
  await expect(comparison.getByRole("row", { name: /^Last byte/ })).toContainText(
    /\d+ ms.*\d+ ms.*[+−±]\d+ ms/,
  );
  expect(demo.requests.map(({ host }) => host)).toEqual([GATEWAY_HOST, "api.anthropic.com"]);
  const names = Object.keys(demo.requests[1]?.headers ?? {});
  expect(names.filter((name) => name.startsWith("cf-aig-"))).toEqual([]);

  // A failed run counts as failed, and not in the medians.
  demo.clearRequests();
  demo.cloudflare.once({ kind: "error", code: 2003 });
  await report.getByRole("button", { name: "5 times" }).click();
  await expect(comparison).toContainText(
    "Medians of 4 responses through the gateway and 5 direct. 1 request",
    { timeout: 30_000 },
  );
  await expect(comparison).toContainText("1 of 5 failed");
  await expect(comparison.getByRole("row", { name: /^Status/ })).toContainText("429, 200");
  expect(demo.requests).toHaveLength(10);

  // Stopping aborts the request and sends no others.
  demo.clearRequests();
  demo.cloudflare.once({ kind: "hang" });
  const [arrived, abandoned] = [demo.nextRequest(), demo.nextAbandoned()];
  await report.getByRole("button", { name: "5 times" }).click();
  await arrived;
  await report.getByRole("button", { name: "Stop comparing" }).click();
  expect((await abandoned).host).toBe(GATEWAY_HOST);
  await expect(report.getByRole("button", { name: "Compare once" })).toBeVisible();
  expect(demo.requests).toHaveLength(1);
});

test.describe("test all", () => {
  test("tests every ready provider, explains skipped ones and repeats failed tests", async ({
    ui,
    demo,
  }) => {
    await ui.switchOnWith("Anthropic", DEMO_FIELDS);
    await ui.testAll();
    await expect(ui.testAllSum).toHaveText(
      /^1 through the gateway, 3 direct, 1 failed, \d+ skipped\. DeepSeek: /,
    );
    await ui.page.getByRole("button", { name: /^Why \d+ were skipped$/ }).click();
    await expect(ui.page.locator(".cfgw-skipped")).toContainText(/Can’t be routed: .*Ollama/);
    await expect(ui.page.locator(".cfgw-skipped")).toContainText(/No API key: .*OpenRouter/);
    await expect(ui.badge("Anthropic")).toHaveText(/^Last test: Passed/);
    await expect(ui.badge("DeepSeek")).toHaveText(/^Last test: Key rejected/);

    // A result in a row opens as a full report, with details that a saved one lacks.
    await ui.badge("DeepSeek").click();
    await expect(ui.verdict("DeepSeek")).toContainText("Reached api.deepseek.com directly");
    await expect(ui.report("DeepSeek").getByRole("button", { name: "Details" })).toBeVisible();

    demo.clearRequests();
    await ui.page.getByRole("button", { name: "Retest 1 failed" }).click();
    await expect.poll(() => demo.requests.map(({ host }) => host)).toEqual(["api.deepseek.com"]);
    await expect(ui.testAllSum).toHaveText(/^1 through the gateway, 3 direct, 1 failed/);
  });

  test("sends at most three requests at a time, and stopping aborts them all", async ({
    ui,
    demo,
  }) => {
    demo.providers.always({ kind: "hang" });
    await ui.page.getByRole("button", { name: "Test all" }).click();
    await expect.poll(() => demo.requests.length).toBe(3);
    await expect(ui.page.getByRole("progressbar", { name: "Providers tested" })).toBeVisible();
    await ui.page.getByRole("button", { name: "Stop all" }).click();
    await expect(ui.testAllSum).toHaveText(/^Stopped\. 5 not tested\. \d+ skipped/);
    await expect
      .poll(() => demo.requests.map(({ abandoned }) => abandoned))
      .toEqual([true, true, true]);
  });
});

ownWindow.describe("a window with a base URL in its environment", () => {
  ownWindow.use({ extraEnv: { OPENAI_BASE_URL: "https://llm.acme.example/v1" } });

  ownWindow(
    "names the variable, marks a saved test as stale when its key changes, and opens it and keeps the route after a restart",
    async ({ openPanel, demo }) => {
      const first = await openPanel();
      await first.ui.ready();
      const elsewhere = await first.ui.test("OpenAI");
      await expect(elsewhere).toContainText("comes from OPENAI_BASE_URL in the environment");
      await expect(await first.ui.evidence("OpenAI")).toContainText("Called llm.acme.example");

      await first.ui.test("Anthropic");
      await expect(first.ui.badge("Anthropic")).not.toContainText("outdated");
      const text = await readFile(demo.file, "utf8");
      await writeFile(demo.file, text.replace(DEMO_KEYS.anthropic, `${DEMO_KEYS.anthropic}-new`));
      await expect(first.ui.badge("Anthropic")).toContainText("outdated");
      await expect(first.ui.report("Anthropic")).toContainText("settings have changed since");
      await first.ui.switchOnWith("xAI", DEMO_FIELDS);
      await expect(first.ui.where("xAI")).toContainText(`Through ${DEMO_FIELDS.gatewayName}`);
      const routed = await readFile(demo.file, "utf8");
      await first.close();

      const second = await openPanel();
      await second.ui.ready();
      await expect(second.ui.where("xAI")).toContainText(`Through ${DEMO_FIELDS.gatewayName}`);
      await expect(second.ui.switchOf("xAI")).toHaveAttribute("aria-checked", "true");
      expect(await readFile(demo.file, "utf8")).toBe(routed);
      await second.ui.badge("Anthropic").click();
      const report = second.ui.report("Anthropic");
      await expect(report).toContainText("Remembered from");
      await expect(report).toContainText("settings have changed since");
      await expect(second.ui.verdict("Anthropic")).toHaveText("Went straight to api.anthropic.com");
      await report.getByRole("button", { name: "Details" }).click();
      await expect(report.locator(".cfgw-facts")).toContainText("Requested model");
      await expect(report.locator(".cfgw-raw")).toHaveCount(0);
    },
  );
});

test("copies each test as cURL for a shell, with the secrets from the environment, and as a report", async ({
  ui,
  demo,
}) => {
  await ui.switchOnWith("Anthropic", {
    accountId: DEMO_ACCOUNT_ID,
    gatewayName: DEMO_LOCKED_GATEWAY,
    token: DEMO_TOKEN,
  });
  for (const name of ["Google", "DeepSeek"]) {
    await ui.switchOf(name).click();
    await expect(ui.where(name)).toContainText(`Through ${DEMO_LOCKED_GATEWAY}`);
  }
  for (const [name, variable, key] of [
    ["Anthropic", "ANTHROPIC_API_KEY", DEMO_KEYS.anthropic],
    ["Google", "GOOGLE_GENERATIVE_AI_API_KEY", DEMO_KEYS.google],
  ] as const) {
    demo.clearRequests();
    const report = await ui.test(name);
    const command = await ui.copied(report.getByRole("button", { name: "Copy as cURL" }));
    expect(secretsIn(command)).toEqual([]);

    const [tested] = demo.requests;
    demo.clearRequests();
    const { stdout } = await promisify(execFile)("sh", ["-c", command], {
      env: {
        PATH: process.env["PATH"],
        ...demo.env,
        CURL_CA_BUNDLE: demo.env["NODE_EXTRA_CA_CERTS"],
        [variable]: key,
        CF_AIG_TOKEN: DEMO_TOKEN,
      },
    });
    expect(stdout).toContain(" 200 ");
    expect(stdout).toMatch(/cf-aig-log-id: \S+/);
    expect(demo.requests).toHaveLength(1);
    const [repeated] = demo.requests;
    const { method, host, path, body } = tested ?? {};
    expect(repeated).toMatchObject({ method, host, path, body });
  }

  const report = await ui.test("DeepSeek");
  const text = await ui.copied(report.getByRole("button", { name: "Copy report" }));
  expect(text).toContain("| Verdict | gateway |");
  expect(text).toContain("| TLS |");
  expect(text).toContain("DeepSeek rejected the API key");
  expect(secretsIn(text)).toEqual([]);
});

test("shows a test's request with all gateway headers and the nonce, without the key", async ({
  ui,
  demo,
}) => {
  await ui.switchOnWith("Anthropic", DEMO_FIELDS);
  const report = await ui.test("Anthropic");
  await report.getByRole("button", { name: "Details" }).click();
  const sent = report.getByRole("region", { name: "Request as sent, without keys" });
  for (const line of [
    "cf-aig-skip-cache: true",
    "cf-aig-collect-log-payload: false",
    "cf-aig-no-wholesale: true",
    "cf-aig-metadata: {",
    "Reply with the single word OK. (",
    "x-api-key: [redacted]",
  ]) {
    await expect(sent).toContainText(line);
  }
  const shown = await sent.innerText();
  expect(secretsIn(shown)).toEqual([]);
  const names = Object.keys(demo.requests[0]?.headers ?? {});
  expect(names.filter((name) => name.startsWith("cf-aig-") && !shown.includes(name))).toEqual([]);
});

test("removes the message after a change by itself, after eight seconds", async ({ ui }) => {
  await ui.switchOnWith("Anthropic", DEMO_FIELDS);
  const clock = ui.page.locator(".cfgw-undo-clock");
  const duration = await clock.evaluate((element) => {
    const [animation] = element.getAnimations();
    const effect = animation?.effect?.getTiming().duration;
    animation?.finish();
    return effect;
  });
  expect(duration).toBe(8000);
  await expect(ui.page.locator(".cfgw-undo")).toHaveCount(0);
});

test("aborts running tests when the page is left", async ({ ui, demo }) => {
  demo.providers.once({ kind: "hang" });
  const arrived = demo.nextRequest();
  await ui.row("Anthropic").getByRole("button", { name: "Test Anthropic" }).click();
  await arrived;
  await ui.page.reload();
  // Well before the test's timeout.
  await expect.poll(() => demo.requests[0]?.abandoned, { timeout: 5000 }).toBe(true);
});

test("has no accessibility violations with a comparison, details and a summary", async ({ ui }) => {
  await ui.switchOnWith("Anthropic", DEMO_FIELDS);
  await ui.testAll();
  await ui.page.getByRole("button", { name: /^Why \d+ were skipped$/ }).click();
  const report = await ui.test("Anthropic");
  await ui.evidence("Anthropic");
  await report.getByRole("button", { name: "Compare once" }).click();
  await expect(report).toContainText("One sample of each route");
  await report.getByRole("button", { name: "Details" }).click();
  // The gallery covers all themes and widths.
  for (const [colorScheme, width] of [
    ["dark", 1000],
    ["light", 375],
  ] as const) {
    await ui.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await ui.page.setViewportSize({ width, height: 900 });
    expect(await violationsOn(ui.page), colorScheme).toEqual([]);
    const overflow = await ui.page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
    expect(overflow).toBe(false);
  }
});

function secretsIn(text: string): readonly string[] {
  return [...Object.values(DEMO_KEYS), DEMO_TOKEN].filter((secret) => text.includes(secret));
}
