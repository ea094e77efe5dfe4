import type { Locator, Page } from "playwright";

import { DEMO_ACCOUNT_ID, DEMO_LOCKED_GATEWAY, DEMO_TOKEN } from "../demo/names";
import { textOf } from "./fixture";
import { expect, test } from "./shared-window";

test.use({ mirror: true });

/** Presses and releases the mouse where the button is before the press, as a hand does. */
async function clickAtTop(page: Page, button: Locator): Promise<void> {
  for (;;) {
    const box = await button.boundingBox();
    if (box === null) throw new Error("The button is not on screen");
    await page.mouse.move(box.x + box.width / 2, box.y + 4);
    await page.mouse.down();
    const isPressed = await button.evaluate((element) => element.matches(":active"));
    await page.mouse.up();
    // Otherwise the button moved between the measurement and the press.
    if (isPressed) return;
  }
}

test.describe("a click on the form's button", () => {
  test("counts although leaving the field shows its problem", async ({ ui }) => {
    const { page } = ui;
    const account = ui.newGateway.getByLabel("Account ID");
    await account.click();
    await page.keyboard.type("abc");
    await clickAtTop(page, ui.newGateway.getByRole("button", { name: /^Add and route/ }));
    // The refused form moves the focus to the field to correct.
    await expect(account).toBeFocused();
    await expect(
      ui.newGateway.getByText("Enter the gateway’s token.", { exact: false }),
    ).toBeVisible();
  });

  test("saves what was typed into the last field", async ({ ui, demo }) => {
    const { page } = ui;
    await ui.newGateway.getByLabel("Gateway token").fill(DEMO_TOKEN);
    const account = ui.newGateway.getByLabel("Account ID");
    await account.click();
    const path = `${DEMO_ACCOUNT_ID}/ai/ai-gateway/gateways/${DEMO_LOCKED_GATEWAY}`;
    await page.keyboard.type(`https://dash.cloudflare.com/${path}`);
    // The error appears after a pause, and leaving the field removes it again.
    await expect(account).toHaveAttribute("aria-invalid", "true");
    await clickAtTop(page, ui.newGateway.getByRole("button", { name: /^Add and route/ }));
    await ui.saved();
    expect(await textOf(demo)).toContain(`"gatewayName": "${DEMO_LOCKED_GATEWAY}"`);
  });
});

test("keeps prompts out of the log for all providers, and takes it back", async ({ ui, demo }) => {
  const { page } = ui;
  const hide = /Don’t store prompts in the gateway’s log/;
  await ui.newGateway.getByLabel("Account ID").fill(DEMO_ACCOUNT_ID);
  await ui.newGateway.getByLabel("Gateway name").fill(DEMO_LOCKED_GATEWAY);
  await ui.newGateway.getByLabel("Gateway token").fill(DEMO_TOKEN);
  await ui.newGateway.getByRole("button", { name: /^Add and route/ }).click();
  await ui.saved();
  const before = await textOf(demo);
  const form = page.getByRole("form", { name: `Settings of ${DEMO_LOCKED_GATEWAY}` });
  const save = async () => {
    await page.getByRole("button", { name: `Edit ${DEMO_LOCKED_GATEWAY}` }).click();
    await form.getByRole("checkbox", { name: hide }).click();
    await form.getByRole("button", { name: "Save" }).click();
    await expect(form).toHaveCount(0);
  };
  await save();
  const routed = (await textOf(demo)).match(/"cloudflareGateway": \{/g)?.length;
  expect(routed).toBeGreaterThan(1);
  expect((await textOf(demo)).match(/"cf-aig-collect-log-payload": "false"/g)).toHaveLength(
    routed ?? 0,
  );
  await save();
  expect(await textOf(demo)).toBe(before);
});
