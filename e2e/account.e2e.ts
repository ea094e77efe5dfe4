/** Connects the window to a Cloudflare account, from typed keys to tests that Cloudflare's log confirms. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import type { Page } from "playwright";

import type { PanelPage } from "../checks/driving/panel-page";
import type { Demo } from "../demo/demo";
import {
  DEMO_ACCOUNT_ID,
  DEMO_ACCOUNT_NAME,
  DEMO_API_TOKEN,
  DEMO_ENVIRONMENT,
  DEMO_GATEWAY,
  DEMO_KEYS,
  DEMO_OWN_HOST,
  DEMO_TOKEN,
} from "../demo/names";
import { installedRuntime } from "../scripts/runtime";
import { customProvider, KEYS_ONLY } from "./files";
import { expect, test, textOf } from "./fixture";

const API = "api.cloudflare.com";

const KEY = { accountId: DEMO_ACCOUNT_ID, gatewayName: DEMO_GATEWAY };

test.use({ providersText: KEYS_ONLY, mirror: true });

/** Pieces of the API token in a text, also of its encodings. */
function traces(text: string): readonly string[] {
  const bytes = Buffer.from(DEMO_API_TOKEN);
  const random = DEMO_API_TOKEN.slice(DEMO_API_TOKEN.lastIndexOf("-") + 1);
  const pieces = Array.from({ length: random.length - 5 }, (_, at) => random.slice(at, at + 6));
  const encoded = [bytes.toString("base64"), bytes.toString("hex"), bytes.toString("base64url")];
  const reversed = Array.from(random).toReversed().join("");
  return [...pieces, ...encoded, reversed].filter((piece) => text.includes(piece));
}

/** One call of the preload's API. */
async function call(page: Page, method: string, input?: unknown): Promise<unknown> {
  return page.evaluate(([name, given]) => Reflect.get(window, "cloudflareGateway")[name](given), [
    method,
    input,
  ] as const);
}

/** Everything that the page holds: markup, fields, storage and the tree of a screen reader. */
async function contentOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const tree = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const held = await page.evaluate(() => [
    ...[...document.querySelectorAll("input, textarea")].map((field) =>
      String(Reflect.get(field, "value")),
    ),
    document.title,
    location.href,
    JSON.stringify(localStorage),
    JSON.stringify(sessionStorage),
  ]);
  return [await page.content(), JSON.stringify(tree), ...held].join("\n");
}

/** The text of all files below a directory: the profile, the settings, the results. */
async function filesIn(directory: string): Promise<string> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = files.map((file) => readFile(join(file.parentPath, file.name), "latin1"));
  return (await Promise.all(texts)).join("\n");
}

/** The hosts that received a piece of the API token. */
function receivers(demo: Demo): readonly string[] {
  const told = demo.requests.filter((request) => traces(JSON.stringify(request)).length > 0);
  return [...new Set(told.map(({ host }) => host))];
}

const toApi = (demo: Demo) => demo.requests.filter(({ host }) => host === API);

/** The form that takes the API token. */
function connectForm(page: Page) {
  return page.getByRole("form", { name: "Connect to Cloudflare" });
}

async function connect(page: Page, remember = false): Promise<void> {
  await page.getByRole("button", { name: "Connect to Cloudflare" }).click();
  const form = connectForm(page);
  await form.getByLabel("Cloudflare API token").fill(DEMO_API_TOKEN);
  if (remember) await form.getByRole("checkbox", { name: /Remember on this computer/ }).check();
  await form.getByRole("button", { name: "Connect", exact: true }).click();
  await expect(connected(page)).toBeVisible();
}

function connected(page: Page) {
  return page.getByRole("button", { name: `Connected to ${DEMO_ACCOUNT_NAME}` });
}

/** The line of a report about Cloudflare's log. */
function logOf(ui: PanelPage, name: string) {
  return ui.report(name).getByRole("group", { name: "Cloudflare’s log" });
}

/** Clicks of the mouse, as the page itself sees them. */
async function countClicks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    Reflect.set(window, "clicks", 0);
    window.addEventListener("click", ({ detail }) => {
      if (detail > 0) Reflect.set(window, "clicks", Number(Reflect.get(window, "clicks")) + 1);
    });
  });
  return () => page.evaluate(() => Number(Reflect.get(window, "clicks")));
}

