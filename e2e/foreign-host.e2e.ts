/** Tests that keys of a foreign host are routed only after a confirmation. */
import { DEMO_ACCOUNT_ID, DEMO_OPEN_GATEWAY } from "../demo/names";
import { textOf } from "./fixture";
import { expect, test } from "./shared-window";

const BLOCK = `"cloudflareGateway": { "accountId": "${DEMO_ACCOUNT_ID}", "gatewayName": "${DEMO_OPEN_GATEWAY}", "token": null }`;
const OPENAI = `"openai": { "apiKey": "bridge", "baseUrl": "https://coder.example.com/api/v2/aibridge/openai/v1" }`;

test.use({
  providersText: `{
  "google": { "apiKey": "own", ${BLOCK} },
  "anthropic": { "apiKey": "own" },
  "moonshotai": { "providerType": "openai-compatible", "displayName": "Ours", "baseUrl": "https://api.mistral.ai/v1" },
  ${OPENAI},
  "xai": { "apiKey": "azure", "baseUrl": "https://res.services.ai.azure.com/openai/v1" },
  "deepseek": { "apiKey": "other", "baseUrl": "https://api.other.example/api/paas/v4" }
}
`,
});

test("routes only providers with their own keys when all are routed", async ({ ui, demo }) => {
  await ui.routeAll();
  await expect(ui.where("Anthropic")).toContainText("Through");
  await expect(ui.where("Ours")).toContainText("Through");
  await expect(ui.where("OpenAI")).toHaveText("Direct to coder.example.com");
  await expect(ui.where("xAI")).toHaveText("Direct to res.services.ai.azure.com");
  await expect(ui.where("DeepSeek")).toHaveText("Direct to api.other.example");
  expect(await textOf(demo)).toContain(OPENAI);
});

test("names the key's host at the switch and saves the confirmation as the segment", async ({
  ui,
  demo,
}) => {
  await ui.switchOf("OpenAI").click();
  const row = ui.row("OpenAI");
  await expect(row).toContainText("Its key belongs to coder.example.com");
  await ui.save("OpenAI").click();
  await expect(ui.field("OpenAI", "Segment")).toHaveAttribute("aria-invalid", "true");
  await expect(row).toContainText("points to coder.example.com");
  await expect(ui.switchOf("OpenAI")).toHaveAttribute("aria-checked", "false");

  await row.getByRole("checkbox", { name: "The key is from OpenAI itself" }).check();
  await ui.save("OpenAI").click();
  await expect(ui.where("OpenAI")).toContainText(`Through ${DEMO_OPEN_GATEWAY}`);
  await expect.poll(() => textOf(demo)).toContain(`"segment": "openai"`);

  await ui.switchOf("OpenAI").click();
  await expect(ui.where("OpenAI")).toContainText("Direct to coder.example.com");
  await ui.switchOf("OpenAI").click();
  await expect(ui.where("OpenAI")).toContainText(`Through ${DEMO_OPEN_GATEWAY}`);
});
