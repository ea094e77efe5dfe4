/** Measures how long a new process needs until the library is loaded and until `status` has answered. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { ROOT } from "../../scripts/runtime";
import type { Row } from "./table";
import { providersText } from "./ui-actions";

const ROUNDS = 20;
const PROVIDERS = 500;
const run = promisify(execFile);

export async function measureCold(): Promise<readonly Row[]> {
  await run("npm", ["run", "--silent", "build:lib"], { cwd: ROOT });
  const home = await mkdtemp(join(tmpdir(), "bench-cold-"));
  try {
    await writeFile(join(home, "providers.jsonc"), providersText(PROVIDERS));
    const { bare, library, status } = await inTurn(home);
    const peer = { name: "node -e 0", samples: bare };
    return [
      // 30 ms beyond a bare process of 40 ms.
      {
        what: "a process that loads the library",
        unit: "ms",
        samples: library,
        peer,
        limit: null,
        ratioLimit: 1.75,
      },
      // 300 ms beside a bare process of 40 ms.
      {
        what: `“status” of ${PROVIDERS} providers`,
        unit: "ms",
        samples: status,
        peer,
        limit: null,
        ratioLimit: 7.5,
      },
    ];
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** The milliseconds of each kind of process, one of each in turn, so that the load is the same for all. */
async function inTurn(home: string) {
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, APPDATA: home };
  const timed = async (...args: readonly string[]): Promise<number> => {
    const started = performance.now();
    await run(process.execPath, args, { cwd: home, env, maxBuffer: 2 ** 24 });
    return performance.now() - started;
  };
  const bare: number[] = [];
  const library: number[] = [];
  const status: number[] = [];
  const main = `require(${JSON.stringify(join(ROOT, "dist/main.cjs"))})`;
  const cli = join(ROOT, "dist/cli.cjs");
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(await timed("-e", "0"));
    library.push(await timed("-e", main));
    status.push(await timed(cli, "status", "--home", home));
  }
  return { bare, library, status };
}