test("routes and tests seven providers with two tokens, and Cloudflare's log confirms each test", async ({
  panel,
  demo,
  userHome,
}) => {
  test.setTimeout(150_000);
  const { page, ui } = panel;
  const clicks = await countClicks(page);
  const seen: string[] = [];

  await page.getByRole("button", { name: "Connect to Cloudflare" }).click();
  await expect(connectForm(page).getByLabel("Cloudflare API token")).toBeFocused();
  await page.keyboard.type(DEMO_API_TOKEN);
  await page.keyboard.press("Enter");
  await expect(connected(page)).toBeVisible();
  // The first gateway is already chosen, so that no name is typed.
  await expect(ui.newGateway.getByRole("radio", { name: DEMO_GATEWAY })).toBeChecked();
  seen.push(await contentOf(page));
  await ui.newGateway.getByLabel("Gateway token").click();
  await page.keyboard.type(DEMO_TOKEN);
  await page.keyboard.press("Enter");
  await expect(page.locator('[data-route="gateway"]')).toHaveCount(7);
  await ui.testAll();
  await expect(ui.testAllSum).toHaveText(/^7 through the gateway/);
  // Without another click, each row and the status say that Cloudflare's log has the test.
  await expect(page.getByRole("group", { name: "Status", exact: true })).toContainText(
    /all passed.*7 confirmed by Cloudflare’s log/,
  );
  await expect(page.locator('.cfgw-last[data-log="confirmed"]')).toHaveCount(7);
  expect(await clicks()).toBeLessThanOrEqual(4);
  await ui.badge("Anthropic").click();
  await expect(logOf(ui, "Anthropic")).toContainText(
    "Cloudflare's log has this request: status 200",
  );
  expect(await clicks()).toBeLessThanOrEqual(5);
  for (const name of ["OpenAI", "Google", "xAI", "OpenRouter", "mistral", "groq"]) {
    await ui.badge(name).click();
    await expect(logOf(ui, name)).toContainText("Cloudflare's log has this request: status 200");
    seen.push(await contentOf(page));
  }
  expect(demo.account.rows).toHaveLength(7);
  for (const { metadata } of demo.account.rows) expect(metadata).toContain("panel-test");

  const card = ui.gatewayCard(DEMO_GATEWAY);
  await card.getByRole("button", { name: `Details of ${DEMO_GATEWAY} at Cloudflare` }).click();
  await card.getByRole("tab", { name: "Traffic" }).click();
  await card.getByRole("button", { name: "Show the last 50 requests" }).click();
  await expect(card.getByText("Test of this panel").first()).toBeVisible();

  await demo.network.down();
  await card.getByRole("button", { name: "Refresh" }).click();
  await expect(card.getByText("api.cloudflare.com could not be reached").first()).toBeVisible();
  await demo.network.up();
  demo.account.revokeToken(DEMO_API_TOKEN);
  await card.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByRole("button", { name: "Connect again" })).toBeVisible();
  await expect(page.getByText("Cloudflare does not accept this API token").first()).toBeVisible();
  seen.push(await contentOf(page));
  expect(traces(seen.join("\n"))).toEqual([]);
  expect(traces(await textOf(demo))).toEqual([]);
  expect(receivers(demo)).toEqual([API]);
  await panel.close();
  expect(traces(panel.log().join("\n"))).toEqual([]);
  expect(traces(await filesIn(userHome))).toEqual([]);
});

test("moves nothing when the log confirms tests, whatever the window's width", async ({
  panel,
  demo,
}) => {
  test.setTimeout(120_000);
  const { page, ui } = panel;
  await connect(page);
  await expect(ui.newGateway.getByRole("radio", { name: DEMO_GATEWAY })).toBeChecked();
  await ui.newGateway.getByLabel("Gateway token").fill(DEMO_TOKEN);
  await page.keyboard.press("Enter");
  await expect(page.locator('[data-route="gateway"]')).toHaveCount(7);
  demo.account.set({ rowsAppearAt: 3 });
  const confirmed = page
    .locator(".cfgw-strip")
    .getByText("7 confirmed by Cloudflare’s log", { exact: true });
  const places = () =>
    page.evaluate(() =>
      [...document.querySelectorAll(".cfgw-strip, .cfgw-card, .cfgw-last")].map((element) => {
        const { x, y, width: wide, height } = element.getBoundingClientRect();
        return [element.textContent?.slice(0, 12), x, y, wide, height].join(" ");
      }),
    );
  for (const width of [1280, 700, 375]) {
    await page.setViewportSize({ width, height: 900 });
    await ui.testAll();
    // The log has no new row yet.
    await expect(confirmed).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Stop all" })).toHaveCount(0);
    await expect(page.getByText("all passed", { exact: true })).toBeVisible();
    const before = await places();
    await expect(confirmed).toBeAttached({ timeout: 30_000 });
    expect(await places(), `${width}`).toEqual(before);
  }
});

