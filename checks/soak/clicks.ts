/** The user's actions in the panel. */
import { setTimeout as wait } from "node:timers/promises";

import type { ElectronApplication, Locator, Page } from "playwright";

import type { Demo } from "../../demo/demo";
import {
  DEMO_ACCOUNT_ID,
  DEMO_BUSY_GATEWAY,
  DEMO_CACHED_GATEWAY,
  DEMO_GATEWAY,
  DEMO_LOCKED_GATEWAY,
  DEMO_OPEN_GATEWAY,
  DEMO_TEAM_GATEWAY,
  DEMO_TOKEN,
} from "../../demo/names";
import type { PanelPage } from "../driving/panel-page";
import type { Random } from "./random";
import type { VerdictCheck } from "./verdict-check";

export interface User {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly ui: PanelPage;
  readonly demo: Demo;
  readonly random: Random;
  readonly verdictCheck: VerdictCheck;
}

export interface Click {
  readonly name: string;
  readonly weight: number;
  /** False when the required element was not on screen. */
  readonly make: (user: User) => Promise<boolean>;
}

export const RELOAD = "reload";

export const CLICKS: readonly Click[] = [
  { name: "switch", weight: 14, make: switched },
  { name: "type and save", weight: 8, make: typedAndSaved },
  { name: "type and discard", weight: 4, make: typedAndDiscarded },
  { name: "type nonsense and save", weight: 2, make: nonsense },
  { name: "remove the token", weight: 2, make: tokenRemoved },
  { name: "forget", weight: 3, make: forgotten },
  { name: "undo", weight: 5, make: undone },
  { name: "undo by key", weight: 3, make: undoneByKey },
  { name: "mirror", weight: 3, make: mirrored },
  { name: "route all", weight: 3, make: routedAll },
  { name: "send all direct", weight: 1, make: sentDirect },
  { name: "test", weight: 10, make: tested },
  { name: "test during an outage", weight: 4, make: testedDuringOutage },
  { name: "test without the gateway", weight: 2, make: testedDirectly },
  { name: "test all", weight: 2, make: testedAll },
  { name: "start or stop a test", weight: 3, make: stopped },
  { name: "compare", weight: 3, make: compared },
  { name: "open or close a row", weight: 5, make: unfolded },
  { name: "show or hide a report", weight: 4, make: reportShown },
  { name: "details of a report", weight: 2, make: detailed },
  { name: "filter", weight: 4, make: filtered },
  { name: "decide a conflict", weight: 4, make: decided },
  { name: "help", weight: 2, make: helped },
  { name: "theme", weight: 2, make: themed },
  { name: "zoom", weight: 2, make: zoomed },
  { name: RELOAD, weight: 8, make: reloaded },
];

/** A visible row. */
export interface Row {
  readonly name: string;
  readonly on: boolean;
  readonly locked: boolean;
  readonly open: boolean;
}

export async function rowsOf(page: Page): Promise<readonly Row[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("li.cfgw-card:not([hidden])")].flatMap((row) => {
      const name = row.querySelector(".cfgw-name")?.textContent ?? "";
      const toggle = row.querySelector<HTMLButtonElement>('[role="switch"]');
      const trigger = row.querySelector(".cfgw-trigger");
      if (toggle === null || trigger === null) return [];
      const on = toggle.getAttribute("aria-checked") === "true";
      const open = trigger.getAttribute("aria-expanded") === "true";
      return [{ name, on, locked: toggle.disabled, open }];
    }),
  );
}

async function anyRow(
  { page, random }: User,
  fits: (row: Row) => boolean = Boolean,
): Promise<Row | undefined> {
  return random.pick((await rowsOf(page)).filter(fits));
}

/**
 * Whether there was a button to press. It checks first, because a Playwright wait that times out
 * keeps its element in memory, which would look like a leak in the page.
 */
async function press(buttons: Locator): Promise<boolean> {
  const at = await buttons.evaluateAll((all) =>
    all.findIndex((one) => one.checkVisibility() && !one.matches(":disabled")),
  );
  if (at === -1) return false;
  try {
    await buttons.nth(at).click({ timeout: 2000 });
    return true;
  } catch {
    // The button disappeared before the click.
    return false;
  }
}

