/** Uses canary keys in the file, a key file and the environment, and checks that a full run reveals none. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Page } from "playwright";

import type { Demo } from "../demo/demo";
import {
  DEMO_ACCOUNT_ID,
  DEMO_API_TOKEN,
  DEMO_KEYS,
  DEMO_LOCKED_GATEWAY,
  DEMO_TOKEN,
} from "../demo/names";
import { expect, test, textOf, type Panel } from "./fixture";

/** Secrets in other places. */
const CANARIES = {
  environment: "sk-env-canary-6Wc3Jp8Hs1Dn5Bt0",
  keyFile: "sk-file-canary-2Vy7Ke4Lr9Mq1Xz6",
  header: "header-canary-8Nb5Gd3Tc0Rw7Fh2",
  password: "password-canary-4Pj1Ub6Zs9Ym3Ka8",
  parameter: "parameter-canary-7Ho2Ev5Wl8Qi0Cx3",
  comment: "sk-comment-canary-1Df4Rg7Ns0Tb6Jk9",
  member: "member-canary-5Lz8Xw1Vp3Ah6Mc2",
} as const;

const SECRETS = { ...DEMO_KEYS, token: DEMO_TOKEN, apiToken: DEMO_API_TOKEN, ...CANARIES };

/** In the log of the gateway, which the panel shows in numbers. */
const LOGGED = "canary-in-a-logged-prompt-3Yt7Rw1Qe9";

const MORE = `
  // The old key was ${CANARIES.comment}.
  "mistral": {
    "providerType": "openai-compatible",
    "displayName": "Mistral",
    "baseUrl": "https://me:${CANARIES.password}@api.mistral.ai/v1?key=${CANARIES.parameter}",
    "apiKey": "${DEMO_KEYS.mistral}",
    "${CANARIES.member}": { "secret": "${CANARIES.member}" },
    "models": ["mistral-small-latest"],
  },
`;

/** Every encoding of the secret, and the secret without its end. */
function formsOf(secret: string): readonly string[] {
  return [
    secret,
    Buffer.from(secret).toString("base64"),
    Buffer.from(secret).toString("hex"),
    secret.slice(0, -4),
    Array.from(secret).toReversed().join(""),
  ];
}

const FORMS = Object.entries(SECRETS).flatMap(([name, secret]) =>
  formsOf(secret).map((form) => [name, form] as const),
);

function expectNoneIn(text: string, where: string): void {
  const found = FORMS.filter(([, form]) => text.includes(form)).map(([name]) => name);
  expect(found, where).toEqual([]);
}

/** Everything the page shows or contains, except the token in its own field. */
async function look(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const tree = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const held = await page.evaluate(() => ({
    values: [...document.querySelectorAll("input, textarea, select")].map((field) =>
      field.matches("[type=password]:focus") ? "" : String(Reflect.get(field, "value")),
    ),
    title: document.title,
    address: location.href,
    storage: [JSON.stringify(localStorage), JSON.stringify(sessionStorage)],
  }));
  return [await page.content(), JSON.stringify(tree), JSON.stringify(held)].join("\n");
}

/** The text that each visible Copy button copies. */
async function copyAll(page: Page): Promise<readonly string[]> {
  await page.evaluate(() => {
    Reflect.set(window, "copiedTexts", []);
    navigator.clipboard.writeText = async (text) => {
      Reflect.get(window, "copiedTexts").push(text);
    };
  });
  const buttons = page.getByRole("button", { name: /^Copy/ });
  const before = await buttons.count();
  for (const button of await buttons.all()) await button.click();
  const texts: unknown = await page.evaluate(() => Reflect.get(window, "copiedTexts"));
  const copied = Array.isArray(texts) ? texts.map(String) : [];
  expect(copied).toHaveLength(before);
  return copied;
}

/** Every result and every pushed change, as the page receives them. */
async function answersOf(page: Page): Promise<string> {
  return page.evaluate(async (account) => {
    const api = Reflect.get(window, "cloudflareGateway");
    const heard: unknown[] = [];
    const stop = api.onChange((view: unknown) => heard.push(view));
    const xai = { provider: "xai", accountId: account, gatewayName: "my-gateway" };
    heard.push(
      await api.providers(),
      await api.enable(xai),
      await api.enable({ ...xai, seen: "stale", gatewayName: "other" }),
      await api.test({ provider: "xai", run: "canary" }),
      await api.test({ provider: "mistral", run: "canary-2" }),
      await api.disable({ provider: "xai" }),
      await api.fix({ provider: "mistral", fix: "mend_mirror" }),
      await api.setMirror({ on: true }),
      await api.undo(),
      await api.forget({ provider: "xai" }),
      await api.stopTest({ run: "canary" }),
      await api.tests(),
    );
    stop();
    return JSON.stringify(heard);
  }, DEMO_ACCOUNT_ID);
}

