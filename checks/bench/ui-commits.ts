/** Measures how much React renders for one action: the commits and the affected rows. */
import { readFile, writeFile } from "node:fs/promises";

import { startDemo } from "../../demo/demo";
import { launchPanel, withUserHome } from "../driving/launch";
import { PanelPage } from "../driving/panel-page";
import { buildIfNeeded } from "../../scripts/build";
import { installHook, renderedBy, waitForRows } from "./rendering";
import type { Row } from "./table";
import { providersText } from "./ui-actions";

const ROUNDS = 5;
/** The optimistic update, the result and its message take at most this many commits. */
const MAX_SWITCH_COMMITS = 4;

interface Action {
  readonly name: string;
  readonly maxCommits: number | null;
  readonly act: (ui: PanelPage, file: string) => Promise<void>;
}

const ACTIONS: readonly Action[] = [
  {
    name: "a switch",
    maxCommits: MAX_SWITCH_COMMITS,
    act: async (ui) => {
      const status = ui.page.locator(".cfgw > .cfgw-hidden[role=status] span");
      const before = await status.textContent();
      await ui.switchOf("Anthropic").click();
      await ui.page.waitForFunction(
        (text) => document.querySelector(".cfgw > .cfgw-hidden[role=status]")?.textContent !== text,
        before,
      );
    },
  },
  {
    name: "a key press in a form",
    maxCommits: null,
    act: async (ui) => {
      await ui.enterAnotherGateway("Anthropic");
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
    maxCommits: null,
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
    maxCommits: null,
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
      await installHook(panel.page);
      await waitForRows(panel.page);
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
  { name, maxCommits, act }: Action,
  ui: PanelPage,
  file: string,
  providers: number,
): Promise<readonly Row[]> {
  const commits: number[] = [];
  const others: number[] = [];
  // Expanded, so that the form renders with its row.
  await ui.open("Anthropic");
  for (let round = 0; round < ROUNDS; round += 1) {
    const rendered = await renderedBy(ui.page, () => act(ui, file));
    if (!rendered.rows.includes("Anthropic"))
      throw new Error(`${name} did not render its own row.`);
    commits.push(rendered.commits);
    others.push(rendered.rows.filter((row) => row !== "Anthropic").length);
  }
  return [
    {
      what: `${providers} providers: ${name}: commits`,
      unit: "count",
      samples: commits,
      limit: maxCommits,
    },
    {
      what: `${providers} providers: ${name}: other rows rendered`,
      unit: "count",
      samples: others,
      limit: 0,
    },
  ];
}
