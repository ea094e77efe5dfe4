import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { DEMO_ACCOUNT_ID, DEMO_GATEWAY, DEMO_TEAM_GATEWAY, DEMO_TOKEN } from "../demo/names";
import { textOf } from "./fixture";
import { violationsOn } from "./accessibility";
import { expect, test } from "./shared-window";

const ROUTED = `{
  // all of them through one gateway
  "anthropic": {
    "apiKey": "demo-a",
    "cloudflareGateway": { "accountId": "${DEMO_ACCOUNT_ID}", "gatewayName": "${DEMO_GATEWAY}" }
  },
  "google": {
    "apiKey": "demo-g",
    "cloudflareGateway": { "accountId": "${DEMO_ACCOUNT_ID}", "gatewayName": "${DEMO_GATEWAY}" } // too
  },
  "openrouter": { "apiKey": "demo-o" }
}
`;

test.use({ providersText: ROUTED });

test("renames a gateway for all its providers in one form, and one Undo restores all", async ({
  ui,
  demo,
}) => {
  await ui.page.getByRole("button", { name: `Edit ${DEMO_GATEWAY}` }).click();
  const form = ui.page.getByRole("form", { name: `Settings of ${DEMO_GATEWAY}` });
  await expect(form.getByLabel("Gateway name")).toBeFocused();
  await form.getByLabel("Gateway name").fill(DEMO_TEAM_GATEWAY);
  expect(await violationsOn(ui.page)).toEqual([]);
  await form.getByRole("button", { name: "Save" }).click();
  await ui.page.getByText(`Saved. 2 providers now use ${DEMO_TEAM_GATEWAY}.`).last().waitFor();
  expect(await textOf(demo)).toBe(ROUTED.replaceAll(DEMO_GATEWAY, DEMO_TEAM_GATEWAY));
  await ui.page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => textOf(demo)).toBe(ROUTED);
});

test("says at once that a gateway was renamed elsewhere while its form is open", async ({
  ui,
  demo,
}) => {
  const { page } = ui;
  await page.getByRole("button", { name: `Edit ${DEMO_GATEWAY}` }).click();
  const card = ui.gatewayCard(DEMO_GATEWAY);
  await card.getByLabel("Gateway name").fill("typed-name");
  const text = await textOf(demo);
  await writeFile(demo.file, text.replaceAll(`"${DEMO_GATEWAY}"`, `"renamed-elsewhere"`));
  await expect(ui.gatewayCard("renamed-elsewhere")).toContainText("used by");
  await expect(card).toContainText("no longer in the file");
  await expect(card.getByRole("alert")).toContainText(`No provider uses ${DEMO_GATEWAY} any more`);
  await expect(card.getByLabel("Gateway name")).toHaveValue("typed-name");
  await expect(card.getByRole("button", { name: "Save" })).toBeDisabled();

  await writeFile(demo.file, text);
  await expect(card.getByRole("alert")).toHaveCount(0);
  await card.getByRole("button", { name: "Save" }).click();
  await expect(ui.gatewayCard("typed-name")).toContainText("used by");
});

test("gives a new token to all providers of a gateway, and never shows it", async ({
  ui,
  demo,
}) => {
  await ui.page.getByRole("button", { name: "Add token" }).click();
  const card = ui.gatewayCard(DEMO_GATEWAY);
  await expect(card.getByLabel("Gateway token")).toBeFocused();
  await ui.page.keyboard.type(DEMO_TOKEN);
  await ui.page.keyboard.press("Enter");
  await expect(card).toContainText("Token stored");
  expect((await textOf(demo)).split(`"token": "${DEMO_TOKEN}"`)).toHaveLength(3);
  expect(await ui.page.content()).not.toContain(DEMO_TOKEN);
  await expect(ui.page.getByRole("button", { name: `Edit ${DEMO_GATEWAY}` })).toBeFocused();
});

test.describe("different tokens", () => {
  test.use({
    providersText: ROUTED.replace(/"gatewayName": "[^"]*" }\n/, (all) =>
      all.replace(" }", ', "token": "demo-one" }'),
    ).replace(/"gatewayName": "[^"]*" } \/\//, (all) =>
      all.replace(" }", ', "token": "demo-two" }'),
    ),
  });

  test("become one when the user chooses whose token to keep", async ({ ui, demo }) => {
    const card = ui.gatewayCard(DEMO_GATEWAY);
    await expect(card).toContainText("Different tokens");
    await card.getByLabel("Keep the token of").selectOption({ label: "Google" });
    await card.getByRole("button", { name: "Use for all 2" }).click();
    await expect(card).toContainText("Token stored");
    expect((await textOf(demo)).split('"token": "demo-two"')).toHaveLength(3);
  });
});

test("keeps an unassigned new gateway as a draft, and writes nothing", async ({ ui, demo }) => {
  await ui.page.getByRole("button", { name: "Add gateway", exact: true }).click();
  await ui.newGateway.getByLabel("Account ID").fill(DEMO_ACCOUNT_ID);
  await ui.newGateway.getByLabel("Gateway name").fill(DEMO_TEAM_GATEWAY);
  await ui.newGateway.getByLabel("Gateway token").fill(DEMO_TOKEN);
  await ui.newGateway.getByRole("button", { name: "Choose providers" }).click();
  // This window does not write what OpenRouter's token needs, so no provider is chosen.
  await expect(ui.newGateway.getByRole("checkbox", { name: "OpenRouter" })).toHaveCount(0);
  await ui.newGateway.getByRole("button", { name: "Add gateway" }).click();
  await expect(ui.page.getByText("Not saved yet, because no provider uses it")).toBeVisible();
  expect(await textOf(demo)).toBe(ROUTED);
  await ui.page.getByRole("button", { name: "Choose providers" }).click();
  await expect(ui.newGateway.getByLabel("Gateway name")).toHaveValue(DEMO_TEAM_GATEWAY);
});

test("warns once about a gateway bypass for all affected providers, without marking rows", async ({
  ui,
  demo,
}) => {
  const config = join(demo.home, "config.json");
  const before = await readFile(config, "utf8");
  await writeFile(config, `{ "routePriority": ["openrouter", "direct"] }`);
  await ui.page.reload();
  const notice = ui.page.locator(".cfgw-notices").getByText("Anthropic and Google:");
  await expect(notice).toBeVisible();
  await expect(ui.page.getByText("through OpenRouter instead")).toHaveCount(1);
  await expect(ui.page.getByText("Needs attention")).toHaveCount(0);
  await ui.open("Google");
  await expect(ui.row("Google").getByText("through OpenRouter instead")).toBeVisible();
  await writeFile(config, before);
});
