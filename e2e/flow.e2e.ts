import { AxeBuilder } from "@axe-core/playwright";

import { DEMO_ACCOUNT_ID, DEMO_GATEWAY } from "../demo/names";
import { textOf } from "./fixture";
import { expect, test } from "./shared-window";
import { COMMENTED } from "./files";

const MY_GATEWAY = { accountId: DEMO_ACCOUNT_ID, gatewayName: DEMO_GATEWAY };

test.describe("one gateway for all", () => {
  test.use({ providersText: COMMENTED });

  test("routes every provider with a key in two fields and three clicks, and one Undo restores the bytes", async ({
    ui,
    demo,
  }) => {
    await ui.switchOnWith("Anthropic", MY_GATEWAY);
    const before = await textOf(demo);
    await ui.page.getByRole("button", { name: "Route 4 more" }).click();
    await expect(ui.page.locator(".cfgw-undo")).toContainText("4 providers now go through.");
    for (const name of ["OpenAI", "Google", "xAI", "DeepSeek"]) {
      await expect(ui.where(name)).toHaveText(`Through ${DEMO_GATEWAY}`);
    }
    // A provider without a key is not routed, so that its own message stays visible.
    await expect(ui.where("OpenRouter")).toContainText("Direct to");
    await expect(ui.page.getByRole("button", { name: /^Route \d+ more$/ })).toHaveCount(0);

    await ui.page.getByRole("button", { name: "Undo" }).click();
    await expect(ui.where("OpenAI")).toContainText("Direct to");
    await expect.poll(() => textOf(demo)).toBe(before);
    await expect(ui.where("Anthropic")).toHaveText(`Through ${DEMO_GATEWAY}`);
  });
});

test("lets a new user route seven providers in two fields and two clicks, and see why one fails", async ({
  ui,
  demo,
}) => {
  const { page } = ui;
  // Counted by the page itself, without key presses.
  await page.evaluate(() => {
    Reflect.set(window, "clicks", 0);
    window.addEventListener("click", ({ detail }) => {
      if (detail > 0) Reflect.set(window, "clicks", Number(Reflect.get(window, "clicks")) + 1);
    });
  });
  const clicks = () => page.evaluate(() => Number(Reflect.get(window, "clicks")));

  await expect(page.getByText("Three steps to your own gateway")).toBeVisible();
  await ui.switchOf("Anthropic").click();
  // The first field is focused.
  await page.keyboard.type(DEMO_ACCOUNT_ID);
  await page.keyboard.press("Tab");
  await page.keyboard.type(DEMO_GATEWAY);
  await page.keyboard.press("Enter");
  await ui.saved();
  await page.getByRole("button", { name: "Route 6 more" }).click();
  await expect(page.locator(".cfgw-undo")).toContainText("6 providers now go through.");
  await expect(page.locator('[data-route="gateway"]')).toHaveCount(7);
  expect(await clicks()).toBe(2);
  expect((await textOf(demo)).match(/"cloudflareGateway": \{/g)).toHaveLength(7);

  await ui.test("DeepSeek");
  expect(await ui.failedPart("DeepSeek")).toBe("DeepSeek");
  await expect(ui.report("DeepSeek")).toContainText("DeepSeek refused the API key.");
  await expect(ui.report("DeepSeek")).toContainText("What to do: ");
  expect(await clicks()).toBe(3);
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
