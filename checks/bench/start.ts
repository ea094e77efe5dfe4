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

const EMPTY_PAGE = "<!doctype html><title>Empty</title><p class=ready>An empty page</p>";
/** Its page comes from a scheme of the app, as every packaged app's does, because that takes time too. */
const EMPTY_APP = `
const { app, BrowserWindow, protocol } = require("electron");
protocol.registerSchemesAsPrivileged([
  { scheme: "app", privileges: { standard: true, secure: true } },
]);
app.whenReady().then(() => {
  const headers = { "Content-Type": "text/html" };
  protocol.handle("app", () => new Response(${JSON.stringify(EMPTY_PAGE)}, { headers }));
  const window = new BrowserWindow({ width: 1000, height: 780, show: false });
  window.once("ready-to-show", () => window.show());
  void window.loadURL("app://empty/index.html");
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
      const ours: Started[] = [];
      const others: Started[] = [];
      for (let round = 0; round <= ROUNDS; round += 1) {
        const other = await start({ app: empty, env: demo.env, userHome: join(userHome, "empty") });
        const own = await start({ env: demo.env, userHome: join(userHome, "own") });
        // The first start of each creates the profile.
        if (round === 0) continue;
        others.push(other);
        ours.push(own);
      }
      const name = "an empty window";
      return [
        {
          what: `program starts → section of ${PROVIDERS} providers seen from outside`,
          unit: "ms",
          samples: ours.map(({ seen }) => seen),
          peer: { name, samples: others.map(({ seen }) => seen) },
          limit: null,
          ratioLimit: 1.15,
        },
        {
          what: "program starts → first contentful paint by the page's clock",
          unit: "ms",
          samples: ours.map(({ painted }) => painted),
          peer: { name, samples: others.map(({ painted }) => painted) },
          limit: null,
        },
      ];
    });
  } finally {
    await demo.close();
    await rm(empty, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** Milliseconds from the launch. */
interface Started {
  /** When Playwright, once connected, finds the content in a frame. */
  readonly seen: number;
  /** The page's own first contentful paint. An empty window has it before Playwright is connected. */
  readonly painted: number;
}

async function start(options: Parameters<typeof launchPanel>[0]): Promise<Started> {
  const started = Date.now();
  const panel = await launchPanel(options);
  const seen = await panel.page.waitForFunction(
    () => document.querySelector(".cfgw-card .cfgw-switch, .ready") !== null && Date.now(),
  );
  const painted = await panel.page.waitForFunction(() => {
    const [entry] = performance.getEntriesByName("first-contentful-paint");
    return entry !== undefined && performance.timeOrigin + entry.startTime;
  });
  const times = [Number(await seen.jsonValue()), Number(await painted.jsonValue())] as const;
  await panel.end();
  return { seen: times[0] - started, painted: times[1] - started };
}
