/**
 * `npm run tour [-- --update]`: drives the demo through its main steps without a display, and takes
 * screenshots. `--update` replaces the pictures of README.md with them.
 */
import { copyFile, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import { startDemo, type Demo } from "../demo/demo";
import { DEMO_ACCOUNT_NAME, DEMO_API_TOKEN, DEMO_FIELDS } from "../demo/names";
import { launchPanel, withUserHome } from "../checks/driving/launch";
import { PanelPage } from "../checks/driving/panel-page";
import { buildIfNeeded } from "./build";
import { ensureRuntime, ROOT } from "./runtime";

const OUT = join(ROOT, "out/tour");
const IMAGES = join(ROOT, "docs/images");
const PROVIDER = "Anthropic";

interface Step {
  /** The screenshot's name. */
  readonly name: string;
  readonly what: string;
  /** The part of the page that the screenshot shows; default: the report, if there is one. */
  readonly shows?: "gateways";
  /** Performs the step and returns a summary of the result. */
  readonly run: (ui: PanelPage, demo: Demo) => Promise<string>;
}

const STEPS: readonly Step[] = [
  {
    name: "open",
    what: "Open",
    run: async (ui) => {
      await ui.ready();
      return where(ui);
    },
  },
  {
    name: "switch-on",
    what: "Turn on",
    run: async (ui, demo) => {
      await ui.switchOnWith(PROVIDER, DEMO_FIELDS);
      await routed(ui, DEMO_FIELDS.gatewayName);
      await ui.saved();
      const text = await readFile(demo.file, "utf8");
      if (!text.includes('"cloudflareGateway"')) throw new Error("The block is not in the file.");
      return `${await where(ui)}; the block is in the file, ${commentsIn(text)} comments are unchanged`;
    },
  },
  { name: "test-gateway", what: "Test", run: tested },
  {
    name: "account",
    what: "Connect",
    shows: "gateways",
    run: async ({ page }) => {
      await page.getByRole("button", { name: "Connect to Cloudflare" }).click();
      await page.getByLabel("Cloudflare API token").fill(DEMO_API_TOKEN);
      await page.getByRole("button", { name: "Connect", exact: true }).click();
      const account = page.getByRole("button", { name: `Connected to ${DEMO_ACCOUNT_NAME}` });
      await account.waitFor();
      return account.innerText();
    },
  },
  {
    name: "gateway-settings",
    what: "See its settings",
    shows: "gateways",
    run: async (ui) => {
      const card = ui.gatewayCard(DEMO_FIELDS.gatewayName);
      await card.getByRole("button", { name: /^Details/ }).click();
      const first = card.getByText("On. Requests need a Run token.");
      await first.waitFor();
      return first.innerText();
    },
  },
  {
    name: "traffic",
    what: "See its traffic",
    shows: "gateways",
    run: async (ui) => {
      const card = ui.gatewayCard(DEMO_FIELDS.gatewayName);
      await card.getByRole("tab", { name: "Traffic" }).click();
      const figures = card.locator("dl").first();
      await figures.waitFor();
      return figures.innerText();
    },
  },
  {
    name: "test-confirmed",
    what: "Test again",
    run: async (ui, demo) => {
      await ui
        .gatewayCard(DEMO_FIELDS.gatewayName)
        .getByRole("button", { name: /^Details/ })
        .click();
      await tested(ui, demo);
      const log = ui.report(PROVIDER).getByRole("group", { name: "Cloudflare’s log" });
      await log.filter({ hasText: "has this request" }).waitFor();
      return log.innerText();
    },
  },
  {
    name: "switch-off",
    what: "Turn off",
    run: async (ui) => {
      await ui.switchOf(PROVIDER).click();
      await ui.where(PROVIDER).filter({ hasText: "Direct to" }).waitFor();
      return where(ui);
    },
  },
  { name: "test-direct", what: "Test", run: tested },
  {
    name: "break-the-name",
    what: "Break the name",
    run: async (ui) => {
      await ui.open(PROVIDER);
      await ui.fill(PROVIDER, { gatewayName: "my-gatewya" });
      await ui.save(PROVIDER).click();
      await routed(ui, "my-gatewya");
      return where(ui);
    },
  },
  {
    name: "diagnosis",
    what: "Test",
    run: async (ui, demo) => {
      const verdict = await tested(ui, demo);
      const diagnosis = ui.report(PROVIDER).locator(".cfgw-diagnosis p").first();
      return `${verdict} — ${await diagnosis.innerText()}`;
    },
  },
];

async function where(ui: PanelPage): Promise<string> {
  return ui.where(PROVIDER).innerText();
}

async function routed(ui: PanelPage, gatewayName: string): Promise<void> {
  await ui
    .where(PROVIDER)
    .filter({ hasText: `Through ${gatewayName}` })
    .waitFor();
}

async function tested(ui: PanelPage, demo: Demo): Promise<string> {
  demo.clearRequests();
  await ui.test(PROVIDER);
  const hosts = demo.requests.map(({ host }) => host).join(", ");
  return `${await ui.verdict(PROVIDER).innerText()} (the demo received ${demo.requests.length} request: ${hosts})`;
}

function commentsIn(text: string): number {
  return text.split("\n").filter((line) => /^\s*(?:\/\/|\/\*)|\s\/\/ /.test(line)).length;
}

async function photograph(ui: PanelPage, name: string, shows: Step["shows"]): Promise<void> {
  const { page } = ui;
  if (shows !== "gateways" && (await ui.report(PROVIDER).count()) > 0) {
    // A report fills the window, so the message of the last change must not cover it.
    const dismiss = page.getByRole("button", { name: "Dismiss" });
    if (await dismiss.isVisible()) await dismiss.click();
    await ui.row(PROVIDER).evaluate((row) => row.scrollIntoView({ block: "start" }));
  } else {
    await page.locator("section.cfgw").evaluate((section) => section.scrollIntoView());
  }
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.screenshot({
      path: join(OUT, `${name}-${colorScheme}.png`),
      animations: "disabled",
    });
  }
}

