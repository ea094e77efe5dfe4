/** How quick the window is: from a click to the screen and the disk, from a key to the screen, and to open. */
import { startDemo } from "../../demo/demo";
import { launchPanel, withUserHome } from "../driving/launch";
import { loadedChunks } from "../driving/loaded-modules";
import { PanelPage } from "../driving/panel-page";
import { buildIfNeeded } from "../../scripts/build";
import type { Row } from "./table";
import { clicks, keys, openings, providersText } from "./ui-actions";

/** Providers → what the 95th percentile from a click to the screen and to the disk must not exceed. */
const LIMITS: ReadonlyMap<number, number> = new Map([
  [12, 50],
  [100, 60],
  [500, 80],
]);
/** What the design asks for, however many providers there are. */
const BUDGET_MS = 50;

const FIRST_PAINT_MS = 300;
const IN_FULL_MS = 1000;
const KEY_MS = 50;

/** A computer four times as slow; nothing is promised for it. */
const THROTTLED = 4;

export async function measureUi(providers: number): Promise<readonly Row[]> {
  buildIfNeeded();
  const limit = LIMITS.get(providers) ?? BUDGET_MS;
  const demo = await startDemo({ providersText: providersText(providers) });
  try {
    return await withUserHome(async (userHome) => {
      const panel = await launchPanel({ env: demo.env, userHome });
      const ui = new PanelPage(panel.page);
      await ui.ready();
      const chunksBefore = await loadedChunks(panel.app);
      const devtools = await panel.page.context().newCDPSession(panel.page);
      const usual = await rowsOf(ui, demo.file, providers, limit);
      await devtools.send("Emulation.setCPUThrottlingRate", { rate: THROTTLED });
      const slow = await rowsOf(ui, demo.file, providers, null);
      await panel.end();
      return [
        ...usual,
        ...(limit > BUDGET_MS ? usual.filter(isClick).map(asBudget) : []),
        ...slow.map(({ what, unit, samples }) => ({
          what: `${what} (CPU ÷ ${THROTTLED})`,
          unit,
          samples,
          limit: null,
        })),
        {
          what: `${providers} providers: AI SDK modules before a test`,
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

/** Rows whose limit grows with the number of providers. */
function isClick({ what }: Row): boolean {
  return what.endsWith("row painted") || what.endsWith("file on disk");
}

function asBudget(row: Row): Row {
  return { ...row, what: `${row.what}, by the stricter budget`, limit: BUDGET_MS };
}

async function rowsOf(
  ui: PanelPage,
  file: string,
  providers: number,
  limit: number | null,
): Promise<readonly Row[]> {
  const opened = await openings(ui, providers);
  const clicked = await clicks(ui, file);
  const typed = await keys(ui);
  const row = (what: string, samples: readonly number[], most: number | null): Row => ({
    what: `${providers} providers: ${what}`,
    unit: "ms",
    samples,
    limit: most,
  });
  return [
    row("click → row painted", clicked.painted, limit),
    row("click → file on disk", clicked.onDisk, limit),
    row("click → confirmed in the row", clicked.confirmed, null),
    row("key → field painted", typed, KEY_MS),
    row("page opens → section painted", opened.painted, FIRST_PAINT_MS),
    row("page opens → every row drawn", opened.inFull, IN_FULL_MS),
  ];
}
