/** Tests that rows, results and the status say where mux really sends requests. */
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import type { Demo } from "../demo/demo";
import { DEMO_FIELDS, DEMO_GATEWAY, DEMO_KEYS } from "../demo/names";
import type { PanelPage } from "../checks/driving/panel-page";
import { textOf } from "./fixture";
import { expect, test } from "./shared-window";

const GATEWAY_HOST = "gateway.ai.cloudflare.com";
const FILE = {
  anthropic: { apiKey: DEMO_KEYS.anthropic },
  openrouter: { apiKey: DEMO_KEYS.openrouter },
};
const DIRECT_FIRST = { routePriority: ["direct", "openrouter"] };
const OPENROUTER_FIRST = { routePriority: ["openrouter", "direct"] };
const OPENROUTER_URL = "https://openrouter.ai/api/v1/chat/completions";

test.use({ providersText: `${JSON.stringify(FILE, null, 2)}\n`, mirror: true });

/** Writes config.json like mux, and returns the time right before, in ms since 1970. */
async function setConfig(demo: Demo, config: object): Promise<number> {
  const before = Date.now();
  await writeFile(join(dirname(demo.file), "config.json"), JSON.stringify(config));
  return before;
}

/** The time at which the page itself finds the text in a chip, without the delay of a test's own look. */
async function watchForChip(ui: PanelPage, text: string): Promise<{ at: () => Promise<number> }> {
  const found = await ui.page.evaluateHandle((wanted) => {
    const at = new Promise<number>((resolve) => {
      const observer = new MutationObserver(() => {
        const chips = [...document.querySelectorAll(".cfgw-chip")];
        if (!chips.some(({ textContent }) => textContent?.includes(wanted))) return;
        observer.disconnect();
        resolve(Date.now());
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    return { at };
  }, text);
  return { at: () => found.evaluate(({ at }) => at) };
}

function strip(ui: PanelPage) {
  return ui.page.locator(".cfgw-strip");
}

async function switchOn(ui: PanelPage) {
  await ui.switchOnWith("Anthropic", DEMO_FIELDS);
  await expect(ui.chip("Anthropic")).toHaveText(DEMO_GATEWAY);
}

test("shows mux's own result while OpenRouter is first, and the gateway's afterwards", async ({
  ui,
  demo,
}) => {
  await setConfig(demo, DIRECT_FIRST);
  await switchOn(ui);
  await ui.test("Anthropic");
  await expect(ui.verdict("Anthropic")).toHaveText(/^Went through Cloudflare AI Gateway/);
  await expect(strip(ui)).toHaveAttribute("data-tone", "good");
  await expect(ui.badge("Anthropic")).toContainText("Passed");

  const shown = await watchForChip(ui, "mux uses OpenRouter");
  const changed = await setConfig(demo, OPENROUTER_FIRST);
  await expect(ui.chip("Anthropic")).toHaveText("mux uses OpenRouter");
  expect((await shown.at()) - changed).toBeLessThan(1000);
  await expect(ui.badge("Anthropic")).toContainText("Not tested");
  await expect(strip(ui)).not.toHaveAttribute("data-tone", "good");

  demo.clearRequests();
  const report = await ui.test("Anthropic");
  expect(demo.requests.map(({ host }) => host)).toEqual(["openrouter.ai"]);
  await expect(ui.verdict("Anthropic")).toHaveText("Went straight to openrouter.ai");
  const detour = report.getByRole("group", { name: "Requests take another route now" });
  await expect(detour).toContainText("Settings → Providers → Route priority");
  await expect(detour).toContainText(OPENROUTER_URL);
  await expect(detour).toContainText(`https://${GATEWAY_HOST}/`);
  await expect(
    report.getByRole("img", { name: /then OpenRouter \(openrouter\.ai\)/ }),
  ).toBeVisible();
  await expect(strip(ui)).not.toHaveAttribute("data-tone", "good");

  demo.clearRequests();
  await detour.getByRole("button", { name: "Test the settings’ route" }).click();
  await expect(ui.verdict("Anthropic")).toHaveText(/^Went through Cloudflare AI Gateway/);
  expect(demo.requests.map(({ host }) => host)).toEqual([GATEWAY_HOST]);
  await expect(report).toContainText("is not in use now");

  await setConfig(demo, DIRECT_FIRST);
  await expect(ui.chip("Anthropic")).toHaveText(DEMO_GATEWAY);
  await expect(detour).toHaveCount(0);
  await expect(ui.badge("Anthropic")).toContainText("Passed");
  await expect(strip(ui)).toHaveAttribute("data-tone", "good");
});

test("tests mux's route for every provider with “Test all”, and never claims the gateway", async ({
  ui,
  demo,
}) => {
  // mux seeds this order at its next start, because OpenRouter has a key.
  await setConfig(demo, {});
  await ui.switchOnWith("Anthropic", DEMO_FIELDS);
  await expect(ui.chip("Anthropic")).toHaveText("mux uses OpenRouter");
  demo.clearRequests();
  await ui.testAll();
  expect(new Set(demo.requests.map(({ host }) => host))).toEqual(new Set(["openrouter.ai"]));
  await expect(strip(ui)).not.toHaveAttribute("data-tone", "good");
  await expect(strip(ui)).not.toContainText("all passed");
});

test("refuses every test while mux would send the token elsewhere, also without the base URL", async ({
  ui,
  demo,
}) => {
  await setConfig(demo, DIRECT_FIRST);
  await switchOn(ui);
  // mux's page clears a base URL by removing it.
  const cleared = (await textOf(demo)).replace(/"baseUrl": "[^"]*",?\s*/, "");
  await writeFile(demo.file, cleared);
  await expect(ui.chip("Anthropic")).toHaveText("Token leaks");
  demo.clearRequests();
  const report = await ui.test("Anthropic");
  await expect(report).toContainText("Stop that first");
  expect(demo.requests).toEqual([]);
  await expect(strip(ui)).toHaveAttribute("data-tone", "bad");
});

test("keeps the route and the result when mux writes the whole file again", async ({
  ui,
  demo,
}) => {
  await setConfig(demo, DIRECT_FIRST);
  await switchOn(ui);
  await ui.test("Anthropic");
  const text = await textOf(demo);
  const rewritten = `// Providers configuration for mux\n${JSON.stringify({ ...JSON.parse(text), xai: { apiKey: "k" } }, null, 2)}\n`;
  await writeFile(demo.file, rewritten);
  // The new key shows that the page has read the new file.
  await expect(ui.chip("xAI")).toHaveText("Direct");
  await expect(ui.chip("Anthropic")).toHaveText(DEMO_GATEWAY);
  await expect(ui.badge("Anthropic")).toContainText("Passed");
  await expect(ui.badge("Anthropic")).not.toContainText("outdated");
  expect(await textOf(demo)).toBe(rewritten);
});

test.describe("without the compatibility fields", () => {
  test.use({ mirror: false });

  test("shows that mux goes direct, and offers to test the gateway", async ({ ui, demo }) => {
    await setConfig(demo, DIRECT_FIRST);
    await ui.switchOnWith("Anthropic", DEMO_FIELDS);
    demo.clearRequests();
    const report = await ui.test("Anthropic");
    expect(demo.requests.map(({ host }) => host)).toEqual(["api.anthropic.com"]);
    expect(JSON.stringify(demo.requests[0]?.headers)).not.toContain("cf-aig");
    await expect(report).toContainText("it does not read these gateway settings");
    await expect(report).toContainText("Turn on Compatibility");
    await report.getByRole("button", { name: "Test the settings’ route" }).click();
    await expect(ui.verdict("Anthropic")).toHaveText(/^Went through Cloudflare AI Gateway/);
  });
});