/** Every answer about the account, also after Cloudflare repeats the token. */
async function accountAnswersOf(page: Page, demo: Demo): Promise<string> {
  const ask = (sendsTests: boolean) =>
    page.evaluate(
      async ({ account, gateway, token, tests }) => {
        const api = Reflect.get(window, "cloudflareGateway");
        const key = { accountId: account, gatewayName: gateway };
        const answers = [
          await api.accountStatus(),
          await api.accounts(),
          await api.accountGateways({ accountId: account }),
          await api.gatewayDetails(key),
          await api.traffic({ ...key, window: "hour" }),
          await api.requests({ ...key, errorsFirst: true }),
          tests ? await api.doctor(key) : null,
          await api.createGateway({ ...key, collectLogs: true }),
          await api.connectAccount({ token: `${token} `.repeat(2), remember: false }),
          await api.connectAccount({ token, remember: true }),
        ];
        return JSON.stringify(answers);
      },
      {
        account: DEMO_ACCOUNT_ID,
        gateway: DEMO_LOCKED_GATEWAY,
        token: DEMO_API_TOKEN,
        tests: sendsTests,
      },
    );
  const usual = await ask(true);
  // Cloudflare's own texts can name what was sent.
  demo.account.rewrite((body) => repeated(body));
  const withToken = await ask(false);
  demo.account.rewrite(null);
  return `${usual}${withToken}`;
}

/** Members of a row that hold what a user or a provider wrote. */
const PRIVATE = /^(?:path|metadata|request|response|request_head|response_head|prompts)$/;

/** The same answer with the token in each of its texts, and a prompt where rows have one. */
function repeated(part: unknown): unknown {
  if (typeof part === "string") return `${part} ${DEMO_API_TOKEN}`;
  if (Array.isArray(part)) return part.map(repeated);
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([name, each]) => [
      name,
      PRIVATE.test(name) ? LOGGED : repeated(each),
    ]),
  );
}

/** A provider whose error repeats the key in many encodings. */
function repeating(key: string): string {
  const said = [key, encodeURIComponent(key), Buffer.from(key).toString("base64"), key.slice(0, 9)];
  return JSON.stringify({
    error: { message: `Incorrect API key: ${said.join(" or ")}***${key.slice(-2)}`, type: key },
    headers: { authorization: `Bearer ${key}` },
  });
}

async function provide(demo: Demo, userHome: string): Promise<void> {
  const keyFile = join(userHome, "canary.key");
  await writeFile(keyFile, `${CANARIES.keyFile}\n`);
  const withMore = (await textOf(demo))
    .replace(/ {2}"mistral": \{[^}]*\},\n/, MORE)
    .replace(`"apiKey": "${DEMO_KEYS.openrouter}"`, `"apiKeyFile": ${JSON.stringify(keyFile)}`)
    .replace('"x-team": "platform"', `"x-team": "${CANARIES.header}"`);
  await writeFile(demo.file, `${withMore}// ${DEMO_KEYS.openrouter}\n`);
}

test.use({
  // xAI has a key in the sample file; Google's also comes from the environment.
  extraEnv: { GOOGLE_API_KEY: CANARIES.environment },
  mirror: true,
  mayComplain: true,
});
test.describe.configure({ timeout: 180_000 });

