import { AxeBuilder } from "@axe-core/playwright";

import { expect, test } from "./fixture";

test("“?” lists the keys and Escape goes back to where one was; in a field it is typed", async ({
  ui,
  panel,
}) => {
  const toggle = ui.switchOf("Anthropic");
  const dialog = panel.page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await toggle.focus();
  await panel.page.keyboard.press("?");
  await expect(dialog).toBeVisible();
  const { violations } = await new AxeBuilder({ page: panel.page }).setLegacyMode(true).analyze();
  expect(violations).toEqual([]);
  await panel.page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(toggle).toBeFocused();

  await ui.open("Anthropic");
  await ui.field("Anthropic", "Gateway name").press("?");
  await expect(ui.field("Anthropic", "Gateway name")).toHaveValue(/\?$/);
  await expect(dialog).toBeHidden();

  await panel.page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await expect(dialog).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
  expect(panel.complaints).toEqual([]);
});
