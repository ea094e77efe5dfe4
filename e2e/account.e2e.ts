/** Connects the window to a Cloudflare account, and keeps its token to itself. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import type { Page } from "playwright";

import type { Demo } from "../demo/demo";
import { DEMO_ACCOUNT_NAME, DEMO_API_TOKEN, DEMO_ENVIRONMENT, DEMO_KEYS } from "../demo/names";
import { installedRuntime } from "../scripts/runtime";
import { expect, test } from "./fixture";

const API = "api.cloudflare.com";

const custom = (id: "groq" | "mistral", baseUrl: string, model: string) => ({
  providerType: "openai-compatible",
  baseUrl,
  apiKey: DEMO_KEYS[id],
  models: [model],
});
/** Seven providers with a key, as mux writes them, and no gateway. */
const KEYS_ONLY = {
  anthropic: { apiKey: DEMO_KEYS.anthropic },
  openai: { apiKey: DEMO_KEYS.openai },
  google: { apiKey: DEMO_KEYS.google },
  xai: { apiKey: DEMO_KEYS.xai },
  openrouter: { apiKey: DEMO_KEYS.openrouter },
  mistral: custom("mistral", "https://api.mistral.ai/v1", "mistral-small-latest"),
  groq: custom("groq", "https://api.groq.com/openai/v1", "llama-3.3-70b-versatile"),
};

test.use({ providersText: `${JSON.stringify(KEYS_ONLY, null, 2)}\n`, mirror: true });

/** Pieces of the API token in a text, also of its encodings. */
function traces(text: string): readonly string[] {
  const bytes = Buffer.from(DEMO_API_TOKEN);
  const random = DEMO_API_TOKEN.slice(DEMO_API_TOKEN.lastIndexOf("-") + 1);
  const pieces = Array.from({ length: random.length - 5 }, (_, at) => random.slice(at, at + 6));
  const encoded = [bytes.toString("base64"), bytes.toString("hex"), bytes.toString("base64url")];
  const reversed = Array.from(random).toReversed().join("");
  return [...pieces, ...encoded, reversed].filter((piece) => text.includes(piece));
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

test.describe("with a token in the environment", () => {
  test.use({ extraEnv: { CLOUDFLARE_API_TOKEN: DEMO_ENVIRONMENT.CLOUDFLARE_API_TOKEN } });

  test("sends it only after a click, and says what it lacks", async ({ panel, demo, userHome }) => {
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
    await connected(page).click();
    await expect(page.getByText("The token lacks AI Gateway Read")).toBeVisible();
    await expect(
      page.getByText("Gateways, their settings and their logs cannot be shown."),
    ).toBeVisible();
    expect(receivers(demo)).toEqual([API]);
    expect(traces(await contentOf(page))).toEqual([]);
    await page.getByRole("button", { name: "Disconnect", exact: true }).click();
    await expect(page.getByRole("button", { name: "Connect to Cloudflare" })).toBeVisible();
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

  test("remembers the token encrypted, and forgets it when disconnected", async ({
    openPanel,
    demo,
    userHome,
  }) => {
    const first = await openPanel();
    await first.ui.ready();
    await connect(first.page, true);
    await first.close();
    expect(traces(await filesIn(userHome))).toEqual([]);
    const stored = join(userHome, "profile", "cloudflare-api-token");
    expect((await readFile(stored)).length).toBeGreaterThan(16);

    const again = await openPanel();
    await expect(connected(again.page)).toBeVisible();
    expect(traces(await contentOf(again.page))).toEqual([]);
    await connected(again.page).click();
    await expect(again.page.getByText("Stored encrypted on this computer")).toBeVisible();
    await again.page.getByRole("button", { name: "Disconnect", exact: true }).click();
    await expect(again.page.getByRole("button", { name: "Connect to Cloudflare" })).toBeVisible();
    expect(await readdir(join(userHome, "profile"))).not.toContain("cloudflare-api-token");
    await again.close();
    expect(receivers(demo)).toEqual([API]);
    expect(traces([...first.log(), ...again.log()].join("\n"))).toEqual([]);
  });
});
