import {
  DEMO_ACCOUNT_ID,
  DEMO_BUSY_GATEWAY,
  DEMO_GATEWAY,
  DEMO_LOCKED_GATEWAY,
  DEMO_TOKEN,
} from "../demo/names";
import { textOf } from "./fixture";
import { expect, test } from "./shared-window";
import { COMMENTED } from "./files";

test.use({ providersText: COMMENTED });

const through = (gatewayName: string, token?: string) => ({
  accountId: DEMO_ACCOUNT_ID,
  gatewayName,
  ...(token === undefined ? {} : { token }),
});

test("a wrong gateway name: the gateway says no, and the names are to be checked", async ({
  ui,
}) => {
  await ui.switchOnWith("Anthropic", through("no-such-gateway"));
  await expect(ui.where("Anthropic")).toContainText("Through no-such-gateway");
  const report = await ui.test("Anthropic");
  await expect(report.locator(".cfgw-verdict")).toHaveAttribute("data-tone", "bad");
  await expect(report).toContainText("2001");
  await expect(report).toContainText(/gateway/i);
  await expect(report).toContainText("What to do");
});

test("an authenticated gateway refuses without its token and answers with it", async ({
  ui,
  demo,
}) => {
  await ui.switchOnWith("Anthropic", through(DEMO_LOCKED_GATEWAY));
  await expect(ui.where("Anthropic")).toContainText("Through");
  const refused = await ui.test("Anthropic");
  await expect(refused.locator(".cfgw-verdict")).toHaveAttribute("data-tone", "bad");
  await expect(refused).toContainText("AI Gateway: Run");

  await ui.open("Anthropic");
  await ui.fill("Anthropic", { token: DEMO_TOKEN });
  await ui.save("Anthropic").click();
  await expect(ui.row("Anthropic").getByText("Stored")).toBeVisible();
  const answered = await ui.test("Anthropic");
  await expect(answered.locator(".cfgw-verdict")).toHaveAttribute("data-tone", "good");
  expect(demo.requests.at(-1)?.headers["cf-aig-authorization"]).toBe(`Bearer ${DEMO_TOKEN}`);
});

test("a key that the provider refuses: the provider says no, not the gateway that let it through", async ({
  ui,
}) => {
  await ui.switchOnWith("DeepSeek", through(DEMO_GATEWAY));
  await expect(ui.where("DeepSeek")).toContainText("Through");
  const report = await ui.test("DeepSeek");
  await expect(report.locator(".cfgw-verdict")).toHaveAttribute("data-tone", "bad");
  await expect(ui.verdict("DeepSeek")).toContainText("Reached Cloudflare AI Gateway");
  await expect(report.locator(".cfgw-diagnosis")).toContainText("DeepSeek");
  await expect(report.locator(".cfgw-diagnosis")).toContainText(/key/i);
});

test("a gateway that limits requests is told apart from a provider that does", async ({ ui }) => {
  await ui.switchOnWith("Anthropic", through(DEMO_BUSY_GATEWAY));
  await expect(ui.where("Anthropic")).toContainText("Through");
  const report = await ui.test("Anthropic");
  await expect(report.locator(".cfgw-diagnosis")).toContainText(/gateway/i);
  await expect(report.locator(".cfgw-diagnosis")).toContainText(/rate/i);
});

test("without a network nothing is claimed, and the network is named", async ({ ui, demo }) => {
  await ui.switchOnWith("Anthropic", through(DEMO_GATEWAY));
  await expect(ui.where("Anthropic")).toContainText("Through");
  await demo.network.down();
  const report = await ui.test("Anthropic");
  await expect(ui.verdict("Anthropic")).toContainText(/^No answer|^The request never left/);
  await expect(report.locator(".cfgw-verdict")).toHaveAttribute("data-tone", "bad");
  await expect(report.locator(".cfgw-diagnosis")).toContainText(/proxy|network|connection/i);
});

test("a test can be stopped while it waits, and the request is given up", async ({ ui, demo }) => {
  await ui.switchOnWith("Anthropic", through(DEMO_GATEWAY));
  await expect(ui.where("Anthropic")).toContainText("Through");
  demo.cloudflare.once({ kind: "hang" });
  const arrived = demo.nextRequest();
  const abandoned = demo.nextAbandoned();
  await ui.row("Anthropic").getByRole("button", { name: "Test Anthropic" }).click();
  await arrived;
  await ui.row("Anthropic").getByRole("button", { name: "Stop the test of Anthropic" }).click();
  await expect(ui.report("Anthropic")).toContainText("The test was stopped.");
  expect((await abandoned).abandoned).toBe(true);
});

test("an answer without a trace of the gateway is not called the gateway's", async ({
  ui,
  demo,
}) => {
  await ui.switchOnWith("Anthropic", through(DEMO_GATEWAY));
  await expect(ui.where("Anthropic")).toContainText("Through");
  demo.cloudflare.once({ kind: "strip-headers" });
  const report = await ui.test("Anthropic");
  await expect(ui.verdict("Anthropic")).toContainText("nothing in the answer shows the gateway");
  await expect(report.locator(".cfgw-verdict")).toHaveAttribute("data-tone", "doubtful");
});

test("bad input is refused where it was typed, and nothing is written", async ({ ui, demo }) => {
  await ui.switchOf("Anthropic").click();
  for (const [fields, sentence] of [
    [{ accountId: "abc", gatewayName: DEMO_GATEWAY }, "3 characters instead of 32"],
    [{ accountId: DEMO_ACCOUNT_ID, gatewayName: "a/b" }, "A gateway name cannot contain “/”"],
    [{ accountId: DEMO_ACCOUNT_ID, gatewayName: "" }, "The gateway name is missing"],
    [{ accountId: "../../../etc", gatewayName: DEMO_GATEWAY }, "not an account ID"],
  ] as const) {
    await ui.fill("Anthropic", fields);
    await ui.save("Anthropic").click();
    await expect(ui.row("Anthropic").getByText(sentence)).toBeVisible();
  }
  await expect(ui.switchOf("Anthropic")).toHaveAttribute("aria-checked", "false");
  expect(await textOf(demo)).toBe(COMMENTED);
});
