/** Connects a Cloudflare account, uses every call, and checks that its API token is nowhere else. */
import { readdir, readFile } from "node:fs/promises";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Page } from "playwright";

import { DEMO_ACCOUNT_ID, DEMO_API_TOKEN, DEMO_GATEWAY, DEMO_TOKEN } from "../demo/names";
import type { Demo } from "../demo/demo";
import { expect, test, textOf } from "./fixture";

/** Holds the random key of the simulated keyring. */
const KEYRING = join(mkdtempSync(join(tmpdir(), "keyring-")), "keyring");
const KEY = { accountId: DEMO_ACCOUNT_ID, gatewayName: DEMO_GATEWAY };

/** The token in every encoding, and most of it. */
const FORMS = [
  DEMO_API_TOKEN,
  Buffer.from(DEMO_API_TOKEN).toString("base64"),
  Buffer.from(DEMO_API_TOKEN).toString("hex"),
  DEMO_API_TOKEN.slice(0, -4),
  Array.from(DEMO_API_TOKEN).toReversed().join(""),
];

function expectNone(text: string, where: string): void {
  for (const form of FORMS) expect(text.includes(form), where).toBe(false);
}

/** One call of the preload's API. */
async function call(page: Page, method: string, input?: unknown): Promise<unknown> {
  return page.evaluate(([name, given]) => Reflect.get(window, "cloudflareGateway")[name](given), [
    method,
    input,
  ] as const);
}

async function filesIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const read = await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path, await readFile(path, "latin1")] as const;
    }),
  );
  return new Map(read);
}

function expectOnlyAtCloudflare({ requests }: Demo): void {
  const holders = requests.filter((request) => JSON.stringify(request).includes(DEMO_API_TOKEN));
  expect(new Set(holders.map(({ host }) => host))).toEqual(new Set(["api.cloudflare.com"]));
  expect(requests.some(({ host }) => host === "gateway.ai.cloudflare.com")).toBe(true);
}

test.describe("with a keyring", () => {
  test.use({ extraEnv: { XDG_CURRENT_DESKTOP: "GNOME", CHROMIUM_ELECTRON_KEYRING: KEYRING } });

  test("keeps the token encrypted, uses it again and forgets it", async ({
    demo,
    openPanel,
    userHome,
  }) => {
    // Cloudflare's log has each row at once, so that nothing waits.
    const first = await openPanel();
    const { page } = first;
    const connected = await call(page, "connectAccount", { token: DEMO_API_TOKEN, remember: true });
    expect(connected).toMatchObject({
      success: true,
      data: { token: { source: "entered" }, rememberProblem: null, missing: [] },
    });
    const routed = await call(page, "route", {
      gateway: { ...KEY, token: DEMO_TOKEN },
      providers: [{ provider: "anthropic" }],
    });
    const tested = await call(page, "test", { provider: "anthropic", run: "1" });
    const logId = String(Reflect.get(Object(Reflect.get(Object(tested), "data")), "logId"));
    const proof = await call(page, "logRow", {
      ...KEY,
      provider: "anthropic",
      logId,
      route: "saved",
    });
    expect(proof).toMatchObject({ data: { state: "confirmed" } });
    const answers = [
      connected,
      routed,
      tested,
      proof,
      await call(page, "accounts"),
      await call(page, "accountGateways", { accountId: DEMO_ACCOUNT_ID }),
      await call(page, "gatewayDetails", KEY),
      await call(page, "traffic", { ...KEY, window: "hour" }),
      await call(page, "requests", { ...KEY, errorsFirst: true }),
      await call(page, "doctor", KEY),
      await call(page, "enable", { provider: "openai", ...KEY, token: DEMO_API_TOKEN }),
    ];
    expect(answers.at(-1)).toMatchObject({ error: { code: "token_of_api" } });
    expectNone(JSON.stringify(answers), "in an answer");
    expectNone(await page.content(), "on the page");
    await first.close();
    expectNone(first.log().join("\n"), "in the log");
    expectNone(await textOf(demo), "in providers.jsonc");
    const files = await filesIn(userHome);
    expect([...files.keys()].some((path) => path.endsWith("cloudflare-api-token"))).toBe(true);
    for (const [path, text] of files) expectNone(text, path);
    expectOnlyAtCloudflare(demo);

    const second = await openPanel();
    expect(await call(second.page, "accountStatus")).toMatchObject({
      data: { token: { source: "stored" }, problem: null },
    });
    expect(await call(second.page, "disconnectAccount")).toMatchObject({ data: { token: null } });
    await second.close();
    const left = [...(await filesIn(userHome)).keys()];
    expect(left.filter((path) => path.includes("cloudflare-api-token"))).toEqual([]);
  });
});

test("stores no token where only plain text is available", async ({ panel, userHome }) => {
  const { page } = panel.ui;
  const connected = await call(page, "connectAccount", { token: DEMO_API_TOKEN, remember: true });
  expect(connected).toMatchObject({
    data: { canRemember: false, rememberProblem: { code: "secrets_unavailable" } },
  });
  for (const [path, text] of await filesIn(userHome)) expectNone(text, path);
});
