import { DEMO_FIELDS, DEMO_GATEWAY } from "../demo/names";
import { textOf } from "./fixture";
import { COMMENTED, COMMENTED_WITH_TOKEN } from "./files";
import { expect, test } from "./shared-window";

test.use({ providersText: COMMENTED });

test("writes exactly the documented block and shows the route when Anthropic is turned on", async ({
  ui,
  demo,
}) => {
  await ui.switchOnWith("Anthropic", DEMO_FIELDS);
  await expect(ui.where("Anthropic")).toContainText(`Through ${DEMO_GATEWAY}`);
  await expect(ui.switchOf("Anthropic")).toHaveAttribute("aria-checked", "true");
  await expect.poll(() => textOf(demo)).toBe(COMMENTED_WITH_TOKEN);
});

test("renames the key when turned off, then tests directly, and turns on again without typing", async ({
  ui,
  demo,
}) => {
  await ui.switchOnWith("Anthropic", DEMO_FIELDS);
  await expect(ui.where("Anthropic")).toContainText("Through");
  await ui.switchOf("Anthropic").click();
  await expect(ui.where("Anthropic")).toContainText("Direct to api.anthropic.com");
  await expect
    .poll(() => textOf(demo))
    .toBe(COMMENTED_WITH_TOKEN.replace("cloudflareGateway", "cloudflareGatewayDisabled"));

  await ui.test("Anthropic");
  await expect(ui.verdict("Anthropic")).toHaveText("Went straight to api.anthropic.com");
  expect(demo.requests).toHaveLength(1);
  const [request] = demo.requests;
  expect(request).toMatchObject({ host: "api.anthropic.com", path: "/v1/messages" });
  const names = Object.keys(request?.headers ?? {});
  expect(names.filter((name) => name.startsWith("cf-aig-"))).toEqual([]);

  await ui.switchOf("Anthropic").click();
  await expect(ui.where("Anthropic")).toContainText(`Through ${DEMO_GATEWAY}`);
  await expect.poll(() => textOf(demo)).toBe(COMMENTED_WITH_TOKEN);
});

test("removes the block on request, and undo restores it", async ({ ui, demo }) => {
  await ui.switchOnWith("Anthropic", DEMO_FIELDS);
  await expect(ui.where("Anthropic")).toContainText("Through");
  await ui.open("Anthropic");
  await ui.row("Anthropic").getByRole("button", { name: "Remove" }).click();
  await expect(ui.where("Anthropic")).toContainText("Direct to");
  await expect.poll(() => textOf(demo)).toBe(COMMENTED);
  await ui.page.getByRole("button", { name: "Undo" }).click();
  await expect(ui.where("Anthropic")).toContainText("Through");
  await expect.poll(() => textOf(demo)).toBe(COMMENTED_WITH_TOKEN);
});
