import { stat } from "node:fs/promises";

import {
  DEMO_ACCOUNT_ID,
  DEMO_FIELDS,
  DEMO_KEYS,
  DEMO_LOCKED_GATEWAY,
  DEMO_TOKEN,
} from "../demo/names";
import { PRIVATE_FILE } from "../src/main/disk/testing/posix";
import { textOf } from "./fixture";
import { expect, test } from "./shared-window";

const BUILT_IN_ROUTABLE = [
  "Anthropic",
  "OpenAI",
  "Google",
  "xAI",
  "DeepSeek",
  "Moonshot AI",
  "OpenRouter",
];

test("lists providers in mux's order, with unroutable ones and their reasons last", async ({
  ui,
}) => {
  await expect(ui.row("Bedrock")).toHaveCount(0);
  await ui.expandLists();
  const names = await ui.names();
  expect(names.slice(0, BUILT_IN_ROUTABLE.length)).toEqual(BUILT_IN_ROUTABLE);
  expect(names).toEqual(expect.arrayContaining(["Bedrock", "Ollama", "GitHub Copilot"]));
  await expect(ui.where("Anthropic")).toContainText("Direct to api.anthropic.com");
  await expect(ui.switchOf("Anthropic")).toHaveAttribute("aria-checked", "false");
  await expect(ui.where("Bedrock")).toContainText("signed");
});

test("shows the reason instead of a switch for Ollama", async ({ ui, demo }) => {
  const before = await textOf(demo);
  await ui.expandLists();
  await expect(ui.switchOf("Ollama")).toHaveCount(0);
  await expect(ui.where("Ollama")).toContainText("Cloudflare cannot reach");
  expect(await textOf(demo)).toBe(before);
});

test("has no key in the page, its storage or any result it can get", async ({
  ui,
  panel,
  demo,
}) => {
  await ui.switchOnWith("Anthropic", {
    accountId: DEMO_ACCOUNT_ID,
    gatewayName: DEMO_LOCKED_GATEWAY,
    token: DEMO_TOKEN,
  });
  await expect(ui.where("Anthropic")).toContainText("Through locked-gateway");
  await ui.test("Anthropic");
  await ui.test("DeepSeek");
  await ui.row("DeepSeek").getByRole("button", { name: "Details" }).click();

  const seen = await panel.page.evaluate(async () => {
    const api = Reflect.get(window, "cloudflareGateway");
    const answers = [
      await api.providers(),
      await api.enable({ provider: "openai", accountId: "x", gatewayName: "y" }),
      await api.disable({ provider: "openai" }),
      await api.forget({ provider: "unknown" }),
      await api.test({ provider: "anthropic", run: "secrets-1" }),
      await api.test({ provider: "deepseek", run: "secrets-2" }),
      await api.test({ provider: "anthropic", run: "secrets-3", route: "direct" }),
      await api.undo(),
    ];
    return JSON.stringify({
      answers,
      html: document.documentElement.outerHTML,
      values: [...document.querySelectorAll("input")].map((input) => input.value),
      local: Object.entries(localStorage),
      session: Object.entries(sessionStorage),
      cookies: document.cookie,
    });
  });
  expect(seen).toContain("api.deepseek.com");
  const secrets = [...Object.values(DEMO_KEYS), DEMO_TOKEN];
  expect(secrets.filter((secret) => seen.includes(secret))).toEqual([]);
  const log = panel.log().join("\n");
  expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
  expect(await textOf(demo)).toContain(DEMO_KEYS.anthropic);
});

test("opens the report of a failed test with one click on the status, in a collapsed list too", async ({
  ui,
  panel,
}) => {
  await ui.testAll();
  const status = panel.page.getByRole("group", { name: "Status" });
  const failure = status.getByRole("button", { name: /^DeepSeek: / });
  await panel.page.getByRole("searchbox").fill("anthropic");
  await expect(ui.row("DeepSeek")).toBeHidden();
  await failure.click();
  await expect(ui.report("DeepSeek")).toBeVisible();
  await expect(ui.report("DeepSeek")).toBeInViewport();
  const isFocused = await ui
    .row("DeepSeek")
    .evaluate((row) => row.contains(document.activeElement));
  expect(isFocused).toBe(true);
});

test.describe("without a file", () => {
  test.use({ providersText: null });

  test("explains an empty configuration and creates a private file when the first provider is turned on", async ({
    ui,
    demo,
  }) => {
    await expect(ui.page.getByText("providers.jsonc does not exist yet")).toBeVisible();
    await ui.switchOnWith("Anthropic", DEMO_FIELDS);
    await expect(ui.where("Anthropic")).toContainText("Through my-gateway");
    await expect.poll(() => textOf(demo).catch(() => null)).toBe(`{
  "anthropic": {
    "cloudflareGateway": {
      "accountId": "de300000c0ffee00de300000c0ffee00",
      "gatewayName": "my-gateway",
      "token": "${DEMO_TOKEN}"
    }
  }
}
`);
    const { mode } = await stat(demo.file);
    expect(mode & 0o777).toBe(PRIVATE_FILE);
  });
});
