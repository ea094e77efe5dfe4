/** One try to change a file that cannot be changed just now: what must come of it, and what did. */
import { readdir, readFile, realpath } from "node:fs/promises";
import { basename, dirname } from "node:path";

import type { ErrorCode } from "../../src/shared/errors";
import type { Result } from "../../src/shared/result";
import { openProvidersStore } from "../../src/main/config/store";
import { ACCOUNT } from "./sample";

/** Makes one change with a store of its own; answers the code of its error, or null. */
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

/** Everything in the directories of the file and of its link's target but the file itself. */
export async function litterOf(file: string): Promise<readonly string[]> {
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

  /** Notes a failure unless `found` is `wanted`. */
  same<T>(what: string, found: T, wanted: T): void {
    this.#tries++;
    if (found !== wanted) {
      this.failures.push(`${what}: ${String(found)} instead of ${String(wanted)}`);
    }
  }

  /** The file has these bytes, and nothing that a writer made is left beside it. */
  async whole(
    what: string,
    file: string,
    bytes: Buffer,
    besides: readonly string[] = [],
  ): Promise<void> {
    this.same(`${what}, file whole`, (await readFile(file)).equals(bytes), true);
    this.same(`${what}, left behind`, (await litterOf(file)).join(), [...besides].sort().join());
  }
}
