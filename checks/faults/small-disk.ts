/** Scenario: a full or read-only disk. The file must stay intact and the error must name the disk. */
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { change, Findings } from "./harm";
import type { StepsDone } from "./orders";
import { Program } from "./program";
import { ACCOUNT, sampleText } from "./sample";
import type { Outcome, Scenario } from "./scenario";

export const smallDiskScenario: Scenario = {
  name: "a full or read-only disk",
  run: async ({ programs }) => {
    if (process.platform === "win32") {
      return { figures: "skipped, because Windows has no way to limit it here", failures: [] };
    }
    const directory = await mkdtemp(join(tmpdir(), "faults-disk-"));
    try {
      const limited = await limitedFiles(programs, directory);
      const mounted = await ownDisk(programs, directory);
      return {
        figures: `${limited.figures}; ${mounted.figures}`,
        failures: [...limited.failures, ...mounted.failures],
      };
    } finally {
      await rm(directory, { recursive: true, maxRetries: 10 });
    }
  },
};

/** Limits files to 4 or 8 kB (`ulimit -f`), which works for any user on any Unix. */
async function limitedFiles(programs: string, directory: string): Promise<Outcome> {
  const findings = new Findings();
  const file = join(directory, "providers.jsonc");
  await writeFile(file, sampleText(18_000));
  const before = await readFile(file);
  const under = ["/bin/sh", "-c", 'ulimit -f 8; exec "$@"', "limited"];
  const program = new Program(programs, "store-program", { under });
  await program.ready;
  const steps = [{ kind: "enable", provider: "openai", accountId: ACCOUNT, gatewayName: "g-1" }];
  const { error } = await program.order<StepsDone>({ kind: "steps", file, steps });
  await program.end();
  findings.same("file size limit", error, "file_unwritable");
  await findings.intact("file size limit", file, before);
  findings.same("without the limit", (await change(file, "g-1")).error, null);
  return { figures: "EFBIG by ulimit -f: refused, then saved", failures: findings.failures };
}

async function ownDisk(programs: string, directory: string): Promise<Outcome> {
  const namespace = NAMESPACES.find(([command = "", ...args]) => {
    const mount = `mount -t tmpfs -o size=64k tmpfs ${directory}`;
    return spawnSync(command, [...args, "/bin/sh", "-c", mount]).status === 0;
  });
  if (namespace === undefined) {
    return {
      figures: "ENOSPC and EROFS skipped, because mounting is not allowed here",
      failures: [],
    };
  }
  const program = new Program(programs, "small-disk-program", { under: namespace });
  await program.ready;
  const outcome = await program.order<Outcome>({ directory });
  await program.end();
  return outcome;
}

/** As root, or as a user who may be root in a new namespace. */
const NAMESPACES: readonly (readonly string[])[] = [
  ["unshare", "--mount"],
  ["unshare", "--user", "--map-root-user", "--mount"],
];