test("reveals no key or token outside the main process in a full run", async ({
  openPanel,
  demo,
  userHome,
}) => {
  await provide(demo, userHome);
  const panel: Panel = await openPanel();
  const { ui } = panel;
  const { page } = ui;
  await ui.ready();
  let looks = 0;
  const see = async (state: string): Promise<void> => {
    looks += 1;
    expectNoneIn(await look(page), `on the page, ${state}`);
  };
  const gathered: string[] = [];
  const copy = async (state: string): Promise<void> => {
    const copied = await copyAll(page);
    expect(copied.length).toBeGreaterThan(0);
    expectNoneIn(copied.join("\n"), `on the clipboard, ${state}`);
    gathered.push(...copied);
  };

  await see("at first");
  await page.getByRole("button", { name: "Connect to Cloudflare" }).click();
  const apiToken = page.getByLabel("Cloudflare API token");
  await apiToken.fill(`${DEMO_API_TOKEN} ${DEMO_API_TOKEN}`);
  await apiToken.press("Enter");
  await expect(page.locator(".cfgw-problem").first()).toBeVisible();
  await see("with an API token that is wrong");
  await apiToken.fill(DEMO_API_TOKEN);
  await see("with an API token typed");
  await apiToken.press("Enter");
  await expect(page.getByRole("button", { name: "Connected to" })).toBeVisible();
  await see("connected to the account");
  for (const name of ["Anthropic", "Mistral", "OpenRouter", "Acme LLM (work)"]) await ui.open(name);
  await see("with rows open");
  const token = ui.row("Anthropic").getByLabel("Gateway token");
  await ui.fill("Anthropic", { accountId: DEMO_ACCOUNT_ID, gatewayName: DEMO_LOCKED_GATEWAY });
  await token.fill(`${DEMO_TOKEN} ${DEMO_TOKEN}`);
  await token.press("Enter");
  await expect(ui.row("Anthropic").locator(".cfgw-problem")).toBeVisible();
  await see("with a token that is wrong");
  await token.fill(DEMO_TOKEN);
  await see("with a token typed");
  await ui.save("Anthropic").click();
  await ui.saved();
  await expect(ui.where("Anthropic")).toContainText(`Through ${DEMO_LOCKED_GATEWAY}`);
  await see("with a token saved");
  // The form offers the other provider's settings, so one click is enough.
  await ui.switchOf("OpenAI").click();
  await expect(ui.where("OpenAI")).toContainText(`Through ${DEMO_LOCKED_GATEWAY}`);

  for (const name of ["Anthropic", "OpenAI", "DeepSeek", "Google", "OpenRouter", "Mistral"]) {
    const report = await ui.test(name);
    const details = report.getByRole("button", { name: "Details" });
    if ((await details.count()) > 0) await details.click();
    await see(`with a report of ${name}`);
  }
  await copy("with reports");
  for (const [name, key] of [
    ["DeepSeek", DEMO_KEYS.deepseek],
    ["OpenRouter", CANARIES.keyFile],
    ["Acme LLM (work)", `${DEMO_KEYS.acme} ${CANARIES.header}`],
  ] as const) {
    demo.providers.once({ kind: "answer", status: 401, body: repeating(key) });
    await ui.test(name);
    await see(`with the key repeated by ${name}`);
    await copy(`with the key repeated by ${name}`);
  }
  await demo.network.down();
  await ui.test("OpenAI");
  await demo.network.up();
  await see("without a network");
  await ui.evidence("Anthropic");
  await ui.report("Anthropic").getByRole("button", { name: "Compare once" }).click();
  await expect(ui.report("Anthropic")).toContainText("One sample of each route");
  await ui.testAll();
  await see("with everything tested and compared");
  const card = ui.gatewayCard(DEMO_LOCKED_GATEWAY);
  await card.getByRole("button", { name: /^Details of/ }).click();
  await see("with the gateway's settings");
  await card.getByRole("tab", { name: "Traffic" }).click();
  await card.getByRole("button", { name: "Show the last 50 requests" }).click();
  await expect(card.getByText("Test of this panel").first()).toBeVisible();
  await see("with the last requests");
  const accountAnswers = await accountAnswersOf(page, demo);
  expect(accountAnswers.includes(LOGGED)).toBe(false);
  gathered.push(accountAnswers);

  gathered.push(await answersOf(page));
  expectNoneIn(gathered.join("\n"), "in an answer");

  const text = await textOf(demo);
  await writeFile(demo.file, text.replace(`"${DEMO_KEYS.xai}"`, `"${DEMO_KEYS.xai}`));
  await expect(page.getByRole("alert").first()).toContainText(/line \d+/);
  await see("with a file broken in the middle of a key");
  gathered.push(
    await page
      .evaluate(() => Reflect.get(window, "cloudflareGateway").providers())
      .then(JSON.stringify),
  );
  await writeFile(demo.file, text);

  await panel.close();
  gathered.push(...panel.log());
  // The app's own files: results, settings, Chromium's storage. The key file belongs to the test.
  const kept = await readdir(userHome, { recursive: true, withFileTypes: true });
  for (const entry of kept.filter((each) => each.isFile() && each.name !== "canary.key")) {
    gathered.push(await readFile(join(entry.parentPath, entry.name), "latin1"));
  }
  expect(kept.map(({ name }) => name)).toContain("tests.json");
  const everything = gathered.join("\n");
  expectNoneIn(everything, "in copied, returned, logged or stored text");

  // The run was real: the secrets existed and were used.
  expect(looks).toBeGreaterThan(15);
  expect(everything).toContain("cf-aig-");
  for (const said of [...Object.values(DEMO_KEYS), ...Object.values(CANARIES)]) {
    const { environment, keyFile } = CANARIES;
    if (said !== environment && said !== keyFile) expect(text, said).toContain(said);
  }
  const sent = JSON.stringify(demo.requests);
  for (const used of [
    DEMO_TOKEN,
    DEMO_API_TOKEN,
    CANARIES.keyFile,
    CANARIES.header,
    DEMO_KEYS.openai,
  ]) {
    expect(sent).toContain(used);
  }
});
