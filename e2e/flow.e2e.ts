import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright";

import type { PanelPage } from "../checks/driving/panel-page";
import {
  DEMO_ACCOUNT_ID,
  DEMO_FIELDS,
  DEMO_KEYS,
  DEMO_LOCKED_GATEWAY,
  DEMO_OPEN_GATEWAY,
  DEMO_TOKEN,
} from "../demo/names";
import { test as ownWindow, textOf } from "./fixture";
import { expect, test } from "./shared-window";
import { COMMENTED } from "./files";

test.describe("one gateway for all", () => {
  test.use({ providersText: COMMENTED });

  test("routes every provider with a key behind an open gateway, and one Undo restores the bytes", async ({
    ui,
    demo,
  }) => {
    const { accountId } = DEMO_FIELDS;
    await ui.switchOnWith("Anthropic", { accountId, gatewayName: DEMO_OPEN_GATEWAY });
    const before = await textOf(demo);
    await ui.page.getByRole("button", { name: "Route 4 more" }).click();
    await expect(ui.page.locator(".cfgw-undo")).toContainText(
      `4 providers now use ${DEMO_OPEN_GATEWAY}.`,
    );
    for (const name of ["OpenAI", "Google", "xAI", "DeepSeek"]) {
      await expect(ui.where(name)).toHaveText(`Through ${DEMO_OPEN_GATEWAY}`);
    }
    // A provider without a key is not routed, so that its own message stays visible.
    await expect(ui.where("OpenRouter")).toContainText("Direct to");
    await expect(ui.page.getByRole("button", { name: /^Route \d+ more$/ })).toHaveCount(0);

    await ui.page.getByRole("button", { name: "Undo" }).click();
    await expect(ui.page.locator(".cfgw-undo")).toContainText("Undone: putting OpenAI,");
    await expect(ui.where("OpenAI")).toContainText("Direct to");
    await expect.poll(() => textOf(demo)).toBe(before);
    await expect(ui.where("Anthropic")).toHaveText(`Through ${DEMO_OPEN_GATEWAY}`);
  });
});

/** Counts clicks as the page itself does, without key presses. */
async function countClicks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    Reflect.set(window, "clicks", 0);
    window.addEventListener("click", ({ detail }) => {
      if (detail > 0) Reflect.set(window, "clicks", Number(Reflect.get(window, "clicks")) + 1);
    });
  });
  return () => page.evaluate(() => Number(Reflect.get(window, "clicks")));
}

test("lets a new user route all providers in three fields and two clicks, and see why one fails", async ({
  ui,
  demo,
}) => {
  const { page } = ui;
  const clicks = await countClicks(page);
  await expect(page.getByText("Three steps to your own gateway")).toBeVisible();
  await enterFirstGateway(ui);
  await page.getByRole("button", { name: "Route 6 more" }).click();
  await expect(page.locator(".cfgw-undo")).toContainText(
    `5 providers now use ${DEMO_LOCKED_GATEWAY}.`,
  );
  // This window does not write what OpenRouter's token needs.
  await expect(page.locator(".cfgw-undo")).toContainText("OpenRouter was left out: ");
  await expect(page.locator('[data-route="gateway"]')).toHaveCount(6);
  expect(await clicks()).toBe(2);
  expect((await textOf(demo)).match(/"cloudflareGateway": \{/g)).toHaveLength(6);

  await ui.test("DeepSeek");
  expect(await ui.failedPart("DeepSeek")).toBe("DeepSeek");
  await expect(ui.report("DeepSeek")).toContainText("DeepSeek rejected the API key.");
  await expect(ui.report("DeepSeek")).toContainText("What to do: ");
  expect(await clicks()).toBe(3);
});

/** One switch, three fields, Enter. */
async function enterFirstGateway(ui: PanelPage): Promise<void> {
  const { page } = ui;
  await ui.switchOf("Anthropic").click();
  // The first field has the focus already.
  await page.keyboard.type(DEMO_ACCOUNT_ID);
  await page.keyboard.press("Tab");
  await page.keyboard.type(DEMO_LOCKED_GATEWAY);
  await page.keyboard.press("Tab");
  await page.keyboard.type(DEMO_TOKEN);
  await page.keyboard.press("Enter");
  await ui.saved();
}

ownWindow.describe("a gateway that requires a token", () => {
  const custom = (id: "groq" | "mistral", baseUrl: string, model: string) => ({
    providerType: "openai-compatible",
    baseUrl,
    apiKey: DEMO_KEYS[id],
    models: [model],
  });
  const file = {
    anthropic: { apiKey: DEMO_KEYS.anthropic },
    openai: { apiKey: DEMO_KEYS.openai },
    google: { apiKey: DEMO_KEYS.google },
    xai: { apiKey: DEMO_KEYS.xai },
    openrouter: { apiKey: DEMO_KEYS.openrouter },
    mistral: custom("mistral", "https://api.mistral.ai/v1", "mistral-small-latest"),
    groq: custom("groq", "https://api.groq.com/openai/v1", "llama-3.3-70b-versatile"),
  };
  ownWindow.use({ providersText: `${JSON.stringify(file, null, 2)}\n`, mirror: true });

  ownWindow(
    "passes every test of seven providers once its token is entered",
    async ({ ui, demo }) => {
      const clicks = await countClicks(ui.page);
      await enterFirstGateway(ui);
      await ui.page.getByRole("button", { name: "Route 6 more" }).click();
      await expect(ui.page.locator('[data-route="gateway"]')).toHaveCount(7);
      expect(await clicks()).toBe(2);
      await ui.testAll();
      await expect(ui.testAllSum).toHaveText(/^7 through the gateway/);
      expect(demo.requests).toHaveLength(7);
      for (const { headers } of demo.requests) {
        expect(headers["cf-aig-authorization"]).toBe(`Bearer ${DEMO_TOKEN}`);
      }
      // It opens every gateway of its account, and is never shown.
      expect(await ui.page.content()).not.toContain(DEMO_TOKEN);
    },
  );
});

test.describe("many providers", () => {
  const custom = Array.from({ length: 40 }, (_, index) => [
    `team-${index}`,
    {
      providerType: "openai-compatible",
      displayName: `Team ${index}`,
      baseUrl: "https://llm.acme.example/v1",
    },
  ]);
  test.use({ providersText: `${JSON.stringify(Object.fromEntries(custom), null, 2)}\n` });

  test("can be filtered without losing text typed in hidden rows", async ({ ui }) => {
    await ui.open("Team 7");
    await ui.field("Team 7", "Account ID").fill(DEMO_ACCOUNT_ID);
    const filter = ui.page.getByRole("searchbox", { name: "Filter providers" });
    await filter.fill("team 31");
    await expect(ui.row("Team 31")).toBeVisible();
    await expect(ui.row("Team 7")).toBeHidden();
    await expect(ui.row("Anthropic")).toBeHidden();
    await expect(ui.page.getByRole("heading", { name: "Stay direct" })).toBeHidden();
    await expect(ui.page.getByText("1 of 52")).toBeVisible();
    const { violations } = await new AxeBuilder({ page: ui.page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);

    await filter.press("Escape");
    await expect(ui.field("Team 7", "Account ID")).toHaveValue(DEMO_ACCOUNT_ID);
  });
});
