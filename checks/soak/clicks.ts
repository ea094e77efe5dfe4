/** What a person does in the panel, one thing at a time, in no order. */
import { setTimeout as wait } from "node:timers/promises";

import type { ElectronApplication, Locator, Page } from "playwright";

import type { Demo } from "../../demo/demo";
import {
  DEMO_ACCOUNT_ID,
  DEMO_BUSY_GATEWAY,
  DEMO_CACHED_GATEWAY,
  DEMO_GATEWAY,
  DEMO_LOCKED_GATEWAY,
  DEMO_TEAM_GATEWAY,
  DEMO_TOKEN,
} from "../../demo/names";
import type { PanelPage } from "../driving/panel-page";
import type { Chance } from "./chance";
import type { Honesty } from "./honesty";

export interface Person {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly ui: PanelPage;
  readonly demo: Demo;
  readonly chance: Chance;
  readonly honesty: Honesty;
}

export interface Click {
  readonly name: string;
  readonly weight: number;
  /** False when what it takes was not on screen. */
  readonly make: (person: Person) => Promise<boolean>;
}

export const RELOAD = "reload";

export const CLICKS: readonly Click[] = [
  { name: "switch", weight: 14, make: switched },
  { name: "type and save", weight: 8, make: typedAndSaved },
  { name: "type and discard", weight: 4, make: typedAndDiscarded },
  { name: "type nonsense and save", weight: 2, make: nonsense },
  { name: "take the token away", weight: 2, make: tokenRemoved },
  { name: "forget", weight: 3, make: forgotten },
  { name: "undo", weight: 5, make: undone },
  { name: "undo by key", weight: 3, make: undoneByKey },
  { name: "mirror", weight: 3, make: mirrored },
  { name: "route all", weight: 3, make: routedAll },
  { name: "test", weight: 10, make: tested },
  { name: "test while nothing can succeed", weight: 4, make: testedInVain },
  { name: "test without the gateway", weight: 2, make: testedDirectly },
  { name: "test all", weight: 2, make: testedAll },
  { name: "test and leave, or stop", weight: 3, make: stopped },
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

/** A row that is on screen, as the page shows it. */
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
  { page, chance }: Person,
  fits: (row: Row) => boolean = Boolean,
): Promise<Row | undefined> {
  return chance.pick((await rowsOf(page)).filter(fits));
}