test.describe("in an account without gateways", () => {
  const acme = customProvider("mistral", `https://${DEMO_OWN_HOST}/v1`, "acme-large");
  test.use({ providersText: JSON.stringify({ anthropic: { apiKey: DEMO_KEYS.anthropic }, acme }) });

  test("creates a gateway and a custom provider, which can be used at once", async ({
    panel,
    demo,
  }) => {
    const { page, ui } = panel;
    for (const { accountId, name } of demo.cloudflare.gateways) {
      demo.cloudflare.removeGateway(accountId, name);
    }
    demo.cloudflare.removeCustomProvider("acme");
    await connect(page);
    // While the list loads, "Create gateway…" only opens the form for a name.
    await ui.newGateway.getByRole("button", { name: "Create gateway", exact: true }).click();
    await expect(ui.newGateway.getByRole("radio", { name: "mux" })).toBeChecked();
    await ui.newGateway.getByLabel("Gateway token").fill(DEMO_TOKEN);
    await ui.newGateway.getByRole("button", { name: "Add and route 1 provider" }).click();
    await expect(page.locator('[data-route="gateway"]')).toHaveCount(1);

    await ui.switchOf("acme").click();
    const form = ui.details("acme");
    await form
      .getByRole("button", { name: `Create a custom provider for ${DEMO_OWN_HOST}` })
      .click();
    const question = page.getByRole("alertdialog");
    await expect(question).toContainText(`to https://${DEMO_OWN_HOST}`);
    const created = () =>
      toApi(demo).filter(({ method, path }) => method === "POST" && path.includes("custom-pro"));
    expect(created()).toEqual([]);
    await question.getByRole("button", { name: "Create custom provider" }).click();
    await expect(form.getByRole("textbox", { name: "Segment" })).toHaveValue("custom-acme");
    expect(created()).toHaveLength(1);
    await ui.save("acme").click();
    await expect(page.locator('[data-route="gateway"]')).toHaveCount(2);
    await ui.test("acme");
    await expect(ui.verdict("acme")).toHaveText(/^Went through Cloudflare AI Gateway/);
    await expect(logOf(ui, "acme")).toContainText("Cloudflare's log has this request: status 200");

    // The panel changes and deletes nothing at Cloudflare.
    const methods = new Set(toApi(demo).map(({ method }) => method));
    expect([...methods].toSorted()).toEqual(["GET", "POST"]);
    expect(receivers(demo)).toEqual([API]);
  });
});

test.describe("with a token in the environment", () => {
  test.use({ extraEnv: { CLOUDFLARE_API_TOKEN: DEMO_ENVIRONMENT.CLOUDFLARE_API_TOKEN } });

  test("sends it only after a click, says what it lacks, and stores none as plain text", async ({
    panel,
    demo,
    userHome,
  }) => {
    const { page } = panel;
    demo.account.setToken(DEMO_API_TOKEN, { permissions: ["Account Settings Read"] });
    await panel.ui.test("Anthropic");
    await page.getByRole("button", { name: "Connect to Cloudflare" }).click();
    const form = connectForm(page);
    const fromEnvironment = form.getByRole("button", {
      name: "Use the token from the environment",
    });
    await expect(fromEnvironment).toBeVisible();
    // On Linux without a keyring, only plain text could be stored, so nothing is.
    const canRemember = process.platform !== "linux";
    await expect(form.getByRole("checkbox")).toBeEnabled({ enabled: canRemember });
    expect(toApi(demo)).toEqual([]);
    expect(receivers(demo)).toEqual([]);

    await fromEnvironment.click();
    // The card opens by itself, because the token lacks something.
    const card = page.getByRole("group", { name: "Connected to Cloudflare" });
    await expect(card.getByText("The token lacks AI Gateway Read")).toBeVisible();
    await expect(
      page.getByText("Gateways, their settings and their logs cannot be shown."),
    ).toBeVisible();
    expect(receivers(demo)).toEqual([API]);
    expect(traces(await contentOf(page))).toEqual([]);
    await page.getByRole("button", { name: "Disconnect", exact: true }).click();
    await expect(page.getByRole("button", { name: "Connect to Cloudflare" })).toBeVisible();
    expect(
      await call(page, "connectAccount", { token: DEMO_API_TOKEN, remember: true }),
    ).toMatchObject({
      data: {
        canRemember,
        rememberProblem: canRemember ? null : { code: "secrets_unavailable" },
      },
    });
    await panel.close();
    expect(traces(panel.log().join("\n"))).toEqual([]);
    expect(traces(await filesIn(userHome))).toEqual([]);
  });
});

