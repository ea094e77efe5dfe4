/** Tests that the window keeps a typed token in memory only as long as its form. */
import { writeFile } from "node:fs/promises";

import { DEMO_ACCOUNT_ID, DEMO_LOCKED_GATEWAY } from "../demo/names";
import { COMMENTED, COMMENTED_WITH_ANTHROPIC } from "./files";
import { textOf } from "./fixture";
import { heapHolds, heldTexts } from "../checks/driving/heap";
import type { PanelPage } from "../checks/driving/panel-page";
import { expect, test } from "./shared-window";

const TOKEN = "canary-typed-token-7Kq2Zx9Lm4";
/** Each typing has a token of its own, so that one snapshot tells which of them are left. */
const SECOND = "canary-typed-token-Wd8Nb3Rt5y";
const THIRD = "canary-typed-token-Hc6Vf1Gs0j";

test.use({ providersText: COMMENTED });
// A snapshot takes seconds, or longer on a busy machine.
test.describe.configure({ timeout: 120_000 });

async function type(ui: PanelPage, token: string): Promise<void> {
  await ui.open("Anthropic");
  await ui.fill("Anthropic", {
    accountId: DEMO_ACCOUNT_ID,
    gatewayName: DEMO_LOCKED_GATEWAY,
    token,
  });
}

test("keeps a saved token in the file and not in the window's memory", async ({ ui, demo }) => {
  await type(ui, TOKEN);
  expect(await heapHolds(ui.page, TOKEN)).toBe(true);
  // While it is typed, it is not in the page's HTML either.
  expect(await ui.page.content()).not.toContain(TOKEN);
  await ui.save("Anthropic").click();
  await ui.saved();
  expect(await textOf(demo)).toContain(TOKEN);
  expect(await heapHolds(ui.page, TOKEN)).toBe(false);
});

test("removes a token from memory when it is discarded or its row is collapsed", async ({
  ui,
  demo,
}) => {
  await type(ui, TOKEN);
  await ui.row("Anthropic").getByRole("button", { name: "Discard" }).click();
  await expect(ui.row("Anthropic").getByLabel("Gateway token")).toHaveValue("");

  await type(ui, SECOND);
  await ui.trigger("Anthropic").click();
  await expect(ui.row("Anthropic").getByLabel("Gateway token")).toHaveCount(0);
  expect(await heldTexts(ui.page, [TOKEN, SECOND])).toEqual([]);
  // Other fields keep their text, and the row says that the token was cleared.
  await ui.open("Anthropic");
  await expect(ui.field("Anthropic", "Gateway name")).toHaveValue(DEMO_LOCKED_GATEWAY);
  await expect(ui.row("Anthropic").getByLabel("Gateway token")).toHaveValue("");
  await expect(ui.row("Anthropic")).toContainText("the token was cleared when you closed the row");
  expect(await textOf(demo)).toBe(COMMENTED);
});

test("keeps the token during a conflict and forgets it with each answer", async ({ ui, demo }) => {
  const answer = async (token: string, name: string): Promise<void> => {
    await writeFile(demo.file, COMMENTED);
    await expect(ui.where("Anthropic")).toContainText("Direct");
    await type(ui, token);
    await writeFile(demo.file, COMMENTED_WITH_ANTHROPIC);
    await expect(ui.where("Anthropic")).toContainText("Through");
    await ui.save("Anthropic").click();
    await expect(ui.row("Anthropic").getByRole("alert")).toBeVisible();
    await ui.row("Anthropic").getByRole("button", { name }).click();
    await expect(ui.row("Anthropic").getByRole("alert")).toHaveCount(0);
  };
  for (const [token, name] of [
    [SECOND, "Keep the file’s"],
    [THIRD, "Discard"],
  ] as const) {
    await answer(token, name);
    expect(await textOf(demo)).toBe(COMMENTED_WITH_ANTHROPIC);
  }
  await answer(TOKEN, "Keep mine");
  await expect(ui.where("Anthropic")).toContainText(`Through ${DEMO_LOCKED_GATEWAY}`);
  await expect.poll(() => textOf(demo)).toContain(TOKEN);
  expect(await heldTexts(ui.page, [TOKEN, SECOND, THIRD])).toEqual([]);
});

test("removes the token of a new gateway from memory when its form is saved or cancelled", async ({
  ui,
  demo,
}) => {
  const enter = async (token: string) => {
    await ui.newGateway.getByLabel("Account ID").fill(DEMO_ACCOUNT_ID);
    await ui.newGateway.getByLabel("Gateway name").fill(DEMO_LOCKED_GATEWAY);
    await ui.newGateway.getByLabel("Gateway token").fill(token);
  };
  await enter(SECOND);
  await ui.newGateway.getByRole("button", { name: "Cancel" }).click();
  await expect(ui.newGateway.getByLabel("Gateway token")).toHaveValue("");

  await enter(TOKEN);
  await ui.newGateway.getByRole("button", { name: /^Add and route/ }).click();
  await ui.saved();
  expect(await textOf(demo)).toContain(TOKEN);

  const card = ui.gatewayCard(DEMO_LOCKED_GATEWAY);
  await card.getByRole("button", { name: `Edit ${DEMO_LOCKED_GATEWAY}` }).click();
  await card.getByRole("button", { name: "Replace" }).click();
  await card.getByLabel("Gateway token").fill(THIRD);
  await card.getByRole("button", { name: "Cancel" }).click();
  expect(await heldTexts(ui.page, [TOKEN, SECOND, THIRD])).toEqual([]);
});
