/** Measures the overhead of a route test over its request, on the library that hosts install. */
import { execFile } from "node:child_process";
import { basename, join } from "node:path";
import { promisify } from "node:util";

import { build } from "vite";

import { ROOT } from "../../scripts/runtime";
import { percentile, type Row } from "./table";

/** The figures of one process. */
export interface TestFigures {
  /** Milliseconds. */
  readonly firstTest: number;
  readonly tests: readonly number[];
  readonly bare: readonly number[];
  /** Received requests minus expected ones. */
  readonly surplus: number;
  readonly factory: readonly number[];
}

const PROCESSES = 8;
const run = promisify(execFile);

export async function measureTest(): Promise<readonly Row[]> {
  await run("npm", ["run", "--silent", "build:lib"], { cwd: ROOT });
  const factory = await buildAsApp("src/main/models/language-model.ts");
  const figures = await measureProcesses(join(ROOT, "dist/main.cjs"), factory);
  const app = await buildAsApp("checks/bench/app-parts.ts");
  const preloaded = await measureProcesses(app, factory, "preload");
  const bare = figures.flatMap((one) => one.bare);
  const peer = { name: "a bare fetch of the same request", samples: bare };
  const usual = percentile(bare, 0.5);
  const first = figures.map((one) => one.firstTest);
  const later = figures.flatMap((one) => one.tests);
  return [
    { what: "the first test", unit: "ms", samples: first, peer, limit: null },
    {
      what: "the first test, beyond the fetch",
      unit: "ms",
      samples: first.map((ms) => ms - usual),
      limit: 400,
    },
    {
      what: "the first test after the app's preload, beyond the fetch",
      unit: "ms",
      samples: preloaded.map((one) => one.firstTest - percentile(one.bare, 0.5)),
      limit: 120,
      medianLimit: 90,
    },
    { what: "later tests", unit: "ms", samples: later, peer, limit: null },
    {
      what: "later tests, beyond the fetch",
      unit: "ms",
      samples: later.map((ms) => ms - usual),
      limit: 15,
    },
    {
      what: "the factory, a warm model",
      unit: "ms",
      samples: figures.flatMap((one) => one.factory),
      limit: 0.2,
    },
    {
      what: "additional requests",
      unit: "count",
      samples: figures.map((one) => one.surplus),
      limit: 0,
    },
  ];
}

/** The figures of several new processes, one after another. */
async function measureProcesses(...args: readonly string[]): Promise<readonly TestFigures[]> {
  const figures: TestFigures[] = [];
  for (let index = 0; index < PROCESSES; index += 1) {
    const { stdout } = await run(process.execPath, [join(__dirname, "test-process.mjs"), ...args]);
    figures.push(JSON.parse(stdout));
  }
  return figures;
}

/** Bundles a source file and its packages like the app's main process. Returns the path of the file. */
async function buildAsApp(source: string): Promise<string> {
  const folder = join(ROOT, "out/bench", basename(source, ".ts"));
  await build({
    root: ROOT,
    configFile: false,
    logLevel: "silent",
    ssr: { noExternal: true },
    build: {
      ssr: join(ROOT, source),
      outDir: folder,
      minify: true,
      rolldownOptions: {
        output: { format: "cjs", entryFileNames: "entry.cjs", chunkFileNames: "[name].cjs" },
      },
    },
  });
  return join(folder, "entry.cjs");
}
