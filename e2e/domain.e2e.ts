/** Tests a custom domain whose server imitates a gateway: it gets nothing before it is confirmed. */

import { DEMO_ACCOUNT_ID, DEMO_TOKEN } from "../demo/names";
import {
  openInterceptingProxy,
  type InterceptingProxy,
} from "../src/main/proof/testing/intercepting-proxy";
import { textOf } from "./fixture";
import { violationsOn } from "./accessibility";
import { expect, test as base } from "./shared-window";

const HOST = "ai.example.com";
const NAME = "my-gateway";
const KEY = "sk-canary-1111";
const FORGED = { "cf-aig-log-id": "01FORGED", "cf-aig-step": "0", "cf-aig-cache-status": "MISS" };
const BLOCK = { accountId: DEMO_ACCOUNT_ID, gatewayName: NAME, host: HOST, token: DEMO_TOKEN };

let opened: InterceptingProxy;

/** A server on loopback that receives every request, and sends the gateway's headers as that host. */
const test = base.extend<{ readonly forger: InterceptingProxy }>({
  forger: async ({}, use) => {
    opened.reset();
    opened.respondWith(({ host }) => (host === HOST ? { headers: FORGED } : {}));
    await use(opened);
  },
  extraEnv: async ({ forger }, use) => {
    const { HTTPS_PROXY = "", NODE_EXTRA_CA_CERTS = "" } = forger.env;
    await use({ HTTPS_PROXY, https_proxy: HTTPS_PROXY, NODE_EXTRA_CA_CERTS });
  },
});

// In one worker and window, which has the server's address in its environment.
test.describe.configure({ mode: "default" });
test.beforeAll(async () => {
  opened = await openInterceptingProxy();
});
test.afterAll(() => opened.close());

function atDomain(forger: InterceptingProxy) {
  return forger.requests().filter(({ host }) => host.startsWith(HOST));
}

test.use({
  mirror: true,
  providersText: `{ "openai": { "apiKey": "${KEY}" }, "anthropic": { "apiKey": "${KEY}" } }\n`,
});

test("sends nothing to a custom domain before it is confirmed, and never proves it", async ({
  ui,
  demo,
  forger,
}) => {
  const { page } = ui;
  const form = ui.newGateway;
  await expect(form.getByLabel("Custom domain")).toHaveCount(0);
  await form.getByRole("button", { name: "Use a custom domain" }).click();
  await expect(form.getByLabel("Custom domain")).toBeFocused();
  await form.getByLabel("Custom domain").fill(HOST);
  await form.getByLabel("Account ID").fill(DEMO_ACCOUNT_ID);
  await form.getByLabel("Gateway name").fill(NAME);
  await form.getByLabel("Gateway token").fill(DEMO_TOKEN);
  await form.getByRole("button", { name: "Add and route 2 providers" }).click();
  await ui.saved();
  const card = ui.gatewayCard(NAME);
  await expect(card).toContainText(`${HOST} (not confirmed)`);
  expect(await textOf(demo)).toContain(`"host": "${HOST}"`);
  expect(await textOf(demo)).not.toContain("cf-aig-authorization");

  // Without the mirror, mux calls OpenAI itself.
  const report = await ui.test("OpenAI");
  await expect(ui.verdict("OpenAI")).toHaveText("Went straight to api.openai.com");
  await report.getByRole("button", { name: "Test the settings’ route" }).click();
  await expect(report).toContainText("Confirm the domain first");
  await ui.testAll();
  expect(atDomain(forger)).toEqual([]);
  expect(JSON.stringify(forger.requests())).not.toContain(DEMO_TOKEN);

  await card.getByRole("button", { name: "Confirm domain…" }).click();
  const question = page.getByRole("alertdialog");
  await expect(question).toContainText(
    `The gateway token, your API keys and your prompts will be sent to ${HOST}.`,
  );
  expect(await violationsOn(page)).toEqual([]);
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(card).toContainText("not confirmed");
  await card.getByRole("button", { name: "Confirm domain…" }).click();
  await question.getByRole("button", { name: "Confirm domain" }).click();
  await expect(card).not.toContainText("not confirmed");
  await expect.poll(() => textOf(demo)).toContain(`"baseUrl": "https://${HOST}/openai"`);

  await ui.test("OpenAI");
  expect(atDomain(forger).map(({ headers }) => headers["cf-aig-authorization"])).toEqual([
    `Bearer ${DEMO_TOKEN}`,
  ]);
  await expect(report.locator(".cfgw-picture")).toContainText(HOST);
  await expect(ui.verdict("OpenAI")).toHaveText(
    `Answered from ${HOST}, but Cloudflare has not confirmed that this is your gateway`,
  );
  await expect(await ui.evidence("OpenAI")).toContainText(
    `The owner of ${HOST} can send every cf-aig-* header`,
  );
  expect(await violationsOn(page, { part: ".cfgw-test" })).toEqual([]);

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(card).toContainText("not confirmed");
  await expect.poll(() => textOf(demo)).not.toContain("cf-aig-authorization");
});

