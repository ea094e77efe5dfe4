import { AxeBuilder } from "@axe-core/playwright";

import { DEMO_ACCOUNT_ID, DEMO_GATEWAY, DEMO_TEAM_GATEWAY } from "../demo/names";
import { textOf } from "./fixture";
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

test("offers a provider's new gateway to others on the old one, and one Undo restores all", async ({
  ui,
  demo,
}) => {
  await ui.open("Anthropic");
  await ui.fill("Anthropic", { gatewayName: DEMO_TEAM_GATEWAY });
  const offer = ui.row("Anthropic").getByRole("checkbox", {
    name: `Also change the other provider of ${DEMO_GATEWAY}`,
  });
  await offer.check();
  const { violations } = await new AxeBuilder({ page: ui.page }).setLegacyMode(true).analyze();
  expect(violations).toEqual([]);
  await ui.save("Anthropic").click();
  await ui.page.getByText(`Anthropic and one other use ${DEMO_TEAM_GATEWAY}.`).last().waitFor();
  expect(await textOf(demo)).toBe(ROUTED.replaceAll(DEMO_GATEWAY, DEMO_TEAM_GATEWAY));
  await ui.page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => textOf(demo)).toBe(ROUTED);
});

test("warns once about a gateway bypass for all affected providers, without marking rows", async ({
  ui,
}) => {
  await expect(ui.page.getByText("Anthropic and Google may take another way")).toBeVisible();
  await expect(ui.page.getByText("through OpenRouter instead")).toHaveCount(1);
  await expect(ui.page.getByText("Needs attention")).toHaveCount(0);
  await ui.open("Google");
  await expect(ui.row("Google").getByText("through OpenRouter instead")).toBeVisible();
});
