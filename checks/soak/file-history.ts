/** Records every version of the file and checks those that the soak did not write itself. */
import { fork, type ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { isExplained } from "./explain";
import { damageBetween, type Text } from "./file-rules";
import type { SeenVersion, CaughtUp } from "./file-reader";
import { artifactPath } from "./artifacts";

/** How long after one of the soak's own writes the reader may first see it. */
const LATE_MS = 1500;

interface OwnWrite {
  readonly text: Text;
  readonly inPlace: boolean;
  readonly start: number;
  end: number;
}

export class FileHistory {
  readonly failures: string[] = [];
  readonly #earlier = new Set<Text>();
  readonly #reader: ChildProcess;
  readonly #waiting = new Map<number, (reads: number) => void>();
  #writes: readonly OwnWrite[] = [];
  #last: SeenVersion | null = null;
  #lastOwn: Text = null;
  #marks = 0;
  #own = 0;
  #others = 0;
  #missed = 0;

  constructor(file: string) {
    this.#reader = fork(join(import.meta.dirname, "file-reader.ts"), [file], {
      execArgv: ["--import", "tsx"],
    });
    this.#reader.on("message", (message: SeenVersion | CaughtUp) => {
      if (message.kind === "version") this.#onVersion(message);
      else this.#waiting.get(message.mark)?.(message.reads);
    });
  }

  /** Versions by other programs, mainly the app. */
  get others(): number {
    return this.#others;
  }

  get own(): number {
    return this.#own;
  }

  get missed(): number {
    return this.#missed;
  }

  get lastOwn(): Text {
    return this.#lastOwn;
  }

  /** Performs one of the soak's own writes, which may contain any text. */
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

  /** Resolves when every version so far is checked; returns the number of reads. */
  async catchUp(): Promise<number> {
    const mark = ++this.#marks;
    return new Promise((resolve) => {
      this.#waiting.set(mark, resolve);
      this.#reader.send(mark);
    });
  }

  close(): void {
    this.#reader.disconnect();
  }

  #onVersion(version: SeenVersion): void {
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
    // Two writes came between two reads, and the missed one was the soak's own.
    const between = this.#writes.filter(({ end }) => end >= before.at - LATE_MS && end <= at);
    if (between.some((write) => this.#wrongBetween(write.text, text) === null)) this.#missed++;
    else this.#fail(damage, before.text, text);
  }

  /** Null when only gateways differ, and a change or an undo explains the new text. */
  #wrongBetween(before: Text, after: Text): string | null {
    const damage = damageBetween(before, after);
    if (damage.length > 0) return damage.join("; ");
    const isUndo = this.#earlier.has(after);
    this.#earlier.add(after);
    if (isUndo || after === null || isExplained(before, after)) return null;
    return "no change of the panel explains this text";
  }

  #fail(what: string, before: Text, after: Text): void {
    const number = this.failures.push(what);
    writeFileSync(artifactPath(`${number}-before.jsonc`), before ?? "");
    writeFileSync(artifactPath(`${number}-after.jsonc`), after ?? "");
  }
}

function isFrom(write: OwnWrite, text: Text): boolean {
  if (write.text === text) return true;
  return write.inPlace && text !== null && (write.text ?? "").startsWith(text);
}