async function switched(user: User): Promise<boolean> {
  const row = await anyRow(user, ({ locked }) => !locked);
  if (!row || !(await press(user.ui.switchOf(row.name)))) return false;
  // The first provider and those that need a segment show a form.
  await fillWhatIsMissing(user, row.name);
  return true;
}

async function fillWhatIsMissing(user: User, name: string): Promise<void> {
  const { ui, random } = user;
  const gatewayName = ui.field(name, "Gateway name");
  if ((await gatewayName.count()) === 0 || !(await gatewayName.isEnabled())) return;
  if ((await ui.switchOf(name).getAttribute("aria-checked")) === "true") return;
  const segment = ui.field(name, "Segment");
  const fields = { accountId: DEMO_ACCOUNT_ID, gatewayName: random.pick(GATEWAYS) ?? DEMO_GATEWAY };
  const needsSegment = (await segment.count()) > 0 && /team|acme|extra/i.test(name);
  await ui.fill(name, needsSegment ? { ...fields, segment: "custom-acme" } : fields);
  if (random.is(0.5)) await typeToken(user, name);
  else if ((await ui.openBox(name).count()) > 0) await ui.openBox(name).check();
  await press(ui.save(name));
}

const GATEWAYS = [
  DEMO_GATEWAY,
  DEMO_GATEWAY,
  DEMO_TEAM_GATEWAY,
  DEMO_CACHED_GATEWAY,
  DEMO_LOCKED_GATEWAY,
  DEMO_BUSY_GATEWAY,
  DEMO_OPEN_GATEWAY,
  "no-such-gateway",
] as const;

async function opened(user: User, fits?: (row: Row) => boolean): Promise<Row | undefined> {
  const row = await anyRow(user, fits);
  if (row) await user.ui.open(row.name);
  return row;
}

async function typedAndSaved(user: User): Promise<boolean> {
  const { ui, random } = user;
  const row = await opened(user, ({ locked }) => !locked);
  if (!row) return false;
  const gatewayName = random.pick(GATEWAYS) ?? DEMO_GATEWAY;
  await ui.fill(row.name, { accountId: DEMO_ACCOUNT_ID, gatewayName });
  if (random.is(0.3)) await typeToken(user, row.name);
  const segment = ui.field(row.name, "Segment");
  if (/team|acme|extra/i.test(row.name) && (await segment.count()) > 0) {
    await segment.fill("custom-acme");
  }
  return press(ui.save(row.name));
}

async function typeToken({ ui }: User, name: string): Promise<void> {
  if ((await ui.openBox(name).count()) > 0) await ui.openBox(name).uncheck();
  const other = ui.row(name).getByRole("button", { name: /^(?:Replace|Enter another)$/ });
  if ((await other.count()) > 0) await press(other);
  const field = ui.row(name).locator('input[type="password"]');
  if ((await field.count()) > 0) await field.fill(DEMO_TOKEN);
}

async function typedAndDiscarded(user: User): Promise<boolean> {
  const { ui, random, page } = user;
  const row = await opened(user, ({ locked }) => !locked);
  if (!row) return false;
  await ui.fill(row.name, { gatewayName: `half-a-na${random.below(100)}` });
  if (random.is(0.5)) return press(ui.row(row.name).getByRole("button", { name: "Discard" }));
  await page.keyboard.press("Escape");
  return true;
}

async function nonsense(user: User): Promise<boolean> {
  const { ui } = user;
  const row = await opened(user, ({ locked }) => !locked);
  if (!row) return false;
  await ui.fill(row.name, { accountId: "../../etc", gatewayName: "a/b" });
  await press(ui.save(row.name));
  return press(ui.row(row.name).getByRole("button", { name: "Discard" }));
}

async function tokenRemoved(user: User): Promise<boolean> {
  const { ui } = user;
  const row = await opened(user, ({ on, locked }) => on && !locked);
  if (!row) return false;
  await ui.enterAnotherGateway(row.name);
  const open = ui.row(row.name).getByRole("button", { name: "This gateway is open" });
  if ((await open.count()) === 0) await typeToken(user, row.name);
  else await press(open);
  return press(ui.save(row.name));
}

