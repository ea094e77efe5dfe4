/** Measures the latency of the window: of clicks, key presses and opening. */
import { startDemo } from "../../demo/demo";
import { launchPanel, withUserHome } from "../driving/launch";
import { loadedChunks } from "../driving/loaded-modules";
import { PanelPage } from "../driving/panel-page";
import { buildIfNeeded } from "../../scripts/build";
import type { Row } from "./table";
import { clicks, keys, openings, providersText } from "./ui-actions";

/** From a click to the screen and to the disk, for any number of providers. */
const CLICK_MS = 50;
const FIRST_PAINT_MS = 300;
const IN_FULL_MS = 1000;
const KEY_MS = 50;

export async function measureUi(providers: number): Promise<readonly Row[]> {
  buildIfNeeded();
  const demo = await startDemo({ providersText: providersText(providers) });
  try {
    return await withUserHome(async (userHome) => {
      const panel = await launchPanel({ env: demo.env, userHome });
      const ui = new PanelPage(panel.page);
      await ui.ready();
      const chunksBefore = await loadedChunks(panel.app);
      const rows = await rowsOf(ui, demo.file, providers);
      await panel.end();
      return [
        ...rows,
        {
          what: `${providers} providers: files of the AI SDK when the section is painted`,
          unit: "count",
          samples: [chunksBefore.length],
          limit: 0,
        },
      ];
    });
  } finally {
    await demo.close();
  }
}

async function rowsOf(ui: PanelPage, file: string, providers: number): Promise<readonly Row[]> {
  // Providers that cannot be used are collapsed into one line.
  await ui.page.locator('.cfgw-list[aria-busy="false"]').waitFor();
  const opened = await openings(ui, await ui.page.locator(".cfgw-card").count());
  const clicked = await clicks(ui, file);
  const typed = await keys(ui);
  const row = (what: string, samples: readonly number[], limit: number): Row => ({
    what: `${providers} providers: ${what}`,
    unit: "ms",
    samples,
    limit,
  });
  return [
    row("click → row painted", clicked.painted, CLICK_MS),
    row("click → file on disk", clicked.onDisk, CLICK_MS),
    row("key → field painted", typed, KEY_MS),
    row("page opens → section painted", opened.painted, FIRST_PAINT_MS),
    row("page opens → every row rendered", opened.inFull, IN_FULL_MS),
  ];
}
