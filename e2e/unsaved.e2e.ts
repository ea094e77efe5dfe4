/** What is typed and not saved: it stays in sight, and nobody loses it by closing the window. */
import { AxeBuilder } from "@axe-core/playwright";
import type { ElectronApplication } from "playwright";

import { DEMO_ACCOUNT_ID } from "../demo/names";
import { expect, test } from "./fixture";

/** As the window's own button does it. */
function closeWindow(app: ElectronApplication): Promise<void> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
}

test("closing the window over unsaved text asks, keeps it, and closes when told to", async ({
  ui,
  panel,
}) => {
  // Playwright would otherwise answer in the place of Electron.
  panel.page.on("dialog", () => undefined);
  const question = panel.page.getByRole("alertdialog", { name: "Close without saving?" });
  await ui.open("Anthropic");
  const field = ui.field("Anthropic", "Account ID");
  await field.pressSequentially(DEMO_ACCOUNT_ID);

  await closeWindow(panel.app);
  await expect(question).toContainText("What you typed for Anthropic is not in providers.jsonc");
  const { violations } = await new AxeBuilder({ page: panel.page }).setLegacyMode(true).analyze();
  expect(violations).toEqual([]);
  await panel.page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await expect(field).toHaveValue(DEMO_ACCOUNT_ID);
  await expect(field).toBeFocused();

  await closeWindow(panel.app);
  const closed = panel.page.waitForEvent("close");
  await question.getByRole("button", { name: "Close without saving" }).click();
  await closed;
  expect(panel.complaints).toEqual([]);
});

test("a folded row says that something in it is not saved, and discarding it ends that", async ({
  ui,
  panel,
}) => {
  await ui.open("Anthropic");
  await ui.field("Anthropic", "Account ID").pressSequentially("0123");
  await ui.row("Anthropic").getByRole("button", { name: "Anthropic", exact: true }).click();
  await expect(ui.row("Anthropic")).toContainText("Not saved");
  await ui.open("Anthropic");
  await expect(ui.row("Anthropic")).not.toContainText("Not saved");
  await ui.field("Anthropic", "Account ID").press("Escape");

  const closed = panel.page.waitForEvent("close");
  await closeWindow(panel.app);
  await closed;
});