test.describe("with a keyring", () => {
  // Electron itself takes the desktop's keyring, which no test may write to.
  test.skip(installedRuntime()?.kind !== "chromium", "Only a simulated keyring is used.");

  test.use({
    extraEnv: async ({ userHome }, use) => {
      await use({
        XDG_CURRENT_DESKTOP: "GNOME",
        CHROMIUM_ELECTRON_KEYRING: join(userHome, "keyring"),
      });
    },
  });

  test("remembers the token encrypted, uses it for every call, and forgets it when disconnected", async ({
    openPanel,
    demo,
    userHome,
  }) => {
    const first = await openPanel();
    await first.ui.ready();
    await connect(first.page, true);
    const { page } = first;
    const routed = await call(page, "route", {
      gateway: { ...KEY, token: DEMO_TOKEN },
      providers: [{ provider: "anthropic" }],
    });
    const tested = await call(page, "test", { provider: "anthropic", run: "1" });
    const { logId, startedAt } = Object(Reflect.get(Object(tested), "data"));
    const inLog = { ...KEY, provider: "anthropic", logId, startedAt, route: "saved" };
    const proof = await call(page, "logRow", inLog);
    expect(proof).toMatchObject({ data: { state: "confirmed" } });
    const answers = [
      routed,
      tested,
      proof,
      await call(page, "accountStatus"),
      await call(page, "accounts"),
      await call(page, "accountGateways", { accountId: DEMO_ACCOUNT_ID }),
      await call(page, "gatewayDetails", KEY),
      await call(page, "traffic", { ...KEY, window: "hour" }),
      await call(page, "requests", { ...KEY, errorsFirst: true }),
      await call(page, "doctor", KEY),
      await call(page, "enable", { provider: "openai", ...KEY, token: DEMO_API_TOKEN }),
    ];
    expect(answers.at(-1)).toMatchObject({ error: { code: "token_of_api" } });
    expect(traces(JSON.stringify(answers))).toEqual([]);
    expect(traces(await contentOf(page))).toEqual([]);
    await first.close();
    expect(traces(await textOf(demo))).toEqual([]);
    expect(traces(await filesIn(userHome))).toEqual([]);
    const stored = join(userHome, "profile", "cloudflare-api-token");
    expect((await readFile(stored)).length).toBeGreaterThan(16);

    const again = await openPanel();
    await expect(connected(again.page)).toBeVisible();
    expect(await call(again.page, "accountStatus")).toMatchObject({
      data: { token: { source: "stored" }, problem: null },
    });
    expect(traces(await contentOf(again.page))).toEqual([]);
    await connected(again.page).click();
    await expect(again.page.getByText("Stored encrypted on this computer")).toBeVisible();
    await again.page.getByRole("button", { name: "Disconnect", exact: true }).click();
    await expect(again.page.getByRole("button", { name: "Connect to Cloudflare" })).toBeVisible();
    expect(await call(again.page, "accountStatus")).toMatchObject({ data: { token: null } });
    expect(await readdir(join(userHome, "profile"))).not.toContain("cloudflare-api-token");
    await again.close();
    expect(receivers(demo)).toEqual([API]);
    expect(demo.requests.map(({ host }) => host)).toContain("gateway.ai.cloudflare.com");
    expect(traces([...first.log(), ...again.log()].join("\n"))).toEqual([]);
  });
});
