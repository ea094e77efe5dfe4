/** Measures how long a program start takes until the section is painted, against an empty window. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startDemo } from "../../demo/demo";
import { buildIfNeeded } from "../../scripts/build";
import { launchPanel, withUserHome } from "../driving/launch";
import type { Row } from "./table";
import { providersText } from "./ui-actions";

const ROUNDS = 15;
const PROVIDERS = 12;

const EMPTY_PAGE = "data:text/html,<title>Empty</title><p class=ready>An empty page</p>";
const EMPTY_APP = `
const { app, BrowserWindow } = require("electron");
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1000, height: 780, show: false });
  window.once("ready-to-show", () => window.show());
  void window.loadURL(${JSON.stringify(EMPTY_PAGE)});
});
`;

export async function measureStart(): Promise<readonly Row[]> {
  buildIfNeeded();
  const empty = await mkdtemp(join(tmpdir(), "bench-empty-app-"));
  const demo = await startDemo({ providersText: providersText(PROVIDERS) });
  try {
    await writeFile(join(empty, "index.js"), EMPTY_APP);
    await writeFile(
      join(empty, "package.json"),
      JSON.stringify({ name: "empty", main: "index.js" }),
    );
    return await withUserHome(async (userHome) => {
      for (const name of ["empty", "own"]) await mkdir(join(userHome, name));
      const ours: number[] = [];
      const others: number[] = [];
      for (let round = 0; round <= ROUNDS; round += 1) {
        const other = await start({ app: empty, env: demo.env, userHome: join(userHome, "empty") });
        const own = await start({ env: demo.env, userHome: join(userHome, "own") });
        // The first start of each creates the profile.
        if (round === 0) continue;
        others.push(other);
        ours.push(own);
      }
      return [
        {
          what: `program starts → section of ${PROVIDERS} providers painted`,
          unit: "ms",
          samples: ours,
          peer: { name: "an empty window", samples: others },
          limit: null,
          ratioLimit: 1.15,
        },
      ];
    });
  } finally {
    await demo.close();
    await rm(empty, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** The milliseconds from the launch until the window's content is painted. */
async function start(options: Parameters<typeof launchPanel>[0]): Promise<number> {
  const started = Date.now();
  const panel = await launchPanel(options);
  // Looks in every frame, and answers after the one that drew it.
  const seen = await panel.page.waitForFunction(
    () => document.querySelector(".cfgw-card .cfgw-switch, .ready") !== null && Date.now(),
  );
  const painted = Number(await seen.jsonValue());
  await panel.end();
  return painted - started;
}
