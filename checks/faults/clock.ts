/** Scenario: wrong or jumping clocks, with locks and lock stages of any age. */
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openProvidersStore } from "../../src/main/config/store";
import { change, Findings } from "./harm";
import type { Count, CountDone, StepsDone } from "./orders";
import { Program } from "./program";
import { ACCOUNT, sampleText } from "./sample";
import { timed, type Scenario } from "./scenario";

const HOUR_MS = 3_600_000;
const AT_ONCE_MS = 1000;
/** How long a writer may wait for a lock: mux's 5 s, plus a margin for a busy machine. */
const PATIENCE_MS = { least: 4900, most: 6500 } as const;
/** A process id beyond the system's limit. */
const DEAD = "4194303";

export const clockScenario: Scenario = {
  name: "clocks that jump",
  run: async ({ programs, seed }) => {
    const findings = new Findings();
    const living = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"], {
      stdio: "ignore",
    });
    try {
      const alive = String(living.pid);
      await Promise.all([
        broken("a dead owner's lock from the future", DEAD, HOUR_MS, findings),
        broken("a dead owner's lock from the past", DEAD, -HOUR_MS, findings),
        broken("an owner without a process id, from the past", "?", -HOUR_MS, findings),
        held("an owner without a process id, from now", "?", 0, findings),
        held("an owner without a process id, from the future", "?", HOUR_MS, findings),
        held("a living owner's lock, a year old", alive, -8766 * HOUR_MS, findings),
        jumpingWhileWaiting(programs, alive, findings),
        stages(findings),
        watching(findings),
        aheadOfTheOther(programs, seed, findings),
      ]);
    } finally {
      living.kill();
    }
    return { figures: `10 cases, ${findings.tries} checks`, failures: findings.failures };
  },
};

async function home(): Promise<{ readonly directory: string; readonly file: string }> {
  const directory = await mkdtemp(join(tmpdir(), "faults-clock-"));
  const file = join(directory, "providers.jsonc");
  await writeFile(file, sampleText(3000));
  return { directory, file };
}

async function makeLock(path: string, owner: string, age: number): Promise<void> {
  await mkdir(path);
  const entry = join(path, `owner-${"0".repeat(32)}`);
  await writeFile(entry, owner);
  const at = new Date(Date.now() + age);
  await utimes(entry, at, at);
  await utimes(path, at, at);
}

async function broken(what: string, owner: string, age: number, findings: Findings): Promise<void> {
  const { directory, file } = await home();
  await makeLock(`${file}.lock`, owner, age);
  const { error, ms } = await change(file, "g-1");
  findings.same(what, error, null);
  findings.same(`${what}, at once`, ms < AT_ONCE_MS, true);
  await findings.intact(what, file, Buffer.from(sampleText(3000).replace("g-0", "g-1")));
  await rm(directory, { recursive: true, maxRetries: 10 });
}

async function held(what: string, owner: string, age: number, findings: Findings): Promise<void> {
  const { directory, file } = await home();
  await makeLock(`${file}.lock`, owner, age);
  const { error, message, ms } = await change(file, "g-1");
  findings.same(what, error, "lock_held");
  findings.same(`${what}, named`, message.includes(`(process ${owner})`), owner !== "?");
  findings.same(`${what}, after 5 s`, ms > PATIENCE_MS.least && ms < PATIENCE_MS.most, true);
  await findings.intact(what, file, Buffer.from(sampleText(3000)), ["providers.jsonc.lock"]);
  await rm(directory, { recursive: true, maxRetries: 10 });
}

/** Moves the clock back by a day and then forward by two, during a wait. */
async function jumpingWhileWaiting(
  programs: string,
  alive: string,
  findings: Findings,
): Promise<void> {
  const { directory, file } = await home();
  await makeLock(`${file}.lock`, alive, 0);
  const program = new Program(programs, "store-program");
  await program.ready;
  const steps = [{ kind: "enable", provider: "openai", accountId: ACCOUNT, gatewayName: "g-1" }];
  const jumps = [-24 * HOUR_MS, 24 * HOUR_MS, 0];
  const { answer, ms } = await timed(async () =>
    program.order<StepsDone>({ kind: "steps", file, steps, jumps }),
  );
  await program.end();
  findings.same("a clock that jumps during the wait", answer.error, "lock_held");
  findings.same("a clock that jumps, 5 s", ms > PATIENCE_MS.least && ms < PATIENCE_MS.most, true);
  await rm(directory, { recursive: true, maxRetries: 10 });
}

async function stages(findings: Findings): Promise<void> {
  const { directory, file } = await home();
  await makeLock(`${file}.lock.stage-${"a".repeat(16)}`, DEAD, HOUR_MS);
  await makeLock(`${file}.lock.stage-${"b".repeat(16)}`, DEAD, -HOUR_MS);
  await makeLock(`${file}.lock.stage-${"c".repeat(16)}`, DEAD, 0);
  const { error } = await change(file, "g-1");
  findings.same("stages of any age", error, null);
  const after = Buffer.from(sampleText(3000).replace("g-0", "g-1"));
  const young = ["a", "c"].map((letter) => `providers.jsonc.lock.stage-${letter.repeat(16)}`);
  await findings.intact("stages: only the stale one is removed", file, after, young);
  await rm(directory, { recursive: true, maxRetries: 10 });
}

/** A new version with the same size and modification time must still be reported. */
async function watching(findings: Findings): Promise<void> {
  const { directory, file } = await home();
  const old = new Date(Date.now() - HOUR_MS);
  await utimes(file, old, old);
  const log = { info: () => undefined, warn: () => undefined };
  const store = openProvidersStore({ file, env: {}, log });
  const heard = new Promise<string | undefined>((resolve) => {
    store.onChange(({ providers }) =>
      resolve(providers.find(({ id }) => id === "openai")?.gateway?.gatewayName),
    );
  });
  await store.read();
  const next = join(directory, "next");
  await writeFile(next, (await readFile(file, "utf8")).replace("g-0", "g-9"));
  await utimes(next, old, old);
  await rename(next, file);
  const late = new Promise<string>((resolve) => setTimeout(() => resolve("not heard"), 5000));
  findings.same("a change with an old time", await Promise.race([heard, late]), "g-9");
  await store.close();
  await rm(directory, { recursive: true, maxRetries: 10 });
}

/** A program whose clock is an hour ahead considers the other's lock stages stale and removes them. */
async function aheadOfTheOther(programs: string, seed: number, findings: Findings): Promise<void> {
  const { directory, file } = await home();
  const share = { kind: "count", file, times: 60, pause: 2, seed, lock: true } as const;
  const orders: readonly Count[] = [
    { ...share, provider: "openai" },
    { ...share, provider: "deepseek", clock: HOUR_MS },
  ];
  const done = await Promise.all(
    orders.map(async (order) => {
      const program = new Program(programs, "store-program");
      await program.ready;
      const answer = await program.order<CountDone>(order);
      await program.end();
      return answer;
    }),
  );
  for (const { error } of done) findings.same("two clocks, one file", error, null);
  const text = await readFile(file, "utf8");
  findings.same("two clocks, nothing lost", text.match(/"g-60"/g)?.length, 2);
  findings.same("two clocks, left behind", (await readdir(directory)).join(), "providers.jsonc");
  await rm(directory, { recursive: true, maxRetries: 10 });
}
