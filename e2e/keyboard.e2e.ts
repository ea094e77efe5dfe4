/** Tests that every menu, shortcut and announcement of the page works without a mouse. */
import { DEMO_FIELDS, DEMO_GATEWAY } from "../demo/names";
import { expect, test } from "./shared-window";

// With the mirror, mux takes the route of the settings, so a test is about the gateway.
test.use({ mirror: true });

test("opens the menus with the arrow keys, and gives the focus back on Escape", async ({ ui }) => {
  const { keyboard } = ui.page;
  await ui.switchOnWith("Anthropic", DEMO_FIELDS);
  const menus = [
    { button: "More actions", first: /^Route \d+ more/ },
    { button: `More for ${DEMO_GATEWAY}`, first: "Replace token…" },
    { button: `Route of Anthropic: ${DEMO_GATEWAY}`, first: DEMO_GATEWAY },
  ];
  for (const { button, first } of menus) {
    const opener = ui.page.getByRole("button", { name: button, exact: true });
    await opener.focus();
    await keyboard.press("ArrowDown");
    const entry = ui.page
      .getByRole("menuitem", { name: first })
      .or(ui.page.getByRole("menuitemradio", { name: first }));
    await expect(entry.first()).toBeFocused();
    await keyboard.press("Escape");
    await expect(ui.page.getByRole("menu")).toHaveCount(0);
    await expect(opener).toBeFocused();
  }
});

test("replaces a token from the menu, and cancels, without a mouse", async ({ ui }) => {
  const { keyboard } = ui.page;
  await ui.switchOnWith("Anthropic", DEMO_FIELDS);
  await ui.page.getByRole("button", { name: `More for ${DEMO_GATEWAY}` }).focus();
  await keyboard.press("Enter");
  await expect(ui.page.getByRole("menuitem", { name: "Replace token…" })).toBeFocused();
  await keyboard.press("Enter");
  await expect(ui.gatewayCard(DEMO_GATEWAY).getByLabel("Gateway token")).toBeFocused();
  await ui.gatewayCard(DEMO_GATEWAY).getByRole("button", { name: "Cancel" }).press("Enter");
  await expect(ui.page.getByRole("button", { name: `Edit ${DEMO_GATEWAY}` })).toBeFocused();
});

test("moves to the filter, and opens the help, with one key each", async ({ ui }) => {
  const { keyboard } = ui.page;
  await ui.trigger("OpenAI").focus();
  await keyboard.press("/");
  await expect(ui.page.getByRole("searchbox", { name: "Filter providers" })).toBeFocused();
  await keyboard.type("my/?");
  await expect(ui.page.getByRole("searchbox")).toHaveValue("my/?");
  await keyboard.press("Escape");
  await ui.trigger("OpenAI").focus();
  await keyboard.press("?");
  await expect(ui.page.getByRole("dialog")).toContainText("Shift");
  await keyboard.press("Escape");
  await expect(ui.trigger("OpenAI")).toBeFocused();
});

test("announces a result with its cause, and names the row by its route and result", async ({
  ui,
}) => {
  const { keyboard } = ui.page;
  await ui.trigger("DeepSeek").focus();
  await keyboard.press("t");
  await expect(ui.page.locator(".cfgw-said")).toHaveText(
    "DeepSeek rejected the API key. Reached api.deepseek.com directly.",
  );
  await expect(
    ui.page.getByRole("button", {
      name: "DeepSeek. Direct to api.deepseek.com. Last test: Key rejected",
    }),
  ).toBeVisible();
  await expect(ui.report("DeepSeek").getByRole("heading").first()).toHaveText(
    "DeepSeek rejected the API key.",
  );
  await expect(ui.page.getByRole("button", { name: /^DeepSeek: key rejected/ })).toBeVisible();
});

test("leaves a question alone while it is open, whatever shortcut is pressed", async ({
  ui,
  demo,
}) => {
  const { keyboard } = ui.page;
  await ui.switchOnWith("Anthropic", DEMO_FIELDS);
  await ui.page.getByRole("button", { name: "Send all direct" }).press("Enter");
  const question = ui.page.getByRole("alertdialog");
  await expect(question.getByRole("button", { name: "Cancel" })).toBeFocused();
  demo.clearRequests();
  for (const key of ["Shift+T", "/", "?", "t", "ControlOrMeta+z"]) await keyboard.press(key);
  await expect(question.getByRole("button", { name: "Cancel" })).toBeFocused();
  await keyboard.press("Escape");
  await expect(ui.where("Anthropic")).toContainText(`Through ${DEMO_GATEWAY}`);
  expect(demo.requests).toEqual([]);
});
