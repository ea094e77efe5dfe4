/** The quiet after each round: all that was begun comes to its end, and page, file and log are looked at. */
import { readdir, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import type { Locator } from "playwright";

import { DEMO_ACCOUNT_ID, DEMO_GATEWAY } from "../../demo/names";
import { damageBetween, routedIn } from "./file-rules";
import type { Guarantee } from "./guarantee";
import { SECRETS } from "./home-text";
import { putHome, textNow } from "./outside-edits";
import type { Stage } from "./stage";
import { calm } from "./trouble";

/** The panel promises a second; a machine that is busy with other things gets more. */
const LATEST_MS = 5000;
/** What is waited for here comes, sooner or later. */
const PATIENCE_MS = 30_000;
/** So long, in ms, nobody has written: what was asked for at the last moment is made or given up. */
const STILL_MS = 300;
const STEP_MS = 50;

export class Quiet {
  readonly #stage: Stage;
  readonly #lost: string[] = [];
  readonly #shown: string[] = [];
  readonly #leaked: string[] = [];
  readonly #left: string[] = [];
  #times = 0;
  #compared = 0;
  #looked = 0;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Ends with the file as it was at first, and the page too: loaded anew if `fresh`, else put in order. */
  async come({ fresh }: { readonly fresh: boolean }): Promise<void> {
    const { demo, panel, ui, ledger, honesty } = this.#stage;
    const { page } = panel;
    this.#times++;
    page.setDefaultTimeout(PATIENCE_MS);
    await calm(demo);
    honesty.allFail(false);
    await pressAll(page.getByRole("button", { name: /^Stop/ }));
    await page.locator('[aria-busy="true"]').first().waitFor({ state: "detached" });
    await this.#still();

    await this.#compare();
    await ledger.caughtUp();
    const now = await textNow(demo.file);
    if (ledger.lastOwn !== null) this.#lost.push(...damageBetween(ledger.lastOwn, now));
    await this.#lookForSecrets();
    await honesty.judgeAll(page);
    demo.clearRequests();

    const { others } = ledger;
    await putHome({ file: demo.file, ledger });
    await this.#tidy();
    if (fresh) {
      await page.reload();
      await ui.ready();
    }
    await this.#compare();
    await this.#lookForSecrets();
    await ledger.caughtUp();
    if (ledger.others !== others) this.#lost.push("somebody wrote without being asked");
  }

  /** One change more, to be made although killed programs have left behind what they could. */
  async lastChange(): Promise<void> {
    const { demo, ui, ledger } = this.#stage;
    const directory = dirname(demo.file);
    const old = new Date(Date.now() - 60_000);
    for (const name of await readdir(directory)) {
      // An unfinished lock is cleared away once it is old.
      if (name.includes(".stage-")) await utimes(join(directory, name), old, old);
    }
    const details = { accountId: DEMO_ACCOUNT_ID, gatewayName: DEMO_GATEWAY };
    await ui.switchOnWith("Anthropic", details);
    await ledger.caughtUp();
    // The lock is given back a moment after the panel has its answer.
    for (const start = performance.now(); ; await wait(STEP_MS)) {
      const names = (await readdir(directory)).filter((name) => name !== "providers.jsonc");
      if (names.length === 0) return;
      if (performance.now() - start < LATEST_MS) continue;
      this.#left.push(...names.map((name) => `${name} is left`));
      return;
    }
  }

  guarantees(): readonly Guarantee[] {
    return [
      {
        name: "no outside edit is lost, and nobody writes without being asked",
        figures: `looked at in ${this.#times} quiet moments`,
        failures: this.#lost,
      },
      {
        name: "the page shows what is in the file",
        figures: `every switch compared ${this.#compared} times`,
        failures: this.#shown,
      },
      {
        name: "no key in the page or the log",
        figures: `${SECRETS.length} keys looked for ${this.#looked} times`,
        failures: this.#leaked,
      },
      {
        name: "nothing is left beside the file",
        figures: "after one more change",
        failures: this.#left,
      },
    ];
  }

  async #still(): Promise<void> {
    const { ledger } = this.#stage;
    for (let still = 0, last = -1; still < STILL_MS; await wait(STEP_MS)) {
      await ledger.caughtUp();
      still = ledger.others === last ? still + STEP_MS : 0;
      last = ledger.others;
    }
  }

  /** The switches come to be as the blocks in the file are, whoever is the last to change. */
  async #compare(): Promise<void> {
    this.#compared++;
    for (const start = performance.now(); ; await wait(STEP_MS)) {
      const wanted = routedIn(await textNow(this.#stage.demo.file))?.join(", ");
      const found = (await this.#switchedOn()).join(", ");
      if (found === wanted) return;
      if (performance.now() - start < LATEST_MS) continue;
      this.#shown.push(`on: ${found || "none"}; in the file: ${wanted ?? "what does not parse"}`);
      return;
    }
  }

  async #switchedOn(): Promise<readonly string[]> {
    const names = await this.#stage.panel.page.evaluate(() =>
      [...document.querySelectorAll('.cfgw-card:has([role="switch"][aria-checked="true"])')].map(
        (row) => row.querySelector(".cfgw-name")?.textContent ?? "",
      ),
    );
    return names.toSorted();
  }

  async #lookForSecrets(): Promise<void> {
    const { panel } = this.#stage;
    this.#looked++;
    const seen = await panel.page.evaluate(() => {
      const { documentElement: page } = document;
      // What a person has just typed stands in their own field, and there alone.
      const typed = [...page.querySelectorAll<HTMLInputElement>('[type="password"]')];
      const html = typed.reduce((text, { value }) => {
        return value === "" ? text : text.replaceAll(`value="${value}"`, "");
      }, page.outerHTML);
      return [html, ...Object.values(localStorage), ...Object.values(sessionStorage)].join("\n");
    });
    const log = panel.log().join("\n");
    for (const secret of SECRETS) {
      if (seen.includes(secret)) this.#leaked.push(`${secret} is in the page`);
      if (log.includes(secret)) this.#leaked.push(`${secret} is in the log`);
    }
  }

  async #tidy(): Promise<void> {
    const { page } = this.#stage.panel;
    await page.keyboard.press("Escape");
    // What is behind a dialog has no role until it is gone.
    await page.locator('[role$="dialog"]').first().waitFor({ state: "detached" });
    const search = page.getByRole("searchbox");
    if ((await search.count()) > 0) await search.fill("");
    for (const name of ["Keep the file’s", "Discard", "Hide the report", "Dismiss"]) {
      await pressAll(page.getByRole("button", { name }));
    }
    // What was typed in a row that was folded afterwards is still there.
    await pressAll(page.locator('.cfgw-card:has-text("Not saved") .cfgw-trigger'));
    await pressAll(page.getByRole("button", { name: "Discard" }));
    await pressAll(page.locator('.cfgw-trigger[aria-expanded="true"]'));
    await page.setViewportSize({ width: 1000, height: 780 });
  }
}

/** Until there is none any more; each press makes one less. */
async function pressAll(buttons: Locator): Promise<void> {
  for (let tries = 0; tries < 100 && (await buttons.count()) > 0; tries++) {
    await buttons
      .first()
      .click({ timeout: 1000 })
      .catch(() => undefined);
  }
}
