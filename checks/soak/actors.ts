/** The three who act at the same time: a person at the panel, others at the file, and bad luck. */
import { setTimeout as wait } from "node:timers/promises";

import { Chance } from "./chance";
import { CLICKS, RELOAD, rowsOf, type Click } from "./clicks";
import { OUTSIDE_EDITS } from "./outside-edits";
import type { Stage } from "./stage";
import { Tally } from "./tally";
import { calm, FAULTS } from "./trouble";

/** After so long, in ms, a person looks for something else. */
const PATIENCE_MS = 2000;
const QUIET_PATIENCE_MS = 30_000;

export class Actors {
  readonly tally = new Tally();
  /** What an outside edit or a fault could not do, which is a mistake of the soak's own. */
  readonly failures: string[] = [];
  readonly #stage: Stage;
  readonly #programs: string;
  readonly #person: Chance;
  readonly #editor: Chance;
  readonly #luck: Chance;

  /** `programs`: the directory of the bundled programs that are started and killed. */
  constructor(stage: Stage, programs: string, seed: number) {
    this.#stage = stage;
    this.#programs = programs;
    const chance = new Chance(seed);
    this.#person = chance.fork();
    this.#editor = chance.fork();
    this.#luck = chance.fork();
  }

  /** Everything once, so that what is loaded at its first use is there before anything is compared. */
  async warmUp(): Promise<void> {
    const { demo, panel } = this.#stage;
    panel.page.setDefaultTimeout(PATIENCE_MS);
    const never = new AbortController().signal;
    await Promise.all([
      eachOf(CLICKS, async (click) => this.#click(click)),
      eachOf(OUTSIDE_EDITS, async (edit) => this.#edit(edit, never)),
      eachOf(FAULTS, async (fault) => this.#fault(fault, never)),
    ]);
    await calm(demo);
  }

  /** Each provider's test to its end: what speaks with it is loaded, whatever chance picks afterwards. */
  async testEach(): Promise<void> {
    const { panel, ui } = this.#stage;
    panel.page.setDefaultTimeout(PATIENCE_MS);
    await eachOf(await ui.names(), async (name) => {
      const test = ui.row(name).getByRole("button", { name: `Test ${name}` });
      if ((await test.count()) > 0) await test.click();
    });
    await panel.page.locator('[aria-busy="true"]').first().waitFor({ state: "detached" });
  }

  /** In this page every row unfolded, typed in, tested and folded, and everything else done once: it keeps what it ever will. */
  async goThroughPage(): Promise<void> {
    const { panel, ui } = this.#stage;
    const { page } = panel;
    // Nobody else is at the file: what is pressed here is there.
    page.setDefaultTimeout(QUIET_PATIENCE_MS);
    await eachOf(await rowsOf(page), async ({ name, locked }) => {
      const row = ui.row(name);
      await row.getByRole("button", { name: `Test ${name}` }).click();
      await ui.open(name);
      if (!locked) await ui.fill(name, { gatewayName: "half-a-name" });
      await page.keyboard.press("Escape");
      await row.getByRole("button", { name, exact: true }).click();
    });
    const inThisPage = CLICKS.filter(({ name }) => name !== RELOAD);
    page.setDefaultTimeout(PATIENCE_MS);
    await eachOf(inThisPage, async (click) => this.#click(click));
  }

  /** So many milliseconds of all at once. */
  async play(ms: number, options: { readonly reloads: boolean }): Promise<void> {
    this.#stage.panel.page.setDefaultTimeout(PATIENCE_MS);
    const over = AbortSignal.timeout(Math.round(ms));
    const clicks = CLICKS.filter(({ name }) => options.reloads || name !== RELOAD);
    await Promise.all([
      until(over, async () => {
        const click = this.#person.weighed(clicks);
        if (click) await this.#click(click);
      }),
      until(over, async () => {
        await pause(this.#editor.between(100, 1500), over);
        const edit = this.#editor.weighed(OUTSIDE_EDITS);
        if (edit && !over.aborted) await this.#edit(edit, over);
      }),
      until(over, async () => {
        await pause(this.#luck.between(100, 2000), over);
        const fault = this.#luck.weighed(FAULTS);
        if (fault && !over.aborted) await this.#fault(fault, over);
      }),
    ]);
  }

  async #click(click: Click): Promise<void> {
    const { panel, ui, demo, honesty } = this.#stage;
    const { app, page } = panel;
    const person = { app, page, ui, demo, honesty, chance: this.#person };
    // What was there when it was chosen can be gone a moment later: somebody else is at the file.
    const done = await click.make(person).catch(() => false);
    if (done) this.tally.did("click", click.name);
    else this.tally.missed("click", click.name);
  }

  async #edit({ name, make }: (typeof OUTSIDE_EDITS)[number], signal: AbortSignal): Promise<void> {
    const { ledger, demo } = this.#stage;
    await this.#tryTo("edit", name, async () =>
      make({ file: demo.file, ledger, chance: this.#editor, signal }),
    );
  }

  async #fault({ name, make }: (typeof FAULTS)[number], signal: AbortSignal): Promise<void> {
    const { demo, honesty } = this.#stage;
    const allFail = (whether: boolean): void => honesty.allFail(whether);
    const doAllFail = (): boolean => honesty.doAllFail;
    await this.#tryTo("fault", name, async () =>
      make({ demo, programs: this.#programs, chance: this.#luck, signal, allFail, doAllFail }),
    );
  }

  async #tryTo(kind: "edit" | "fault", name: string, act: () => Promise<void>): Promise<void> {
    try {
      await act();
      this.tally.did(kind, name);
    } catch (error) {
      this.failures.push(`${name}: ${String(error)}`);
    }
  }
}

async function eachOf<T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  for (const one of all) await act(one);
}

async function until(over: AbortSignal, act: () => Promise<void>): Promise<void> {
  while (!over.aborted) await act();
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined);
}