async function forgotten(user: User): Promise<boolean> {
  const row = await opened(user, ({ on, locked }) => on && !locked);
  if (!row) return false;
  const forget = user.ui.row(row.name).getByRole("button", { name: "Remove" });
  // An unsaved form replaces the button.
  if ((await forget.count()) === 0) await user.page.keyboard.press("Escape");
  return press(forget);
}

async function undone({ page, random }: User): Promise<boolean> {
  if (random.is(0.2)) return press(page.getByRole("button", { name: "Dismiss" }));
  return press(page.getByRole("button", { name: "Undo" }));
}

async function undoneByKey({ page }: User): Promise<boolean> {
  await page.locator("h1").click();
  await page.keyboard.press("Control+z");
  return true;
}

async function mirrored({ page }: User): Promise<boolean> {
  return press(page.getByRole("switch", { name: "Make it work in today’s mux" }));
}

async function routedAll({ page }: User): Promise<boolean> {
  return (await chosen(page, /^Route \d+ more/)) && (await answered(page, /^Route/));
}

async function sentDirect({ page }: User): Promise<boolean> {
  return (await chosen(page, /^Send all direct/)) && (await answered(page, /^Send/));
}

/** Chooses an entry of the page's menu, whose code loads at its first use. */
async function chosen(page: Page, entry: string | RegExp): Promise<boolean> {
  if (!(await press(page.getByRole("button", { name: "More actions" })))) return false;
  if (!(await comes(page.getByRole("menu"), 10_000))) return false;
  if (await press(page.getByRole("menuitem", { name: entry }))) return true;
  await page.keyboard.press("Escape");
  return false;
}

/** Answers the app's question, which appears a moment after the click. Without one, waits for 5 seconds. */
async function answered(page: Page, answer: string | RegExp): Promise<boolean> {
  const button = page.getByRole("alertdialog").getByRole("button", { name: answer });
  return (await comes(button, 5000)) && (await press(button));
}

async function tested(user: User): Promise<boolean> {
  const row = await anyRow(user);
  return row ? testOf(user, row.name, user.random.between(500, 4000)) : false;
}

/** Waits at most `patience` milliseconds for the report, then stops the test. */
async function testOf(user: User, name: string, patience: number): Promise<boolean> {
  const { ui, page, verdictCheck } = user;
  const before = await verdictCheck.before(page, name);
  if (!(await press(ui.row(name).getByRole("button", { name: `Test ${name}` })))) return false;
  const report = ui.report(name);
  const done = report.and(page.locator('[aria-busy="false"]'));
  if (await comes(done, patience)) await verdictCheck.check(before, page, report);
  else await press(ui.row(name).getByRole("button", { name: `Stop the test of ${name}` }));
  return true;
}

/** Tests while every request fails, so a success would be wrong. */
async function testedDuringOutage(user: User): Promise<boolean> {
  const { demo, verdictCheck, random } = user;
  const row = await anyRow(user);
  if (!row) return false;
  const answer = random.pick(REFUSALS) ?? REFUSALS[0];
  const scripts = [demo.cloudflare, demo.providers];
  for (const script of scripts) {
    // Queued responses would come first.
    script.calm();
    script.always(answer);
  }
  verdictCheck.setOutage(true);
  const done = await testOf(user, row.name, 4000);
  verdictCheck.setOutage(false);
  for (const script of scripts) script.calm();
  return done;
}

const REFUSALS = [
  { kind: "cut" },
  { kind: "answer", status: 500, body: "{}" },
  { kind: "answer", status: 200, body: "<p>Welcome to the hotel's network</p>" },
] as const;

async function comes(what: Locator, patience: number): Promise<boolean> {
  return within(patience, async () => (await what.count()) > 0);
}

async function goes(what: Locator, patience: number): Promise<boolean> {
  return within(patience, async () => (await what.count()) === 0);
}

async function within(ms: number, met: () => Promise<boolean>): Promise<boolean> {
  for (const start = performance.now(); performance.now() - start < ms; await wait(30)) {
    if (await met()) return true;
  }
  return false;
}

