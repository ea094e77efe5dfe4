import {
  DEMO_ACCOUNT_ID,
  DEMO_BUSY_GATEWAY,
  DEMO_FIELDS,
  DEMO_GATEWAY,
  DEMO_TOKEN,
} from "../demo/names";
import { textOf } from "./fixture";
import { expect, test } from "./shared-window";
import { COMMENTED } from "./files";

// With the mirror, mux takes the route of the settings, so a test is about the gateway.
test.use({ providersText: COMMENTED, mirror: true });

const through = (gatewayName: string) => ({ ...DEMO_FIELDS, gatewayName });

test("blames the gateway and asks to check the names when the gateway name is wrong", async ({
  ui,
}) => {
  await ui.switchOnWith("Anthropic", through("no-such-gateway"));
  await expect(ui.where("Anthropic")).toContainText("Through no-such-gateway");
  const report = await ui.test("Anthropic");
  await expect(report.locator(".cfgw-verdict")).toHaveAttribute("data-tone", "bad");
  await ui.evidence("Anthropic");
  await expect(report).toContainText("2001");
  await expect(report).toContainText(/gateway/i);
  await expect(report.getByRole("button", { name: "Edit the gateway name" })).toBeVisible();
  expect(await ui.failedPart("Anthropic")).toBe("Cloudflare");
});

test("fails without the token of an authenticated gateway and works with it", async ({
  ui,
  demo,
}) => {
  const { accountId, gatewayName } = DEMO_FIELDS;
  await ui.switchOnWith("Anthropic", { accountId, gatewayName });
  await expect(ui.where("Anthropic")).toContainText("Through");
  const refused = await ui.test("Anthropic");
  await expect(refused.locator(".cfgw-verdict")).toHaveAttribute("data-tone", "bad");
  await expect(refused).toContainText("AI Gateway: Run");

  // The token belongs to the gateway, so it is entered in the gateway's card.
  const card = ui.gatewayCard(gatewayName);
  await card.getByRole("button", { name: `Edit ${gatewayName}` }).click();
  await card.getByRole("button", { name: "Enter another" }).click();
  await card.getByLabel("Gateway token").fill(DEMO_TOKEN);
  await card.getByRole("button", { name: "Save" }).click();
  await expect(card).toContainText("Token stored");
  const answered = await ui.test("Anthropic");
  await expect(answered.locator(".cfgw-verdict")).toHaveAttribute("data-tone", "good");
  expect(demo.requests.at(-1)?.headers["cf-aig-authorization"]).toBe(`Bearer ${DEMO_TOKEN}`);
});

test("blames the provider, not the gateway, when the provider rejects the key", async ({ ui }) => {
  await ui.switchOnWith("DeepSeek", DEMO_FIELDS);
  await expect(ui.where("DeepSeek")).toContainText("Through");
  const report = await ui.test("DeepSeek");
  await expect(report.locator(".cfgw-verdict")).toHaveAttribute("data-tone", "bad");
  await expect(ui.verdict("DeepSeek")).toContainText("Reached Cloudflare AI Gateway");
  await expect(report.locator(".cfgw-cause")).toContainText("DeepSeek rejected the API key");
  expect(await ui.failedPart("DeepSeek")).toBe("DeepSeek");
});

test("distinguishes the gateway's rate limit from the provider's", async ({ ui }) => {
  await ui.switchOnWith("Anthropic", through(DEMO_BUSY_GATEWAY));
  await expect(ui.where("Anthropic")).toContainText("Through");
  const report = await ui.test("Anthropic");
  await expect(report).toContainText(/gateway/i);
  await expect(report).toContainText(/rate/i);
});

const JSON_TYPE = { "content-type": "application/json" };
const EDGE = { server: "cloudflare", "cf-ray": "9aa0000000000000-AMS" };

/** Responses to a direct test that tell who sent them. */
const SENDERS = [
  {
    // The provider.
    answer: {
      status: 400,
      headers: JSON_TYPE,
      body: '{"type":"error","error":{"type":"invalid_request_error","message":"This organization has been disabled."}}',
    },
    cause: "Anthropic has disabled or restricted this account.",
    button: "Open providers.jsonc",
  },
  {
    // Cloudflare's edge in front of the provider.
    answer: {
      status: 429,
      headers: { ...EDGE, ...JSON_TYPE },
      body: '{"type":"https://developers.cloudflare.com/support/error-1015/","title":"Error 1015","status":429,"error_code":1015,"cloudflare_error":true}',
    },
    cause: "Cloudflare's edge in front of Anthropic limits the rate of requests (1015).",
    button: "Test again",
  },
  {
    // A web filter in the network.
    answer: {
      status: 403,
      headers: { server: "Zscaler/6.2", "content-type": "text/html" },
      body: "<html><title>Internet Security</title>Blocked by your organization.</html>",
    },
    cause: "A web filter in your network blocked api.anthropic.com.",
    button: "Test again",
  },
  {
    // No one recognizes this response.
    answer: { status: 418, headers: { "content-type": "text/plain" }, body: "short and stout" },
    cause: "The cause of the failure is unknown.",
    button: "Copy report",
  },
];

test("blames the provider, its edge, a web filter or no one by the response to a direct test", async ({
  ui,
  demo,
}) => {
  for (const { answer, cause, button } of SENDERS) {
    demo.providers.once({ kind: "answer", ...answer });
    const report = await ui.test("Anthropic");
    await expect(report.locator(".cfgw-cause")).toHaveText(cause);
    await expect(report.getByRole("button", { name: button }).first()).toBeVisible();
  }
});

test("claims only what the gateway's response shows, and aborts the request when stopped", async ({
  ui,
  demo,
}) => {
  await ui.switchOnWith("Anthropic", DEMO_FIELDS);
  await expect(ui.where("Anthropic")).toContainText("Through");
  demo.cloudflare.once({ kind: "strip-headers" });
  const report = await ui.test("Anthropic");
  await expect(ui.verdict("Anthropic")).toContainText("nothing in the response shows the gateway");
  await expect(report.locator(".cfgw-verdict")).toHaveAttribute("data-tone", "doubtful");

  // An error of the gateway without a code.
  const body = '{"success":false,"error":{"message":"Access denied by policy"}}';
  demo.cloudflare.once({ kind: "answer", status: 403, headers: JSON_TYPE, body });
  await ui.test("Anthropic");
  await expect(report.locator(".cfgw-cause")).toHaveText(
    "A policy of the gateway denies this request.",
  );
  await expect(ui.verdict("Anthropic")).toContainText("Reached Cloudflare AI Gateway");

  demo.cloudflare.once({ kind: "hang" });
  const arrived = demo.nextRequest();
  const abandoned = demo.nextAbandoned();
  await ui.row("Anthropic").getByRole("button", { name: "Test Anthropic" }).click();
  await arrived;
  await ui.row("Anthropic").getByRole("button", { name: "Stop the test of Anthropic" }).click();
  await expect(ui.page.getByText("The test was stopped.")).toBeAttached();
  await expect(ui.row("Anthropic").getByRole("button", { name: "Test Anthropic" })).toBeVisible();
  expect((await abandoned).abandoned).toBe(true);
});

test("shows an error at the field and writes nothing when the input is invalid", async ({
  ui,
  demo,
}) => {
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
