/** Every version that the file ever had: which of them the soak wrote itself, and what is wrong with the others. */
import { fork, type ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { isExplained } from "./explain";
import { damageBetween, type Text } from "./file-rules";
import type { MetVersion, ReadUntil } from "./file-reader";
import { kept } from "./kept";

/** How long after a write of the soak's own the reader may still meet it for the first time. */
const LATE_MS = 1500;

interface OwnWrite {
  readonly text: Text;
  readonly inPlace: boolean;
  readonly start: number;
  end: number;
}

export class Ledger {
  readonly failures: string[] = [];
  readonly #earlier = new Set<Text>();
  readonly #reader: ChildProcess;
  readonly #waiting = new Map<number, (reads: number) => void>();
  #writes: readonly OwnWrite[] = [];
  #last: MetVersion | null = null;
  #lastOwn: Text = null;
  #marks = 0;
  #own = 0;
  #others = 0;
  #missed = 0;

  constructor(file: string) {
    this.#reader = fork(join(import.meta.dirname, "file-reader.ts"), [file], {
      execArgv: ["--import", "tsx"],
    });
    this.#reader.on("message", (news: MetVersion | ReadUntil) => {
      if (news.kind === "version") this.#met(news);
      else this.#waiting.get(news.mark)?.(news.reads);
    });
  }

  /** Versions by others, the app first of all. */
  get others(): number {
    return this.#others;
  }

  get own(): number {
    return this.#own;
  }

  get missed(): number {
    return this.#missed;
  }

  /** What the soak wrote last. */
  get lastOwn(): Text {
    return this.#lastOwn;
  }

  /** Does a write of the soak's own, which may leave any text behind. */
  async write(
    text: Text,
    how: { readonly inPlace: boolean },
    act: () => Promise<void> | void,
  ): Promise<void> {
    const write: OwnWrite = { text, ...how, start: Date.now(), end: Infinity };
    this.#writes = [...this.#writes.slice(-50), write];
    this.#lastOwn = text;
    try {
      await act();
    } finally {
      write.end = Date.now();
    }
  }

  /** Resolves when every version until now was judged; answers how often the file was read so far. */
  async caughtUp(): Promise<number> {
    const mark = ++this.#marks;
    return new Promise((resolve) => {
      this.#waiting.set(mark, resolve);
      this.#reader.send(mark);
    });
  }

  close(): void {
    this.#reader.disconnect();
  }

  #met(version: MetVersion): void {
    const before = this.#last;
    this.#last = version;
    const { at, text } = version;
    if (before) this.#earlier.add(before.text);
    const near = this.#writes.filter(({ start, end }) => at >= start && at <= end + LATE_MS);
    if (near.some((write) => isFrom(write, text))) {
      this.#own++;
      return;
    }
    if (before === null) return;
    this.#others++;
    if (before.file === version.file) this.#fail("it was written in place", before.text, text);
    const damage = this.#wrongBetween(before.text, text);
    if (damage === null) return;
    // Two programs were quicker than the reader: what stood between is what the soak wrote.
    const between = this.#writes.filter(({ end }) => end >= before.at - LATE_MS && end <= at);
    if (between.some((write) => this.#wrongBetween(write.text, text) === null)) this.#missed++;
    else this.#fail(damage, before.text, text);
  }

  /** Null when the difference is of gateways alone, and what a change or an undo makes of the old text. */
  #wrongBetween(before: Text, after: Text): string | null {
    const damage = damageBetween(before, after);
    if (damage.length > 0) return damage.join("; ");
    const isUndo = this.#earlier.has(after);
    this.#earlier.add(after);
    if (isUndo || after === null || isExplained(before, after)) return null;
    return "no change makes this text of the one before";
  }

  #fail(what: string, before: Text, after: Text): void {
    const number = this.failures.push(what);
    writeFileSync(kept(`${number}-before.jsonc`), before ?? "");
    writeFileSync(kept(`${number}-after.jsonc`), after ?? "");
  }
}

function isFrom(write: OwnWrite, text: Text): boolean {
  if (write.text === text) return true;
  return write.inPlace && text !== null && (write.text ?? "").startsWith(text);
}