async function testedDirectly(user: User): Promise<boolean> {
  const { page, ui } = user;
  const button = page.getByRole("button", { name: "Try without the gateway" });
  if (await press(button)) return true;
  // Only the report of a failed test has this button.
  const row = await anyRow(user, ({ on }) => on);
  if (!row || !(await testOf(user, row.name, 3000))) return false;
  const own = ui.row(row.name).getByRole("button", { name: "Try without the gateway" });
  return press(own);
}

async function testedAll({ page, random }: User): Promise<boolean> {
  if (!(await press(page.getByRole("button", { name: "Test all" })))) return false;
  const sum = page.locator(".cfgw-all-sum:not(:empty)");
  if (!(await comes(sum, random.between(300, 5000)))) {
    await press(page.getByRole("button", { name: "Stop all" }));
  }
  return true;
}

/** Starts a test without waiting for it, or stops a running one. */
async function stopped(user: User): Promise<boolean> {
  const { page, ui } = user;
  if (await press(page.getByRole("button", { name: /^Stop/ }))) return true;
  const row = await anyRow(user);
  return row ? press(ui.row(row.name).getByRole("button", { name: `Test ${row.name}` })) : false;
}

async function compared(user: User): Promise<boolean> {
  const { page, ui, random } = user;
  const name = random.is(0.7) ? "Compare once" : /^\d times$/;
  if (!(await press(page.getByRole("button", { name })))) {
    const row = await anyRow(user, ({ on }) => on);
    if (!row || !(await testOf(user, row.name, 3000))) return false;
    await ui.evidence(row.name);
    if (!(await press(ui.row(row.name).getByRole("button", { name })))) return false;
  }
  const stop = page.getByRole("button", { name: "Stop comparing" });
  if (!(await goes(stop, random.between(300, 2500)))) await press(stop);
  return true;
}

async function unfolded(user: User): Promise<boolean> {
  const row = await anyRow(user);
  if (!row) return false;
  return press(user.ui.trigger(row.name));
}

async function reportShown({ page, random }: User): Promise<boolean> {
  const badges = page.locator(".cfgw-last:visible");
  return press(badges.nth(random.below(Math.max(1, await badges.count()))));
}

async function detailed({ page }: User): Promise<boolean> {
  return press(page.getByRole("button", { name: "Details" }));
}

async function filtered({ page, random }: User): Promise<boolean> {
  const field = page.getByRole("searchbox");
  if ((await field.count()) === 0) return false;
  await field.fill(
    random.pick(["team", "an", "o", "no provider has this name", "", "", "", ""]) ?? "",
  );
  return true;
}

async function decided({ page, random }: User): Promise<boolean> {
  const names = ["Keep mine", "Keep the file’s", "Sync with the gateway settings"] as const;
  return press(page.getByRole("button", { name: random.pick(names) ?? names[0] }));
}

async function helped({ page, random }: User): Promise<boolean> {
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  if (!(await chosen(page, "Keyboard shortcuts"))) return false;
  await dialog.waitFor();
  if (random.is(0.5)) await page.keyboard.press("Escape");
  else await press(dialog.getByRole("button", { name: "Close" }));
  await dialog.waitFor({ state: "hidden" });
  return true;
}

async function themed({ app, page, random }: User): Promise<boolean> {
  await page.emulateMedia({ colorScheme: random.pick(["dark", "light"]) ?? null });
  await app.evaluate(
    ({ Menu }, id) => Menu.getApplicationMenu()?.getMenuItemById(id)?.click(),
    `theme-${random.pick(["system", "light", "dark"]) ?? "system"}`,
  );
  return true;
}

async function zoomed({ page, random }: User): Promise<boolean> {
  const width = random.pick([375, 700, 1000, 1400]) ?? 1000;
  await page.setViewportSize({ width, height: 780 });
  return true;
}

/** With unsaved text, the page asks first; the answer is to stay. */
async function reloaded({ page }: User): Promise<boolean> {
  try {
    await page.reload();
    await page.locator(".cfgw-footer").waitFor();
    return true;
  } catch {
    // With unsaved text, the page stays and asks. On a busy machine, the question appears after the rejection.
    await answered(page, "Keep editing");
    return false;
  }
}