/**
 * Whether there was one to press. Looks first: a wait of Playwright's that is given up keeps its
 * element in memory, which would pass for a leak of the page.
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
    // It went away under the finger.
    return false;
  }
}

async function switched(person: Person): Promise<boolean> {
  const row = await anyRow(person, ({ locked }) => !locked);
  if (!row || !(await press(person.ui.switchOf(row.name)))) return false;
  // The first of all, and those that need a segment, ask for more.
  await fillWhatIsMissing(person, row.name);
  return true;
}

async function fillWhatIsMissing(person: Person, name: string): Promise<void> {
  const { ui, chance } = person;
  const gatewayName = ui.field(name, "Gateway name");
  if ((await gatewayName.count()) === 0 || !(await gatewayName.isEnabled())) return;
  if ((await ui.switchOf(name).getAttribute("aria-checked")) === "true") return;
  const segment = ui.field(name, "Segment");
  const fields = { accountId: DEMO_ACCOUNT_ID, gatewayName: chance.pick(GATEWAYS) ?? DEMO_GATEWAY };
  const needsSegment = (await segment.count()) > 0 && /team|acme|extra/i.test(name);
  await ui.fill(name, needsSegment ? { ...fields, segment: "custom-acme" } : fields);
  await press(ui.save(name));
}

const GATEWAYS = [
  DEMO_GATEWAY,
  DEMO_GATEWAY,
  DEMO_TEAM_GATEWAY,
  DEMO_CACHED_GATEWAY,
  DEMO_LOCKED_GATEWAY,
  DEMO_BUSY_GATEWAY,
  "no-such-gateway",
] as const;

async function opened(person: Person, fits?: (row: Row) => boolean): Promise<Row | undefined> {
  const row = await anyRow(person, fits);
  if (row) await person.ui.open(row.name);
  return row;
}

async function typedAndSaved(person: Person): Promise<boolean> {
  const { ui, chance } = person;
  const row = await opened(person, ({ locked }) => !locked);
  if (!row) return false;
  const gatewayName = chance.pick(GATEWAYS) ?? DEMO_GATEWAY;
  await ui.fill(row.name, { accountId: DEMO_ACCOUNT_ID, gatewayName });
  if (chance.is(0.3)) await typeToken(person, row.name);
  const segment = ui.field(row.name, "Segment");
  if (/team|acme|extra/i.test(row.name) && (await segment.count()) > 0) {
    await segment.fill("custom-acme");
  }
  const others = ui.row(row.name).getByRole("checkbox");
  if (chance.is(0.5) && (await others.count()) > 0) await others.check();
  return press(ui.save(row.name));
}

async function typeToken({ ui }: Person, name: string): Promise<void> {
  const replace = ui.row(name).getByRole("button", { name: "Replace" });
  if ((await replace.count()) > 0) await press(replace);
  await ui.fill(name, { token: DEMO_TOKEN });
}

async function typedAndDiscarded(person: Person): Promise<boolean> {
  const { ui, chance, page } = person;
  const row = await opened(person, ({ locked }) => !locked);
  if (!row) return false;
  await ui.fill(row.name, { gatewayName: `half-a-na${chance.below(100)}` });
  if (chance.is(0.5)) return press(ui.row(row.name).getByRole("button", { name: "Discard" }));
  await page.keyboard.press("Escape");
  return true;
}

async function nonsense(person: Person): Promise<boolean> {
  const { ui } = person;
  const row = await opened(person, ({ locked }) => !locked);
  if (!row) return false;
  await ui.fill(row.name, { accountId: "../../etc", gatewayName: "a/b" });
  await press(ui.save(row.name));
  return press(ui.row(row.name).getByRole("button", { name: "Discard" }));
}

async function tokenRemoved(person: Person): Promise<boolean> {
  const { ui } = person;
  const row = await opened(person, ({ on, locked }) => on && !locked);
  if (!row) return false;
  const remove = ui.row(row.name).getByRole("button", { name: "Remove" });
  if ((await remove.count()) === 0) await typeToken(person, row.name);
  else await press(remove);
  return press(ui.save(row.name));
}

async function forgotten(person: Person): Promise<boolean> {
  const row = await opened(person, ({ on, locked }) => on && !locked);
  if (!row) return false;
  const forget = person.ui.row(row.name).getByRole("button", { name: "Forget" });
  // What was typed stands in its place.
  if ((await forget.count()) === 0) await person.page.keyboard.press("Escape");
  return press(forget);
}

async function undone({ page, chance }: Person): Promise<boolean> {
  if (chance.is(0.2)) return press(page.getByRole("button", { name: "Dismiss" }));
  return press(page.getByRole("button", { name: "Undo" }));
}

async function undoneByKey({ page }: Person): Promise<boolean> {
  await page.locator("h1").click();
  await page.keyboard.press("Control+z");
  return true;
}

async function mirrored({ page }: Person): Promise<boolean> {
  return press(page.getByRole("switch", { name: "Route released versions of mux too" }));
}

async function routedAll({ page }: Person): Promise<boolean> {
  return press(page.getByRole("button", { name: /^Route \d+ more$/ }));
}

async function tested(person: Person): Promise<boolean> {
  const row = await anyRow(person);
  return row ? testOf(person, row.name, person.chance.between(500, 4000)) : false;
}

/** Waits so long, in milliseconds, for the report, and stops the test then. */
async function testOf(person: Person, name: string, patience: number): Promise<boolean> {
  const { ui, page, honesty } = person;
  const before = await honesty.before(page, name);
  if (!(await press(ui.row(name).getByRole("button", { name: `Test ${name}` })))) return false;
  const report = ui.report(name);
  const done = report.and(page.locator('[aria-busy="false"]'));
  if (await comes(done, patience)) await honesty.judge(before, page, report);
  else await press(ui.row(name).getByRole("button", { name: `Stop the test of ${name}` }));
  return true;
}