async function tour(): Promise<void> {
  const demo = await startDemo();
  demo.account.set({ hasHistory: true });
  try {
    await withUserHome(async (userHome) => {
      const panel = await launchPanel({ env: demo.env, userHome });
      const ui = new PanelPage(panel.page);
      await panel.page.setViewportSize({ width: 1000, height: 780 });
      for (const [index, step] of STEPS.entries()) {
        const number = index + 1;
        const sentence = await step.run(ui, demo);
        await photograph(ui, `${number}-${step.name}`, step.shows);
        console.log(`${number}. ${step.what}: ${sentence.replaceAll(/\s+/g, " ")}`);
      }
      await panel.close();
    });
  } finally {
    await demo.close();
  }
}

/** A picture in README.md has the name of its screenshot, without the step's number. */
async function updateImages(): Promise<void> {
  const shots = await readdir(OUT);
  for (const image of await readdir(IMAGES)) {
    const shot = shots.find((name) => name.replace(/^\d+-/, "") === image);
    if (shot === undefined) throw new Error(`No step of the tour has the name of ${image}.`);
    await copyFile(join(OUT, shot), join(IMAGES, image));
  }
}

async function main(): Promise<number> {
  const say = (line: string): void => console.log(line);
  const runtime = ensureRuntime(say);
  if (runtime === null) return 1;
  say(`Runtime: ${runtime.name}`);
  buildIfNeeded(say);
  await rm(OUT, { recursive: true, force: true, maxRetries: 10 });
  await mkdir(OUT, { recursive: true });
  await tour();
  if (process.argv.includes("--update")) await updateImages();
  say(`The tour is complete. Its screenshots are in ${OUT}`);
  say("Next, on a computer with a display:");
  say("  npm start -- --demo    opens this demo in a window");
  say("  npm start              opens your own providers.jsonc");
  say("On a server without a display, use the command line: README.md, “Command line”.");
  return 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