test("proposes a pasted domain, and enters it only after a click", async ({ ui, forger }) => {
  const form = ui.newGateway;
  const account = form.getByLabel("Account ID");
  await account.focus();
  await account.evaluate((field, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    field.dispatchEvent(event);
  }, `https://${HOST}/openai`);
  await expect(form).toContainText(`Is ${HOST} the custom domain of your gateway?`);
  await expect(account).toHaveValue("");
  await form.getByRole("button", { name: "Do not use it" }).click();
  await expect(form.getByLabel("Custom domain")).toHaveCount(0);
  await account.fill(`https://${HOST}/openai`);
  await form.getByLabel("Gateway name").focus();
  await form.getByRole("button", { name: `Use ${HOST}` }).click();
  await expect(account).toHaveValue("");
  await expect(form.getByLabel("Custom domain")).toHaveValue(HOST);
  await form.getByLabel("Custom domain").fill("");
  await account.evaluate((field, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    field.dispatchEvent(event);
  }, `curl https://${HOST}/openai/responses -H 'cf-aig-authorization: Bearer ${DEMO_TOKEN}'`);
  await form.getByRole("button", { name: `Use ${HOST}` }).click();
  await expect(form.getByLabel("Custom domain")).toHaveValue(HOST);
  await expect(form.getByLabel("Gateway token")).toHaveValue(DEMO_TOKEN);
  expect(forger.requests()).toEqual([]);
});

test.describe("with a base URL set by hand", () => {
  test.use({
    providersText: JSON.stringify({
      openai: { apiKey: KEY, models: ["gpt-5-mini"], baseUrl: `https://${HOST}/openai` },
    }),
  });

  test("does not prove its route, and turns it into gateway settings", async ({ ui, demo }) => {
    await ui.test("OpenAI");
    await expect(ui.verdict("OpenAI")).toContainText("Cloudflare has not confirmed");
    await ui.open("OpenAI");
    const details = ui.details("OpenAI");
    await details.getByRole("button", { name: "This is the custom domain of my gateway" }).click();
    await expect(details.getByLabel("Custom domain")).toHaveValue(HOST);
    await expect(details.getByLabel("Segment")).toHaveValue("openai");
    await details.getByLabel("Account ID").fill(DEMO_ACCOUNT_ID);
    await details.getByLabel("Gateway name").fill(NAME);
    await details.getByLabel("Gateway token").fill(DEMO_TOKEN);
    await ui.save("OpenAI").click();
    await ui.saved();
    await expect(ui.gatewayCard(NAME)).toContainText(`${HOST} (not confirmed)`);
    expect(await textOf(demo)).not.toContain("cf-aig-authorization");
  });
});

test.describe("with a stranger's file", () => {
  test.use({
    providersText: JSON.stringify({
      openai: {
        apiKey: KEY,
        baseUrl: `https://${HOST}/openai`,
        headers: { "cf-aig-authorization": `Bearer ${DEMO_TOKEN}` },
        cloudflareGateway: { ...BLOCK, mirror: ["baseUrl", "headers"] },
      },
    }),
  });

  // The last test, because the domain remains confirmed.
  test("warns about its domain, and removes the header with one click", async ({
    ui,
    demo,
    forger,
  }) => {
    await ui.open("OpenAI");
    const details = ui.details("OpenAI");
    await expect(details).toContainText(
      `mux already sends this provider's key and prompts to ${HOST}`,
    );
    await expect(
      ui.page.getByRole("alert").filter({ hasText: "sends a gateway token" }),
    ).toHaveCount(0);
    await ui.test("OpenAI");
    expect(forger.requests()).toEqual([]);
    await ui.open("OpenAI");
    await details.getByRole("button", { name: "Remove the token" }).click();
    await expect.poll(() => textOf(demo)).not.toContain("cf-aig-authorization");
    expect(await textOf(demo)).not.toContain("baseUrl");
    await expect(details).toContainText("It is not tested or used until you confirm it");
    await details.getByRole("button", { name: "Confirm domain…" }).click();
    await ui.page.getByRole("alertdialog").getByRole("button", { name: "Confirm domain" }).click();
    await expect.poll(() => textOf(demo)).toContain("cf-aig-authorization");
  });
});
