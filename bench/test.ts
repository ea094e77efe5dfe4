/** What a route test costs over the request that it makes, measured on the library that hosts install. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { ROOT } from "../scripts/runtime";
import { percentile, type Row } from "./table";
import type { TestFigures } from "./test-process";

const PROCESSES = 8;
const run = promisify(execFile);

export async function measureTest(): Promise<readonly Row[]> {
  await run("npm", ["run", "--silent", "build:lib"], { cwd: ROOT });
  const figures: TestFigures[] = [];
  for (let index = 0; index < PROCESSES; index += 1) {
    const { stdout } = await run("npx", ["tsx", join(__dirname, "test-process.ts")], { cwd: ROOT });
    figures.push(JSON.parse(stdout));
  }
  const bare = figures.flatMap((one) => one.bare);
  const usual = percentile(bare, 0.5);
  return [
    { what: "a bare fetch of the same request", unit: "ms", samples: bare, limit: null },
    {
      what: "the first test, over a bare fetch",
      unit: "ms",
      samples: figures.map((one) => one.firstTest - usual),
      limit: 400,
    },
    {
      what: "later tests, over a bare fetch",
      unit: "ms",
      samples: figures.flatMap((one) => one.tests.map((test) => test - usual)),
      limit: 15,
    },
    {
      what: "file → model, warm (read, parse, create)",
      unit: "ms",
      samples: figures.flatMap((one) => one.factory),
      limit: null,
    },
    {
      what: "requests more than asked",
      unit: "count",
      samples: figures.map((one) => one.surplus),
      limit: 0,
    },
  ];
}
