/** Runs three actors at the same time: the user interface, outside edits and faults. */
import { setTimeout as wait } from "node:timers/promises";

import { Random } from "./random";
import { CLICKS, RELOAD, rowsOf, type Click } from "./clicks";
import { OUTSIDE_EDITS } from "./outside-edits";
import type { Setup } from "./setup";
import { Counters } from "./counters";
import { restoreDemo, FAULTS } from "./faults";

/** How long, in ms, an action waits for an element. */
const TIMEOUT_MS = 2000;
const IDLE_TIMEOUT_MS = 30_000;

export class Actors {
  readonly counters = new Counters();
  /** Outside edits and faults that failed, which is an error in the soak itself. */
  readonly failures: string[] = [];
  readonly #setup: Setup;
  readonly #programs: string;
  readonly #user: Random;
  readonly #editor: Random;
  readonly #faults: Random;

  /** `programs`: the directory of the bundled programs to start and kill. */
  constructor(setup: Setup, programs: string, seed: number) {
    this.#setup = setup;
    this.#programs = programs;
    const random = new Random(seed);
    this.#user = random.fork();
    this.#editor = random.fork();
    this.#faults = random.fork();
  }

  /** Does everything once, so that lazily loaded code is loaded before the first comparison. */
  async warmUp(): Promise<void> {
    const { demo, panel } = this.#setup;
    panel.page.setDefaultTimeout(TIMEOUT_MS);
    const never = new AbortController().signal;
    await Promise.all([
      eachOf(CLICKS, async (click) => this.#click(click)),
      eachOf(OUTSIDE_EDITS, async (edit) => this.#edit(edit, never)),
      eachOf(FAULTS, async (fault) => this.#fault(fault, never)),
    ]);
    await restoreDemo(demo);
  }

  /** Finishes a test of every provider, so that every SDK is loaded, whatever is picked later. */
  async testEach(): Promise<void> {
    const { panel, ui } = this.#setup;
    panel.page.setDefaultTimeout(TIMEOUT_MS);
    await eachOf(await ui.names(), async (name) => {
      const test = ui.row(name).getByRole("button", { name: `Test ${name}` });
      if ((await test.count()) > 0) await test.click();
    });
    await panel.page.locator('[aria-busy="true"]').first().waitFor({ state: "detached" });
  }

  /** Uses every control of this page once, so that its memory reaches its normal size. */
  async useEveryControl(): Promise<void> {
    const { panel, ui } = this.#setup;
    const { page } = panel;
    // Nothing else changes the file now, so every element stays in place.
    page.setDefaultTimeout(IDLE_TIMEOUT_MS);
    await eachOf(await rowsOf(page), async ({ name, locked }) => {
      const row = ui.row(name);
      await row.getByRole("button", { name: `Test ${name}` }).click();
      await ui.open(name);
      if (!locked) await ui.fill(name, { gatewayName: "half-a-name" });
      await page.keyboard.press("Escape");
      await ui.trigger(name).click();
    });
    const inThisPage = CLICKS.filter(({ name }) => name !== RELOAD);
    page.setDefaultTimeout(TIMEOUT_MS);
    await eachOf(inThisPage, async (click) => this.#click(click));
  }

  /** Runs all actors for `ms` milliseconds. */
  async play(ms: number, options: { readonly reloads: boolean }): Promise<void> {
    this.#setup.panel.page.setDefaultTimeout(TIMEOUT_MS);
    const over = AbortSignal.timeout(Math.round(ms));
    const clicks = CLICKS.filter(({ name }) => options.reloads || name !== RELOAD);
    await Promise.all([
      until(over, async () => {
        const click = this.#user.weighed(clicks);
        if (click) await this.#click(click);
      }),
      until(over, async () => {
        await pause(this.#editor.between(100, 1500), over);
        const edit = this.#editor.weighed(OUTSIDE_EDITS);
        if (edit && !over.aborted) await this.#edit(edit, over);
      }),
      until(over, async () => {
        await pause(this.#faults.between(100, 2000), over);
        const fault = this.#faults.weighed(FAULTS);
        if (fault && !over.aborted) await this.#fault(fault, over);
      }),
    ]);
  }

  async #click(click: Click): Promise<void> {
    const { panel, ui, demo, verdictCheck } = this.#setup;
    const { app, page } = panel;
    const user = { app, page, ui, demo, verdictCheck, random: this.#user };
    // An element may disappear after it was chosen, because other actors change the file.
    const done = await click.make(user).catch(() => false);
    if (done) this.counters.did("click", click.name);
    else this.counters.missed("click", click.name);
  }

  async #edit({ name, make }: (typeof OUTSIDE_EDITS)[number], signal: AbortSignal): Promise<void> {
    const { fileHistory, demo } = this.#setup;
    await this.#tryTo("edit", name, async () =>
      make({ file: demo.file, fileHistory, random: this.#editor, signal }),
    );
  }

  async #fault({ name, make }: (typeof FAULTS)[number], signal: AbortSignal): Promise<void> {
    const { demo, verdictCheck } = this.#setup;
    const setOutage = (whether: boolean): void => verdictCheck.setOutage(whether);
    const isOutage = (): boolean => verdictCheck.isOutage;
    await this.#tryTo("fault", name, async () =>
      make({ demo, programs: this.#programs, random: this.#faults, signal, setOutage, isOutage }),
    );
  }

  async #tryTo(kind: "edit" | "fault", name: string, act: () => Promise<void>): Promise<void> {
    try {
      await act();
      this.counters.did(kind, name);
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
