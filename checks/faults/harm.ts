/** Attempts a change of a file under a fault, and collects failed expectations. */
import { readdir, readFile, realpath } from "node:fs/promises";
import { basename, dirname } from "node:path";

import type { ErrorCode } from "../../src/shared/errors";
import type { Result } from "../../src/shared/result";
import { openProvidersStore } from "../../src/main/config/store";
import { ACCOUNT } from "./sample";

/** Makes one change with a new store; returns the error code, or null. */
export async function change(file: string, gatewayName: string): Promise<Answer> {
  const log = { info: () => undefined, warn: () => undefined };
  const store = openProvidersStore({ file, env: {}, log });
  const start = performance.now();
  const done = await store.enable("openai", { accountId: ACCOUNT, gatewayName });
  const ms = performance.now() - start;
  await store.close();
  return { ...answerOf(done), ms };
}

export interface Answer {
  readonly error: ErrorCode | null;
  readonly message: string;
  readonly ms: number;
}

function answerOf(done: Result<unknown>): Omit<Answer, "ms"> {
  return done.success
    ? { error: null, message: "" }
    : { error: done.error.code, message: done.error.message };
}

/** All other files in the directories of the file and of its symlink's target. */
export async function leftoversOf(file: string): Promise<readonly string[]> {
  const names = new Set<string>();
  for (const path of [file, await realpath(file)]) {
    for (const name of await readdir(dirname(path))) if (name !== basename(path)) names.add(name);
  }
  return [...names].sort();
}

export class Findings {
  readonly failures: string[] = [];
  #tries = 0;

  get tries(): number {
    return this.#tries;
  }

  /** Records a failure unless `found` equals `wanted`. */
  same<T>(what: string, found: T, wanted: T): void {
    this.#tries++;
    if (found !== wanted) {
      this.failures.push(`${what}: ${String(found)} instead of ${String(wanted)}`);
    }
  }

  /** Expects these bytes in the file, and no other files except `besides`. */
  async intact(
    what: string,
    file: string,
    bytes: Buffer,
    besides: readonly string[] = [],
  ): Promise<void> {
    this.same(`${what}, file whole`, (await readFile(file)).equals(bytes), true);
    this.same(`${what}, left behind`, (await leftoversOf(file)).join(), [...besides].sort().join());
  }
}
