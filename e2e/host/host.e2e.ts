import { writeFile } from "node:fs/promises";

import { DEMO_ACCOUNT_ID, DEMO_FIELDS, DEMO_GATEWAY } from "../../demo/names";
import { COMMENTED, COMMENTED_WITH_TOKEN } from "../files";
import { textOf } from "../fixture";
import { heldTexts } from "../../checks/driving/heap";
import { expect, test } from "./host-fixture";

/** The host over oRPC writes the fields for released versions of mux, too. */
const MIRROR = '"mirror": ["baseUrl", "headers"]';

for (const [transport, expected] of [
  ["ipc", COMMENTED_WITH_TOKEN],
  ["http", COMMENTED_WITH_TOKEN],
  ["orpc", MIRROR],
] as const) {
  test.describe(`over ${transport}`, () => {
    test.use({ transport });

    test("lists providers, turns one on, shows where a test went and follows the file", async ({
      ui,
      page,
      demo,
    }) => {
      await expect(page.locator("html")).toHaveAttribute("data-react", /^18\./);
      await ui.switchOnWith("Anthropic", DEMO_FIELDS);
      await expect(ui.where("Anthropic")).toContainText(`Through ${DEMO_GATEWAY}`);
      await expect.poll(() => textOf(demo)).toContain(expected);
      await ui.test("Anthropic");
      await expect(ui.verdict("Anthropic")).toHaveText(
        `Went through Cloudflare AI Gateway ${DEMO_GATEWAY}`,
      );
      await writeFile(demo.file, COMMENTED);
      await expect(ui.where("Anthropic")).toContainText("Direct to");
    });
  });
}

test.describe("over orpc", () => {
  test.use({ transport: "orpc" });

  test("keeps typed text when the connection is lost, and follows the file after it", async ({
    ui,
    page,
    demo,
  }) => {
    await ui.open("Anthropic");
    await ui.fill("Anthropic", { accountId: DEMO_ACCOUNT_ID, gatewayName: "half-typ" });
    const connected = page.waitForEvent("websocket");
    await page.evaluate(() => window.dispatchEvent(new Event("drop-connection")));
    await connected;
    await expect(ui.field("Anthropic", "Gateway name")).toHaveValue("half-typ");
    await writeFile(demo.file, COMMENTED.replace("rotated in March", "rotated in May"));
    await ui.fill("Anthropic", DEMO_FIELDS);
    await ui.save("Anthropic").click();
    await expect(ui.where("Anthropic")).toContainText(`Through ${DEMO_GATEWAY}`);
    expect(await textOf(demo)).toContain("rotated in May");
  });
});

test("is shown next to the host's sidebar and unmounts with its page", async ({ ui, page }) => {
  const side = await page.locator(".settings-side").boundingBox();
  const section = await page.locator(".cfgw").boundingBox();
  expect(side?.width).toBe(192);
  expect(section?.x).toBeGreaterThanOrEqual(192 + 24);
  await page.getByRole("button", { name: "General" }).click();
  await expect(page.locator(".cfgw")).toHaveCount(0);
  await page.getByRole("button", { name: "Cloudflare" }).click();
  await ui.ready();
});

test("removes a typed token when it unmounts", async ({ ui, page }) => {
  test.setTimeout(120_000);
  const token = "canary-typed-token-3Rj8Wq5Nc0";
  await ui.open("Anthropic");
  await ui.fill("Anthropic", { ...DEMO_FIELDS, token });
  await page.getByRole("button", { name: "General" }).click();
  await expect(page.locator(".cfgw")).toHaveCount(0);
  // The host's own text shows that the snapshot has the page's texts.
  expect(await heldTexts(page, [token, "Workspace"])).toEqual(["Workspace"]);
});

test.describe("Escape", () => {
  test("closes the page when no text is being typed", async ({ ui, page }) => {
    await ui.switchOf("Anthropic").focus();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("heading", { name: "Workspace" })).toBeVisible();
  });

  test("discards the typed text in a field and keeps the page open", async ({ ui, page }) => {
    await ui.open("Anthropic");
    await ui.field("Anthropic", "Gateway name").fill("half-typ");
    await page.keyboard.press("Escape");
    await expect(ui.field("Anthropic", "Gateway name")).toHaveValue("");
    await page.keyboard.press("Escape");
    await expect(ui.switchOf("Anthropic")).toBeVisible();
  });

  for (const name of ["Save", "Discard", "Test", "Anthropic"]) {
    test(`discards the form's text on "${name}", then closes the page`, async ({ ui, page }) => {
      await ui.open("Anthropic");
      await ui.fill("Anthropic", { accountId: DEMO_ACCOUNT_ID, gatewayName: "half-typ" });
      const button = ui.row("Anthropic").getByRole("button", { name: new RegExp(`^${name}`) });
      await button.focus();
      await page.keyboard.press("Escape");
      await expect(ui.field("Anthropic", "Gateway name")).toHaveValue("");
      await expect(ui.field("Anthropic", "Account ID")).toBeFocused();

      await ui.switchOf("OpenAI").focus();
      await page.keyboard.press("Escape");
      await expect(page.getByRole("heading", { name: "Workspace" })).toBeVisible();
    });
  }
});
