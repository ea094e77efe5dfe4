/** After each round, waits until all work has ended and checks the page, the file and the log. */
import { readdir, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import type { Locator } from "playwright";

import { DEMO_FIELDS } from "../../demo/names";
import { damageBetween, routedIn } from "./file-rules";
import type { Check } from "./check";
import { SECRETS } from "./home-text";
import { putHome, textNow } from "./outside-edits";
import type { Setup } from "./setup";
import { restoreDemo } from "./faults";

/** The panel promises one second; a busy machine gets more. */
const MAX_DELAY_MS = 5000;
const TIMEOUT_MS = 30_000;
/** How long, in ms, the file must be unchanged before it is checked. */
const SETTLE_MS = 300;
const STEP_MS = 50;

/** The files that the demo puts into mux's home. */
const OF_THE_HOME: ReadonlySet<string> = new Set(["config.json", "providers.jsonc"]);

export class IdleChecks {
  readonly #setup: Setup;
  readonly #lost: string[] = [];
  readonly #mismatches: string[] = [];
  readonly #leaks: string[] = [];
  readonly #leftovers: string[] = [];
  #runs = 0;
  #compared = 0;
  #searches = 0;

  constructor(setup: Setup) {
    this.#setup = setup;
  }

  /** Runs the checks, then resets the file and the page: reloaded if `fresh`, else tidied up. */
  async run({ fresh }: { readonly fresh: boolean }): Promise<void> {
    const { demo, panel, ui, fileHistory, verdictCheck } = this.#setup;
    const { page } = panel;
    this.#runs++;
    page.setDefaultTimeout(TIMEOUT_MS);
    await restoreDemo(demo);
    verdictCheck.setOutage(false);
    await pressAll(page.getByRole("button", { name: /^Stop/ }));
    await page.locator('[aria-busy="true"]').first().waitFor({ state: "detached" });
    await this.#settle();

    await this.#compare();
    await fileHistory.catchUp();
    const now = await textNow(demo.file);
    if (fileHistory.lastOwn !== null) this.#lost.push(...damageBetween(fileHistory.lastOwn, now));
    await this.#lookForSecrets();
    await verdictCheck.checkAll(page);
    demo.clearRequests();

    const { others } = fileHistory;
    await putHome({ file: demo.file, fileHistory });
    await this.#tidy();
    if (fresh) {
      await page.reload();
      await ui.ready();
    }
    await this.#compare();
    await this.#lookForSecrets();
    await fileHistory.catchUp();
    if (fileHistory.others !== others) this.#lost.push("the app wrote without a user action");
  }

  /** Makes one more change, to check that it also removes the files left by killed programs. */
  async lastChange(): Promise<void> {
    const { demo, ui, fileHistory } = this.#setup;
    const directory = dirname(demo.file);
    const old = new Date(Date.now() - 60_000);
    for (const name of await readdir(directory)) {
      // Stale lock stages are removed only when they are old.
      if (name.includes(".stage-")) await utimes(join(directory, name), old, old);
    }
    await ui.switchOnWith("Anthropic", DEMO_FIELDS);
    await fileHistory.catchUp();
    // The lock is released a moment after the call returns.
    for (const start = performance.now(); ; await wait(STEP_MS)) {
      const names = (await readdir(directory)).filter((name) => !OF_THE_HOME.has(name));
      if (names.length === 0) return;
      if (performance.now() - start < MAX_DELAY_MS) continue;
      this.#leftovers.push(...names.map((name) => `${name} was left behind`));
      return;
    }
  }

  checks(): readonly Check[] {
    return [
      {
        name: "no outside edit is lost, and the app writes only on user actions",
        figures: `checked ${this.#runs} times`,
        failures: this.#lost,
      },
      {
        name: "the page matches the file",
        figures: `every switch compared ${this.#compared} times`,
        failures: this.#mismatches,
      },
      {
        name: "no key in the page or the log",
        figures: `${SECRETS.length} keys, searched ${this.#searches} times`,
        failures: this.#leaks,
      },
      {
        name: "no temporary files are left",
        figures: "after one more change",
        failures: this.#leftovers,
      },
    ];
  }

  async #settle(): Promise<void> {
    const { fileHistory } = this.#setup;
    for (let still = 0, last = -1; still < SETTLE_MS; await wait(STEP_MS)) {
      await fileHistory.catchUp();
      still = fileHistory.others === last ? still + STEP_MS : 0;
      last = fileHistory.others;
    }
  }

  /** Waits until the switches match the blocks in the file. */
  async #compare(): Promise<void> {
    this.#compared++;
    for (const start = performance.now(); ; await wait(STEP_MS)) {
      const wanted = routedIn(await textNow(this.#setup.demo.file))?.join(", ");
      const found = (await this.#switchedOn()).join(", ");
      if (found === wanted) return;
      if (performance.now() - start < MAX_DELAY_MS) continue;
      this.#mismatches.push(`on: ${found || "none"}; in the file: ${wanted ?? "a syntax error"}`);
      return;
    }
  }

  async #switchedOn(): Promise<readonly string[]> {
    const names = await this.#setup.panel.page.evaluate(() =>
      [...document.querySelectorAll('.cfgw-card:has([role="switch"][aria-checked="true"])')].map(
        (row) => row.querySelector(".cfgw-name")?.textContent ?? "",
      ),
    );
    return names.toSorted();
  }

  async #lookForSecrets(): Promise<void> {
    const { panel } = this.#setup;
    this.#searches++;
    const seen = await panel.page.evaluate(() => {
      const { documentElement: page } = document;
      // A typed token may appear only in its own field.
      const typed = [...page.querySelectorAll<HTMLInputElement>('[type="password"]')];
      const html = typed.reduce((text, { value }) => {
        return value === "" ? text : text.replaceAll(`value="${value}"`, "");
      }, page.outerHTML);
      return [html, ...Object.values(localStorage), ...Object.values(sessionStorage)].join("\n");
    });
    const log = panel.log().join("\n");
    for (const secret of SECRETS) {
      if (seen.includes(secret)) this.#leaks.push(`${secret} is in the page`);
      if (log.includes(secret)) this.#leaks.push(`${secret} is in the log`);
    }
  }

  async #tidy(): Promise<void> {
    const { page } = this.#setup.panel;
    await page.keyboard.press("Escape");
    // Elements behind a dialog have no role until it closes.
    await page.locator('[role$="dialog"]').first().waitFor({ state: "detached" });
    const search = page.getByRole("searchbox");
    if ((await search.count()) > 0) await search.fill("");
    for (const name of ["Keep the file’s", "Discard", "Dismiss"]) {
      await pressAll(page.getByRole("button", { name }));
    }
    await page.setViewportSize({ width: 1000, height: 780 });
    // Only a closed row tells that it has unsaved text.
    const open = page.locator('.cfgw-trigger[aria-expanded="true"]');
    await pressAll(open);
    await this.#discardAll();
    await pressAll(open);
  }

  /** Discards the text in all closed rows. Some counts as unsaved only after the page has read the file again. */
  async #discardAll(): Promise<void> {
    const { panel, ui } = this.#setup;
    const unsaved = panel.page.locator('.cfgw-card:has-text("Not saved")');
    for (let still = 0; still < SETTLE_MS; await wait(STEP_MS)) {
      const names = await namesOf(unsaved);
      still = names.length === 0 ? still + STEP_MS : 0;
      for (const name of names) {
        await ui.open(name);
        const discard = ui
          .details(name)
          .getByRole("button", { name: /^(?:Discard|Keep the file’s)$/ });
        // The form appears a moment after its row opens.
        await discard.first().waitFor();
        await pressAll(discard);
      }
    }
  }
}

/** The names of the providers in these rows. */
async function namesOf(rows: Locator): Promise<readonly string[]> {
  return rows.locator(".cfgw-name").allTextContents();
}

/** Presses until no button is left. */
async function pressAll(buttons: Locator): Promise<void> {
  for (let tries = 0; tries < 100 && (await buttons.count()) > 0; tries++) {
    await buttons
      .first()
      .click({ timeout: 1000 })
      .catch(() => undefined);
  }
}