/** What comes of it is known beforehand: anything but a success. */
async function testedInVain(person: Person): Promise<boolean> {
  const { demo, honesty, chance } = person;
  const row = await anyRow(person);
  if (!row) return false;
  const answer = chance.pick(REFUSALS) ?? REFUSALS[0];
  const scripts = [demo.cloudflare, demo.providers];
  for (const script of scripts) {
    // What is queued would come first.
    script.calm();
    script.always(answer);
  }
  honesty.allFail(true);
  const done = await testOf(person, row.name, 4000);
  honesty.allFail(false);
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

async function testedDirectly(person: Person): Promise<boolean> {
  const { page, ui } = person;
  const button = page.getByRole("button", { name: "Try without the gateway" });
  if (await press(button)) return true;
  // Only a report that says no offers it.
  const row = await anyRow(person, ({ on }) => on);
  if (!row || !(await testOf(person, row.name, 3000))) return false;
  const own = ui.row(row.name).getByRole("button", { name: "Try without the gateway" });
  return press(own);
}

async function testedAll({ page, chance }: Person): Promise<boolean> {
  if (!(await press(page.getByRole("button", { name: "Test all" })))) return false;
  const sum = page.locator(".cfgw-all-sum:not(:empty)");
  if (!(await comes(sum, chance.between(300, 5000)))) {
    await press(page.getByRole("button", { name: "Stop all" }));
  }
  return true;
}

/** Begins a test and leaves it alone, or stops one that was left alone. */
async function stopped(person: Person): Promise<boolean> {
  const { page, ui } = person;
  if (await press(page.getByRole("button", { name: /^Stop/ }))) return true;
  const row = await anyRow(person);
  return row ? press(ui.row(row.name).getByRole("button", { name: `Test ${row.name}` })) : false;
}

async function compared(person: Person): Promise<boolean> {
  const { page, ui, chance } = person;
  const name = chance.is(0.7) ? "Compare once" : /^\d times$/;
  if (!(await press(page.getByRole("button", { name })))) {
    const row = await anyRow(person, ({ on }) => on);
    if (!row || !(await testOf(person, row.name, 3000))) return false;
    if (!(await press(ui.row(row.name).getByRole("button", { name })))) return false;
  }
  const stop = page.getByRole("button", { name: "Stop comparing" });
  if (!(await goes(stop, chance.between(300, 2500)))) await press(stop);
  return true;
}

async function unfolded(person: Person): Promise<boolean> {
  const row = await anyRow(person);
  if (!row) return false;
  return press(person.ui.row(row.name).getByRole("button", { name: row.name, exact: true }));
}

async function reportShown({ page, chance }: Person): Promise<boolean> {
  const badges = page.locator(".cfgw-last:visible");
  return press(badges.nth(chance.below(Math.max(1, await badges.count()))));
}

async function detailed({ page }: Person): Promise<boolean> {
  return press(page.getByRole("button", { name: "Details" }));
}

async function filtered({ page, chance }: Person): Promise<boolean> {
  const field = page.getByRole("searchbox");
  if ((await field.count()) === 0) return false;
  await field.fill(chance.pick(["team", "an", "o", "nobody has this name", "", "", "", ""]) ?? "");
  return true;
}

async function decided({ page, chance }: Person): Promise<boolean> {
  const names = ["Keep mine", "Keep the file’s", "Bring them in step"] as const;
  return press(page.getByRole("button", { name: chance.pick(names) ?? names[0] }));
}

async function helped({ page, chance }: Person): Promise<boolean> {
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  if (!(await press(page.getByRole("button", { name: "Keyboard shortcuts" })))) return false;
  await dialog.waitFor();
  if (chance.is(0.5)) await page.keyboard.press("Escape");
  else await press(dialog.getByRole("button", { name: "Close" }));
  await dialog.waitFor({ state: "hidden" });
  return true;
}

async function themed({ app, page, chance }: Person): Promise<boolean> {
  await page.emulateMedia({ colorScheme: chance.pick(["dark", "light"]) ?? null });
  await app.evaluate(
    ({ Menu }, id) => Menu.getApplicationMenu()?.getMenuItemById(id)?.click(),
    `theme-${chance.pick(["system", "light", "dark"]) ?? "system"}`,
  );
  return true;
}

async function zoomed({ page, chance }: Person): Promise<boolean> {
  const width = chance.pick([375, 700, 1000, 1400]) ?? 1000;
  await page.setViewportSize({ width, height: 780 });
  return true;
}

/** Over text that is not saved the page asks first, and stays. */
async function reloaded({ page }: Person): Promise<boolean> {
  try {
    await page.reload();
    await page.locator(".cfgw-intro").waitFor();
    return true;
  } catch {
    await press(page.getByRole("alertdialog").getByRole("button", { name: "Keep editing" }));
    return false;
  }
}
