import type { Page } from "playwright";

import type { PanelPage } from "../checks/driving/panel-page";
import {
  DEMO_ACCOUNT_ID,
  DEMO_ENVIRONMENT,
  DEMO_FIELDS,
  DEMO_GATEWAY,
  DEMO_LOCKED_GATEWAY,
  DEMO_TEAM_GATEWAY,
  DEMO_OPEN_GATEWAY,
  DEMO_TOKEN,
} from "../demo/names";
import { test as ownWindow, textOf } from "./fixture";
import { expect, test } from "./shared-window";
import { violationsOn } from "./accessibility";
import { COMMENTED, KEYS_ONLY } from "./files";

test.describe("one gateway for all", () => {
  test.use({ providersText: COMMENTED });

  test("routes every provider with a key behind an open gateway, and one Undo restores the bytes", async ({
    ui,
    demo,
  }) => {
    const { accountId } = DEMO_FIELDS;
    await ui.switchOnWith("Anthropic", { accountId, gatewayName: DEMO_OPEN_GATEWAY });
    const before = await textOf(demo);
    await ui.routeAll();
    await expect(ui.page.locator(".cfgw-undo")).toContainText(
      `4 providers now use ${DEMO_OPEN_GATEWAY}.`,
    );
    for (const name of ["OpenAI", "Google", "xAI", "DeepSeek"]) {
      await expect(ui.where(name)).toContainText(`Through ${DEMO_OPEN_GATEWAY}`);
    }
    // A provider without a key is not routed, so that its own message stays visible.
    await ui.expandLists();
    await expect(ui.where("OpenRouter")).toContainText("Direct to");
    await ui.page.getByRole("button", { name: "More actions" }).click();
    await expect(ui.page.getByRole("menuitem", { name: "Guide" })).toBeVisible();
    await expect(ui.page.getByRole("menuitem", { name: /^Route/ })).toHaveCount(0);
    await ui.page.keyboard.press("Escape");

    await ui.page.getByRole("button", { name: "Undo" }).click();
    await expect(ui.page.locator(".cfgw-undo")).toContainText("Undid: route OpenAI,");
    await expect(ui.where("OpenAI")).toContainText("Direct to");
    await expect.poll(() => textOf(demo)).toBe(before);
    await expect(ui.where("Anthropic")).toContainText(`Through ${DEMO_OPEN_GATEWAY}`);
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

test("lets a new user route all providers with three fields, and shows why one fails", async ({
  ui,
  demo,
}) => {
  const { page } = ui;
  const clicks = await countClicks(page);
  await enterFirstGateway(ui);
  await expect(page.locator(".cfgw-undo")).toContainText(
    `6 providers now use ${DEMO_LOCKED_GATEWAY}.`,
  );
  // OpenRouter is not counted: this window does not write what its token needs.
  await expect(page.locator(".cfgw-undo")).not.toContainText("OpenRouter");
  await expect(page.locator('[data-route="gateway"]')).toHaveCount(6);
  expect(await clicks()).toBe(1);
  expect((await textOf(demo)).match(/"cloudflareGateway": \{/g)).toHaveLength(6);

  await ui.test("DeepSeek");
  expect(await ui.failedPart("DeepSeek")).toBe("DeepSeek");
  expect(await clicks()).toBe(2);
});

/** One click into the form of the first start, three fields, Enter. */
async function enterFirstGateway(ui: PanelPage): Promise<void> {
  const { page } = ui;
  await ui.newGateway.getByLabel("Account ID").click();
  await page.keyboard.type(DEMO_ACCOUNT_ID);
  await page.keyboard.press("Tab");
  await page.keyboard.type(DEMO_LOCKED_GATEWAY);
  await page.keyboard.press("Tab");
  await page.keyboard.type(DEMO_TOKEN);
  await page.keyboard.press("Enter");
  await ui.saved();
}

test.describe("a gateway that requires a token", () => {
  test.use({ providersText: KEYS_ONLY, mirror: true });

  test("passes every test of seven providers with three fields and two clicks", async ({
    ui,
    demo,
  }) => {
    const clicks = await countClicks(ui.page);
    await enterFirstGateway(ui);
    await expect(ui.page.locator('[data-route="gateway"]')).toHaveCount(7);
    await ui.testAll();
    expect(await clicks()).toBeLessThanOrEqual(3);
    await expect(ui.testAllSum).toHaveText(/^7 through the gateway, \d+ skipped$/);
    expect(demo.requests).toHaveLength(7);
    for (const { headers } of demo.requests) {
      expect(headers["cf-aig-authorization"]).toBe(`Bearer ${DEMO_TOKEN}`);
    }
    // The token works for every gateway of the account, and is never shown.
    expect(await ui.page.content()).not.toContain(DEMO_TOKEN);
  });

  test("moves all providers to another gateway with two clicks", async ({ ui }) => {
    await enterFirstGateway(ui);
    await ui.page.getByRole("button", { name: "Add gateway", exact: true }).click();
    await ui.newGateway.getByLabel("Account ID").fill(DEMO_ACCOUNT_ID);
    await ui.newGateway.getByLabel("Gateway name").fill(DEMO_TEAM_GATEWAY);
    await ui.newGateway.getByRole("button", { name: "Choose providers" }).click();
    await ui.newGateway.getByRole("checkbox", { name: /^groq/i }).check();
    await ui.newGateway.getByRole("button", { name: "Add and route 1 provider" }).click();
    await expect(ui.gatewayCard(DEMO_LOCKED_GATEWAY)).toContainText("used by 6");

    const clicks = await countClicks(ui.page);
    await ui.page.getByRole("button", { name: `More for ${DEMO_LOCKED_GATEWAY}` }).click();
    await ui.page.getByRole("menuitem", { name: `Move all to ${DEMO_TEAM_GATEWAY}` }).click();
    await expect(ui.gatewayCard(DEMO_TEAM_GATEWAY)).toContainText("used by 7");
    await expect(ui.gatewayCard(DEMO_LOCKED_GATEWAY)).toHaveCount(0);
    expect(await clicks()).toBe(2);
  });

  test("sends all providers direct with one click and a confirmation", async ({ ui, demo }) => {
    await enterFirstGateway(ui);
    const clicks = await countClicks(ui.page);
    await ui.page.getByRole("button", { name: "Send all direct" }).click();
    await ui.page.getByRole("alertdialog").getByRole("button", { name: "Send all direct" }).click();
    await expect(ui.page.locator('[data-route="gateway"]')).toHaveCount(0);
    expect(await clicks()).toBe(2);
    await expect.poll(() => textOf(demo)).toContain("cloudflareGatewayDisabled");
  });

  ownWindow.describe("with the gateway in the environment", () => {
    ownWindow.use({ extraEnv: DEMO_ENVIRONMENT });

    ownWindow("passes every test of seven providers with two clicks", async ({ ui, demo }) => {
      const clicks = await countClicks(ui.page);
      const name = `Use ${DEMO_GATEWAY} from the environment for 7 providers`;
      await ui.page.getByRole("button", { name }).click();
      await expect(ui.page.locator('[data-route="gateway"]')).toHaveCount(7);
      await ui.testAll();
      expect(await clicks()).toBe(2);
      expect(demo.requests).toHaveLength(7);
    });
  });
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
    await ui.enterAnotherGateway("Team 7");
    await ui.field("Team 7", "Account ID").fill(DEMO_ACCOUNT_ID);
    const filter = ui.page.getByRole("searchbox", { name: "Filter providers" });
    await filter.fill("team 31");
    await expect(ui.row("Team 31")).toBeVisible();
    await expect(ui.row("Team 7")).toBeHidden();
    await expect(ui.row("Anthropic")).toBeHidden();
    await expect(ui.page.getByRole("heading", { name: "Stay direct" })).toBeHidden();
    await expect(ui.page.getByText("1 of 52")).toBeVisible();
    expect(await violationsOn(ui.page)).toEqual([]);

    await filter.press("Escape");
    await expect(ui.field("Team 7", "Account ID")).toHaveValue(DEMO_ACCOUNT_ID);
  });
});
