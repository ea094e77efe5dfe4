/** Connects an account, and chooses gateways of it in Edit and in a row, without a mouse. */
import type { Locator, Page } from "playwright";

import { DEMO_ACCOUNT_NAME, DEMO_API_TOKEN, DEMO_GATEWAY, DEMO_TOKEN } from "../demo/names";
import { KEYS_ONLY } from "./files";
import { expect, test } from "./fixture";

test.use({ providersText: KEYS_ONLY, mirror: true });

/** Presses Tab until an element has the focus, which must never be lost on the way. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  await expect(wanted).toBeFocused();
}

/** Whether an element of the page, and not its body, has the focus. */
const hasFocus = (page: Page) => page.evaluate(() => document.activeElement !== document.body);

test("connects, routes, tests and changes gateways with the keyboard alone", async ({ panel }) => {
  test.setTimeout(120_000);
  const { page, ui } = panel;
  const { keyboard } = page;
  const button = (name: string) => page.getByRole("button", { name, exact: true });

  await tabTo(page, button("Connect to Cloudflare"));
  await keyboard.press("Enter");
  await expect(page.getByLabel("Cloudflare API token")).toBeFocused();
  await keyboard.type(DEMO_API_TOKEN);
  await keyboard.press("Enter");
  await expect(button(`Connected to ${DEMO_ACCOUNT_NAME}`)).toBeVisible();
  await expect.poll(() => hasFocus(page)).toBe(true);

  await tabTo(page, ui.newGateway.getByLabel("Gateway token"));
  await keyboard.type(DEMO_TOKEN);
  await keyboard.press("Enter");
  await expect(page.locator('[data-route="gateway"]')).toHaveCount(7);
  await expect.poll(() => hasFocus(page)).toBe(true);

  await keyboard.press("Shift+T");
  await expect(page.locator('.cfgw-last[data-log="confirmed"]')).toHaveCount(7);
  await expect(page.locator(".cfgw-said")).toHaveText("7 confirmed by Cloudflare’s log.");
  await expect(
    button(`Anthropic. Through ${DEMO_GATEWAY}. Last test: Passed, confirmed by Cloudflare’s log`),
  ).toBeVisible();
  await expect.poll(() => hasFocus(page)).toBe(true);

  const edit = button(`Edit ${DEMO_GATEWAY}`);
  await edit.focus();
  await keyboard.press("Enter");
  const card = ui.gatewayCard(DEMO_GATEWAY);
  const choose = card.getByRole("button", { name: "Choose from your account" });
  await choose.focus();
  await keyboard.press("Enter");
  await expect(card.getByRole("radio", { name: DEMO_GATEWAY })).toBeFocused();
  await keyboard.press("ArrowDown");
  await keyboard.press("ArrowUp");
  await expect(card.getByRole("radio", { name: DEMO_GATEWAY })).toBeChecked();
  await keyboard.press("Escape");
  await expect(edit).toBeFocused();
});
