/** Tests that unsaved text stays visible and is not lost when the window is closed. */
import type { ElectronApplication } from "playwright";

import { DEMO_ACCOUNT_ID } from "../demo/names";
import { violationsOn } from "./accessibility";
import { expect, test } from "./fixture";

/** Closes the window like its close button. */
function closeWindow(app: ElectronApplication): Promise<void> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
}

test("asks before closing with unsaved text, keeps it, and closes on confirmation", async ({
  ui,
  panel,
}) => {
  // Otherwise Playwright would handle the dialog instead of Electron.
  panel.page.on("dialog", () => undefined);
  const question = panel.page.getByRole("alertdialog", { name: "Close without saving?" });
  await ui.open("Anthropic");
  const field = ui.field("Anthropic", "Account ID");
  await field.pressSequentially(DEMO_ACCOUNT_ID);

  await closeWindow(panel.app);
  await expect(question).toContainText("Your edits for Anthropic are not saved");
  expect(await violationsOn(panel.page)).toEqual([]);
  await panel.page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await expect(field).toHaveValue(DEMO_ACCOUNT_ID);
  await expect(field).toBeFocused();

  await closeWindow(panel.app);
  const closed = panel.page.waitForEvent("close");
  // The window may be gone before the click is acknowledged.
  await Promise.allSettled([
    question.getByRole("button", { name: "Close without saving" }).click(),
  ]);
  await closed;
  expect(panel.complaints).toEqual([]);
});

test("marks a collapsed row with unsaved text until it is discarded", async ({ ui, panel }) => {
  await ui.open("Anthropic");
  await ui.field("Anthropic", "Account ID").pressSequentially("0123");
  await ui.trigger("Anthropic").click();
  await expect(ui.row("Anthropic")).toContainText("Not saved");
  await ui.open("Anthropic");
  await expect(ui.row("Anthropic")).not.toContainText("Not saved");
  await ui.field("Anthropic", "Account ID").press("Escape");
  await expect(ui.row("Anthropic").getByRole("button", { name: "Discard" })).toHaveCount(0);

  const closed = panel.page.waitForEvent("close");
  await closeWindow(panel.app);
  await closed;
});
