/** How much of the page React draws for one action: commits, and rows in which something was drawn. */
import { readFile, writeFile } from "node:fs/promises";

import { startDemo } from "../../demo/demo";
import { launchPanel, withUserHome } from "../driving/launch";
import { PanelPage } from "../driving/panel-page";
import { buildIfNeeded } from "../../scripts/build";
import { countDrawing, drawnBy, waitForRows } from "./drawing";
import type { Row } from "./table";
import { providersText } from "./ui-actions";

const ROUNDS = 5;
/** What was asked for, what came of it, and the word about it. */
const MOST_COMMITS_OF_A_SWITCH = 4;

interface Action {
  readonly name: string;
  readonly mostCommits: number | null;
  readonly act: (ui: PanelPage, file: string) => Promise<void>;
}

const ACTIONS: readonly Action[] = [
  {
    name: "a switch",
    mostCommits: MOST_COMMITS_OF_A_SWITCH,
    act: async (ui) => {
      const status = ui.page.locator(".cfgw > .cfgw-hidden[role=status] span");
      const before = await status.textContent();
      await ui.switchOf("Anthropic").click();
      await ui.page.waitForFunction(
        (said) => document.querySelector(".cfgw > .cfgw-hidden[role=status]")?.textContent !== said,
        before,
      );
    },
  },
  {
    name: "a key in a form",
    mostCommits: null,
    act: async (ui) => {
      const field = ui.field("Anthropic", "Gateway name");
      const before = await field.inputValue();
      await field.press("x");
      await ui.page.waitForFunction(
        ([typed, element]) => element instanceof HTMLInputElement && element.value !== typed,
        [before, await field.elementHandle()] as const,
      );
    },
  },
  {
    name: "an edit by another program",
    mostCommits: null,
    act: async (ui, file) => {
      const text = await readFile(file, "utf8");
      const isOn = !text.includes(OFF);
      await writeFile(
        file,
        isOn ? text.replace(`"apiKey"`, `${OFF}"apiKey"`) : text.replace(OFF, ""),
      );
      await ui
        .row("Anthropic")
        .locator(".cfgw-remark")
        .first()
        .waitFor({ state: isOn ? "attached" : "detached" });
    },
  },
  {
    name: "a test, from the click to its report",
    mostCommits: null,
    act: async (ui) => {
      await ui.test("Anthropic");
    },
  },
];

const OFF = `"enabled": false, `;

export async function measureCommits(providers: number): Promise<readonly Row[]> {
  buildIfNeeded();
  const demo = await startDemo({ providersText: providersText(providers) });
  try {
    return await withUserHome(async (userHome) => {
      const panel = await launchPanel({ env: demo.env, userHome });
      const ui = new PanelPage(panel.page);
      await ui.ready();
      await countDrawing(panel.page);
      await waitForRows(panel.page, providers);
      const rows: Row[] = [];
      for (const action of ACTIONS) rows.push(...(await measure(action, ui, demo.file, providers)));
      await panel.end();
      return rows;
    });
  } finally {
    await demo.close();
  }
}

async function measure(
  { name, mostCommits, act }: Action,
  ui: PanelPage,
  file: string,
  providers: number,
): Promise<readonly Row[]> {
  const commits: number[] = [];
  const others: number[] = [];
  // Open, the form is drawn with its row, too.
  await ui.open("Anthropic");
  for (let round = 0; round < ROUNDS; round += 1) {
    const drawn = await drawnBy(ui.page, () => act(ui, file));
    if (!drawn.rows.includes("Anthropic")) throw new Error(`${name} did not draw its own row.`);
    commits.push(drawn.commits);
    others.push(drawn.rows.filter((row) => row !== "Anthropic").length);
  }
  return [
    {
      what: `${providers} providers: ${name}: commits`,
      unit: "count",
      samples: commits,
      limit: mostCommits,
    },
    {
      what: `${providers} providers: ${name}: other rows drawn`,
      unit: "count",
      samples: others,
      limit: 0,
    },
  ];
}
