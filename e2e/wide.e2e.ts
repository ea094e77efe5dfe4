/** Tests the wide page, which shows the open row beside the list, and the keyboard in rows. */

import { DEMO_FIELDS, DEMO_GATEWAY, DEMO_TEAM_GATEWAY } from "../demo/names";
import { violationsOn } from "./accessibility";
import { expect, test } from "./shared-window";

const WIDE = { width: 1280, height: 800 };
const USUAL = { width: 1000, height: 780 };

test.afterEach(async ({ ui }) => {
  await ui.page.setViewportSize(USUAL);
});

test("shows one open row beside the list, and keeps its typed text", async ({ ui }) => {
  await ui.page.setViewportSize(WIDE);
  const pane = ui.page.getByRole("complementary", { name: "Open provider" });
  await expect(pane.getByText("Select a provider")).toBeVisible();
  const y = async (name: string) => (await ui.row(name).boundingBox())?.y ?? 0;
  const distance = async () => (await y("xAI")) - (await y("Anthropic"));
  const before = await distance();
  await ui.open("Anthropic");
  await expect(pane.getByRole("group", { name: "Details of Anthropic" })).toBeVisible();
  expect(await distance()).toBe(before);
  await ui.field("Anthropic", "Account ID").fill("0123");
  await ui.field("Anthropic", "Gateway token").fill("typed-token");

  await ui.test("OpenAI");
  await expect(ui.details("Anthropic")).toHaveCount(0);
  await expect(ui.row("Anthropic")).toContainText("Not saved");
  await expect(ui.verdict("OpenAI")).toBeVisible();

  await ui.open("Anthropic");
  await expect(ui.field("Anthropic", "Account ID")).toHaveValue("0123");
  await expect(ui.field("Anthropic", "Gateway token")).toHaveValue("typed-token");
  await ui.page.getByRole("button", { name: "Close Anthropic" }).click();
  await ui.open("Anthropic");
  await expect(ui.field("Anthropic", "Gateway token")).toHaveValue("");
  await expect(ui.details("Anthropic")).toContainText("the token was cleared");
  await ui.field("Anthropic", "Account ID").press("Escape");
  await expect(ui.field("Anthropic", "Account ID")).toHaveValue("");
});

test("moves an open row and its typed text with the width of the window", async ({ ui }) => {
  for (const name of ["Anthropic", "OpenAI"]) await ui.open(name);
  await ui.field("OpenAI", "Account ID").fill("0123");
  await ui.page.setViewportSize(WIDE);
  await expect(ui.details("Anthropic")).toHaveCount(0);
  await expect(ui.row("OpenAI").getByLabel("Account ID")).toHaveCount(0);
  await expect(ui.field("OpenAI", "Account ID")).toHaveValue("0123");
  await expect(ui.field("OpenAI", "Account ID")).toBeFocused();
  await ui.page.keyboard.type("45");
  await ui.page.setViewportSize(USUAL);
  await expect(ui.row("OpenAI").getByLabel("Account ID")).toHaveValue("012345");
  await ui.page.keyboard.type("6");
  await expect(ui.row("OpenAI").getByLabel("Account ID")).toHaveValue("0123456");
});

test("moves the focus into the open row beside the list and back by keyboard", async ({ ui }) => {
  await ui.page.setViewportSize(WIDE);
  await ui.trigger("Anthropic").focus();
  await ui.page.keyboard.press("Enter");
  await expect(ui.field("Anthropic", "Account ID")).toBeFocused();
  await ui.page.getByRole("button", { name: "Close Anthropic" }).press("Enter");
  await expect(ui.details("Anthropic")).toHaveCount(0);
  await expect(ui.trigger("Anthropic")).toBeFocused();
});

test("changes a route, shows both tabs and runs a test by keyboard", async ({ ui, demo }) => {
  const { keyboard } = ui.page;
  await ui.switchOnWith("Anthropic", DEMO_FIELDS);
  await ui.open("OpenAI");
  await ui.fill("OpenAI", { gatewayName: DEMO_TEAM_GATEWAY });
  await ui.save("OpenAI").click();
  await expect(ui.where("OpenAI")).toContainText(`Through ${DEMO_TEAM_GATEWAY}`);
  await ui.chip("Anthropic").focus();
  await keyboard.press("ArrowDown");
  await expect(ui.page.getByRole("menuitemradio", { name: DEMO_GATEWAY })).toBeFocused();
  await keyboard.press("ArrowDown");
  await expect(ui.page.getByRole("menuitemradio", { name: DEMO_TEAM_GATEWAY })).toBeFocused();
  await keyboard.press("Enter");
  await expect(ui.where("Anthropic")).toContainText(`Through ${DEMO_TEAM_GATEWAY}`);
  await expect(ui.chip("Anthropic")).toBeFocused();
  await expect(ui.chip("Anthropic")).toHaveText(DEMO_TEAM_GATEWAY);

  demo.clearRequests();
  await keyboard.press("t");
  await expect(ui.badge("Anthropic")).toHaveText(/Passed/);
  expect(demo.requests).toHaveLength(1);
  await ui.details("Anthropic").getByRole("tab", { name: "Last test" }).focus();
  await keyboard.press("ArrowRight");
  await expect(ui.details("Anthropic").getByRole("tab", { name: "Settings" })).toBeFocused();
  await expect(ui.details("Anthropic").getByLabel("Model to test")).toBeVisible();
});

test("has no accessibility violations when it is wide", async ({ ui }) => {
  await ui.page.setViewportSize(WIDE);
  await ui.switchOnWith("Anthropic", DEMO_FIELDS);
  await ui.test("Anthropic");
  await ui.chip("Anthropic").click();
  await ui.page.getByRole("menu").waitFor();
  await ui.page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  expect(await violationsOn(ui.page)).toEqual([]);
  await ui.page.emulateMedia({ colorScheme: "light" });
  expect(await violationsOn(ui.page, { rules: ["color-contrast"] })).toEqual([]);
});
