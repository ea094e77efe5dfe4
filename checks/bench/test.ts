/** Measures the overhead of a route test over its request, on the library that hosts install. */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
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
  const onNode24 = await measureOnNode24(app, factory);
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
    ...onNode24,
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

/**
 * The first test without the preload, on the Node that Electron carries and with the compile cache that
 * the app uses there. No row without a Node 24.
 */
async function measureOnNode24(app: string, factory: string): Promise<readonly Row[]> {
  const node = await findNode24();
  if (node === null) return [];
  const cache = await mkdtemp(join(tmpdir(), "bench-compile-cache-"));
  try {
    const runtime = { node, env: { ...process.env, NODE_COMPILE_CACHE: cache } };
    // The first process fills the cache.
    await measureProcess(runtime, [app, factory]);
    const figures: TestFigures[] = [];
    for (let index = 0; index < PROCESSES; index += 1) {
      figures.push(await measureProcess(runtime, [app, factory]));
    }
    return [
      {
        what: "the first test on Node 24 without the preload, beyond the fetch",
        unit: "ms",
        samples: figures.map((one) => one.firstTest - percentile(one.bare, 0.5)),
        limit: null,
        medianLimit: 160,
      },
    ];
  } finally {
    await rm(cache, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** The Node 24 in `BENCH_NODE_24`, this process or `node24` on the PATH; null if there is none. */
async function findNode24(): Promise<string | null> {
  for (const node of [process.env["BENCH_NODE_24"], process.execPath, "node24"]) {
    if (!node) continue;
    const version = await run(node, ["--version"]).catch(() => null);
    if (version?.stdout.startsWith("v24.")) return node;
  }
  return null;
}

/** The figures of several new processes, one after another. */
async function measureProcesses(...args: readonly string[]): Promise<readonly TestFigures[]> {
  const figures: TestFigures[] = [];
  for (let index = 0; index < PROCESSES; index += 1) {
    figures.push(await measureProcess({ node: process.execPath, env: process.env }, args));
  }
  return figures;
}

interface ProcessRuntime {
  readonly node: string;
  readonly env: NodeJS.ProcessEnv;
}

async function measureProcess(
  { node, env }: ProcessRuntime,
  args: readonly string[],
): Promise<TestFigures> {
  const { stdout } = await run(node, [join(__dirname, "test-process.mjs"), ...args], { env });
  return JSON.parse(stdout);
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
