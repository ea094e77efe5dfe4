/**
 * Saves providers.jsonc like mux, written from the description of its protocol: a lock directory
 * with an owner file, and a rewrite of the whole file. It shares no code with `src`, so that it
 * cannot repeat a bug there.
 */
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { parse } from "jsonc-parser";

const PATIENCE_MS = 5000;
const RETRY_MS = 25;
const GIVE_UP_MS = 10_000;
/** The errors of Windows while another program has the file or the directory open. */
const BUSY: ReadonlySet<string> = new Set(["EPERM", "EACCES", "EBUSY"]);

export type Json = Record<string, unknown>;

/** Reads the file, applies `edit` and rewrites the file, all inside the lock. */
export async function muxEdit(
  file: string,
  lock: boolean,
  edit: (data: Json) => void,
): Promise<void> {
  const owner = lock ? await muxLock(file) : null;
  try {
    const data = muxRead(file);
    edit(data);
    await muxSave(file, data);
  } finally {
    if (owner !== null) muxUnlock(file, owner);
  }
}

/** Waits at most 5 s, then rejects. Resolves with the name of the owner file. */
export async function muxLock(file: string): Promise<string> {
  const lock = `${file}.lock`;
  const owner = `owner-${randomBytes(16).toString("hex")}`;
  const until = performance.now() + PATIENCE_MS;
  sweep(file);
  while (!take(lock, owner)) {
    if (performance.now() > until) throw new Error("mux waited for more than 5 s");
    breakDead(lock);
    await wait(RETRY_MS);
  }
  return owner;
}

/** The whole file in mux's format. */
export function muxTextOf(data: Json): string {
  return `// Providers configuration for mux\n${JSON.stringify(data, null, 2)}`;
}

export function muxUnlock(file: string, owner: string): void {
  try {
    fs.unlinkSync(`${file}.lock/${owner}`);
  } catch {
    return;
  }
  quietly(() => fs.rmdirSync(`${file}.lock`));
}

function take(lock: string, owner: string): boolean {
  const stage = `${lock}.stage-${randomBytes(8).toString("hex")}`;
  fs.mkdirSync(stage);
  fs.writeFileSync(`${stage}/${owner}`, `${process.pid}`);
  try {
    fs.renameSync(stage, lock);
    return true;
  } catch (error) {
    fs.rmSync(stage, { recursive: true, force: true, maxRetries: 10 });
    if (["EEXIST", "ENOTEMPTY", ...BUSY].includes(codeOf(error))) return false;
    throw error;
  }
}

function breakDead(lock: string): void {
  quietly(() => {
    for (const entry of fs.readdirSync(lock)) {
      const path = `${lock}/${entry}`;
      if (!isHeld(path)) fs.unlinkSync(path);
    }
    fs.rmdirSync(lock);
  });
}

function isHeld(path: string): boolean {
  const pid = Number.parseInt(fs.readFileSync(path, "utf8"), 10);
  if (!(pid > 0)) return Date.now() - fs.statSync(path).mtimeMs < GIVE_UP_MS;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

function sweep(file: string): void {
  const directory = dirname(file);
  for (const name of fs.readdirSync(directory)) {
    if (!name.includes(".lock.stage-")) continue;
    const path = join(directory, name);
    quietly(() => {
      if (Date.now() - fs.statSync(path).mtimeMs > GIVE_UP_MS)
        fs.rmSync(path, { recursive: true, maxRetries: 10 });
    });
  }
}

/** Accepts comments and trailing commas. The comments are lost, as when mux saves. */
function muxRead(file: string): Json {
  const data: Json = parse(fs.readFileSync(file, "utf8"), [], { allowTrailingComma: true });
  return data;
}

async function muxSave(file: string, data: Json): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString("hex")}.mux`;
  fs.writeFileSync(temporary, muxTextOf(data), { mode: 0o600, flush: true });
  // On Windows, a file cannot be replaced while another program reads it.
  for (const until = performance.now() + PATIENCE_MS; ; await wait(RETRY_MS)) {
    try {
      fs.renameSync(temporary, fs.realpathSync(file));
      return;
    } catch (error) {
      if (!BUSY.has(codeOf(error)) || performance.now() > until) throw error;
    }
  }
}

function quietly(act: () => void): void {
  try {
    act();
  } catch {
    // Another program took the lock first.
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
