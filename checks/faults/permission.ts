/** Scenario: files, directories and locks of other users. Each is refused with its own error and left unchanged. */
import { chmod, chown, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Findings } from "./harm";
import type { StepsDone } from "./orders";
import { Program } from "./program";
import { ACCOUNT, sampleText } from "./sample";
import type { Scenario } from "./scenario";

/** The ID of the user `nobody` on every Unix. */
const NOBODY = 65_534;

interface Case {
  readonly name: string;
  /** Creates the home; returns the file and the names of the files next to it. */
  readonly make: (home: string) => Promise<{ readonly besides: readonly string[] }>;
  readonly error: string | null;
  /** Only root can create another user's process or lock. */
  readonly needsRoot?: boolean;
  /** Windows has no permission bits, only the mark of a read-only file. */
  readonly onWindows?: boolean;
}

const CASES: readonly Case[] = [
  {
    name: "unreadable file",
    error: "file_permission",
    make: async (home) => {
      await chmod(await put(home), 0o000);
      return { besides: [] };
    },
  },
  {
    name: "unwritable directory",
    error: "file_permission",
    make: async (home) => {
      await put(home);
      await chmod(home, 0o555);
      return { besides: [] };
    },
  },
  {
    name: "file marked read-only",
    error: "file_read_only",
    onWindows: true,
    make: async (home) => {
      await chmod(await put(home), 0o444);
      return { besides: [] };
    },
  },
  {
    name: "symlink into a directory not writable",
    error: "file_permission",
    make: async (home) => {
      const directory = join(home, "..", "dotfiles");
      await mkdir(directory);
      await symlink(await put(directory), join(home, "providers.jsonc"));
      await chmod(directory, 0o555);
      return { besides: [] };
    },
  },
  {
    name: "lock of another user's living process",
    error: "lock_held",
    needsRoot: true,
    make: async (home) => {
      await put(home);
      await lock(home, process.pid);
      return { besides: ["providers.jsonc.lock"] };
    },
  },
  {
    name: "lock of another user's dead process",
    error: "file_permission",
    needsRoot: true,
    make: async (home) => {
      await put(home);
      await lock(home, 4_194_303);
      return { besides: ["providers.jsonc.lock"] };
    },
  },
];

export const permissionScenario: Scenario = {
  name: "no permission",
  run: async ({ programs }) => {
    const root = process.getuid?.() === 0;
    const cases = CASES.filter(({ needsRoot = false, onWindows = false }) =>
      process.platform === "win32" ? onWindows : root || !needsRoot,
    );
    const findings = new Findings();
    await Promise.all(cases.map(async (tried) => tryOne(programs, root, tried, findings)));
    return {
      figures: `${cases.length} cases ${root ? `as user ${NOBODY}` : "as this user; those that need root were skipped"}`,
      failures: findings.failures,
    };
  },
};

async function tryOne(
  programs: string,
  root: boolean,
  tried: Case,
  findings: Findings,
): Promise<void> {
  const { name, make, error } = tried;
  const directory = await mkdtemp(join(tmpdir(), "faults-permission-"));
  await chmod(directory, 0o755);
  const home = join(directory, "home");
  const file = join(home, "providers.jsonc");
  await mkdir(home);
  const { besides } = await make(home);
  if (root) await chown(home, NOBODY, NOBODY);
  const program = new Program(programs, "store-program", root ? { uid: NOBODY } : {});
  await program.ready;
  const steps = [{ kind: "enable", provider: "openai", accountId: ACCOUNT, gatewayName: "g-1" }];
  const done = await program.order<StepsDone>({ kind: "steps", file, steps });
  await program.end();
  findings.same(name, done.error, error);
  findings.same(`${name}, no key in the message`, /not-a-key/.test(done.message), false);
  await chmod(home, 0o755);
  if (!root) await chmod(file, 0o600);
  await findings.intact(name, file, Buffer.from(TEXT), besides);
  if (!root) await chmod(join(directory, "dotfiles"), 0o755).catch(() => undefined);
  await rm(directory, { recursive: true, maxRetries: 10 });
}

const TEXT = sampleText(3000);

async function put(directory: string): Promise<string> {
  const file = join(directory, "providers.jsonc");
  await writeFile(file, TEXT);
  return file;
}

async function lock(home: string, pid: number): Promise<void> {
  const directory = join(home, "providers.jsonc.lock");
  await mkdir(directory);
  await writeFile(join(directory, `owner-${"0".repeat(32)}`), String(pid));
}
