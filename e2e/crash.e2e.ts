/** Tests that a crash never reveals a key from the file or the environment. */
import { once } from "node:events";

import type { ElectronApplication, Page } from "playwright";

import { DEMO_API_TOKEN, DEMO_KEYS } from "../demo/names";
import { COMMENTED } from "./files";
import { expect, test, textOf, type Panel } from "./fixture";

const ENV_KEY = "sk-env-canary-6Wc3Jp8Hs1Dn5Bt0";

test.use({
  providersText: COMMENTED,
  extraEnv: { MISTRAL_API_KEY: ENV_KEY, CLOUDFLARE_API_TOKEN: DEMO_API_TOKEN },
  mayComplain: true,
});

const SECRETS = [...Object.values(DEMO_KEYS), ENV_KEY, DEMO_API_TOKEN];

/** Connects to the account with the token in the environment, as its button does. */
function connectAccount(page: Page): Promise<unknown> {
  return page.evaluate(() =>
    Reflect.get(window, "cloudflareGateway").connectAccount({
      token: { from: "environment" },
      remember: false,
    }),
  );
}

/** Writes error boxes to the log, because a test cannot close a modal one. */
function logDialogs(app: ElectronApplication): Promise<void> {
  return app.evaluate(({ dialog }) => {
    dialog.showErrorBox = (title, content) => console.warn(title, content);
  });
}

/** Throws an error in the main process that quotes the file and a header, as libraries do. */
function breakBy(app: ElectronApplication, how: "throw" | "reject", text: string): Promise<void> {
  return app.evaluate(
    (_, { way, quoted, key }) => {
      const cause = new Error(`${key} was refused`);
      const error = Object.assign(new TypeError(`Unexpected token in ${quoted}`, { cause }), {
        options: { headers: { authorization: `Bearer ${key}` }, env: { ...process.env } },
      });
      setImmediate(() => {
        if (way === "throw") throw error;
        void Promise.reject(error);
      });
    },
    { way: how, quoted: text, key: ENV_KEY },
  );
}

function expectNoSecret(panel: Panel): void {
  const output = panel.log().join("\n");
  for (const secret of SECRETS) expect(output).not.toContain(secret.slice(0, -4));
}

/** The complete output. The streams may end shortly after the process. */
async function ended(panel: Panel): Promise<number | null> {
  const closed = panel.page.waitForEvent("close");
  const [code] = await once(panel.app.process(), "close");
  await closed;
  return typeof code === "number" ? code : null;
}

test("logs only the class and place of an unhandled rejection, and of an uncaught error that ends the app", async ({
  panel,
  ui,
  demo,
}) => {
  await breakBy(panel.app, "reject", await textOf(demo));
  await expect
    .poll(() => panel.log().join("\n"))
    .toMatch(/Unhandled promise rejection \{ what: 'Type/);
  // It keeps running.
  await ui.test("Anthropic");
  expectNoSecret(panel);

  await logDialogs(panel.app);
  expect(await connectAccount(panel.page)).toMatchObject({ success: true });
  const end = ended(panel);
  await breakBy(panel.app, "throw", await textOf(demo)).catch(() => undefined);
  expect(await end).toBe(1);
  expect(panel.log().join("\n")).toMatch(
    /mux Settings ends after an unexpected error \{ what: 'TypeError', at: '.+' \}/,
  );
  expect(panel.log().join("\n")).toContain("mux Settings has to close");
  expectNoSecret(panel);
  expect(await textOf(demo)).toBe(COMMENTED);
});

/** The page's text, read without Playwright's page, which stays crashed. */
function pageText(app: ElectronApplication): Promise<string> {
  return app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const read = "document.querySelector('.cfgw-footer')?.textContent ?? ''";
    const text: unknown = await window?.webContents.executeJavaScript(read).catch(() => "");
    return String(text);
  });
}

function crashPage(app: ElectronApplication): Promise<void> {
  return app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
}

test("keeps running when the reader of its output exits or the page crashes, and ends at a second crash", async ({
  panel,
  ui,
  demo,
}) => {
  panel.app.process().stdout?.destroy();
  await ui.test("Anthropic");
  await panel.app.evaluate(async () => {
    for (let times = 0; times < 3; times++) {
      await new Promise((resolve) => {
        process.stdout.write("unread output\n", () => resolve(null));
      });
    }
  });
  await ui.test("Anthropic");

  await logDialogs(panel.app);
  await crashPage(panel.app);
  await expect.poll(() => panel.log().join("\n")).toContain("The page's process ended");
  await expect.poll(() => pageText(panel.app)).toContain(demo.file);

  const [code] = await Promise.all([once(panel.app.process(), "exit"), crashPage(panel.app)]);
  expect(code).toEqual([1, null]);
  expect(panel.log().join("\n")).toContain("mux Settings could not start { what: 'PageCrash'");
  expect(await textOf(demo)).toBe(COMMENTED);
});

test("reveals no secrets when the process is aborted", async ({ panel, ui, demo }) => {
  await ui.test("Anthropic");
  const end = ended(panel);
  await panel.app.evaluate(() => setImmediate(() => process.abort())).catch(() => undefined);
  await end;
  expectNoSecret(panel);
  expect(await textOf(demo)).toBe(COMMENTED);
});
