/** Keeps the latest snapshots, so that the same text is not parsed twice in a row. */
import { success, type Result } from "../../shared/result";
import type { Document } from "../jsonc/document";
import { NO_TOKENS, type KnownTokens } from "../mirror/known-tokens";
import { sameReading, snapshotOf, snapshotWith, type Snapshot } from "./snapshot";

export class SnapshotCache {
  readonly #file: string;
  #knownTokens: KnownTokens = NO_TOKENS;
  #latest: Snapshot | null = null;
  #preview: Snapshot | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  /** The snapshot of the last read; null before the first. */
  get latest(): Snapshot | null {
    return this.#latest;
  }

  /** Sets the tokens that the panel has written. They determine which headers are the mirror's. */
  know(tokens: KnownTokens): void {
    if (tokens === this.#knownTokens) return;
    this.#knownTokens = tokens;
    this.#preview = null;
    if (this.#latest === null) return;
    const { bytes, document } = this.#latest;
    this.#latest = document.success ? this.#with(bytes, document.data) : this.#parse(bytes);
  }

  /** The snapshot of the bytes on disk. */
  read(bytes: Result<Buffer | null>): Snapshot {
    const known = [this.#latest, this.#preview].find(
      (each) => each !== null && sameReading(each.bytes, bytes),
    );
    this.#latest = known ?? this.#parse(bytes);
    return this.#latest;
  }

  /** The snapshot of bytes to be written. `document`: their content, if already parsed. */
  preview(bytes: Result<Buffer | null>, document: Document | null = null): Snapshot {
    if (document !== null) this.#preview = this.#with(bytes, document);
    else if (this.#preview === null || !sameReading(this.#preview.bytes, bytes)) {
      this.#preview = this.#parse(bytes);
    }
    return this.#preview;
  }

  #with(bytes: Result<Buffer | null>, document: Document): Snapshot {
    return snapshotWith(bytes, success(document), document.text, this.#knownTokens, this.#latest);
  }

  #parse(bytes: Result<Buffer | null>): Snapshot {
    return snapshotOf(bytes, this.#file, this.#knownTokens, this.#latest);
  }
}
