import { violationsOn } from "./accessibility";
import { expect, test } from "./shared-window";

test("lists the shortcuts on “?” and restores the focus on Escape, except in a field", async ({
  ui,
  panel,
}) => {
  const toggle = ui.switchOf("Anthropic");
  const dialog = panel.page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await toggle.focus();
  await panel.page.keyboard.press("?");
  await expect(dialog).toBeVisible();
  expect(await violationsOn(panel.page, { part: "[role=dialog]" })).toEqual([]);
  await panel.page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(toggle).toBeFocused();

  await ui.open("Anthropic");
  await ui.field("Anthropic", "Gateway name").press("?");
  await expect(ui.field("Anthropic", "Gateway name")).toHaveValue(/\?$/);
  await expect(dialog).toBeHidden();

  await ui.choose("Keyboard shortcuts");
  await expect(dialog).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
  expect(panel.complaints).toEqual([]);
});

test("opens the guide offline, links to its sections and restores the focus", async ({
  panel,
  ui,
}) => {
  const { page } = panel;
  const button = page.getByRole("button", { name: "More actions" });
  const guide = page.getByRole("dialog", { name: "Guide to Cloudflare AI Gateway" });
  await ui.choose("Guide");
  await expect(guide.getByRole("heading", { name: "Set up a gateway" })).toBeVisible();
  expect(await violationsOn(page, { part: "[role=dialog]" })).toEqual([]);

  const section = guide.getByRole("heading", { name: "When a test fails" });
  await expect(section).not.toBeInViewport();
  await guide.getByRole("button", { name: "When a test fails" }).press("Enter");
  await expect(section).toBeFocused();
  await expect(section).toBeInViewport();
  await expect(guide.getByRole("button", { name: "Close" })).toBeInViewport();
  for (const link of await guide.getByRole("link").all()) {
    await expect(link).toHaveAttribute("href", /^https:\/\/dash\.cloudflare\.com\//);
  }

  await page.keyboard.press("Escape");
  await expect(guide).toBeHidden();
  await expect(button).toBeFocused();
  expect(panel.complaints).toEqual([]);
});
