/** Reads the file one task at a time, watches it and notifies listeners of each change. */
import { randomBytes, randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";

import { failure } from "../../shared/errors";
import type { ConfirmedDomains } from "../../shared/gateway-domain";
import type { MuxAppName } from "../../shared/mux-route";
import type { Result } from "../../shared/result";
import type { ProvidersView } from "../../shared/view";
import { isBlank } from "../disk/file-bytes";
import { readBytes } from "../disk/read-file";
import { watchFile, type FileWatch } from "../disk/watch-file";
import type { Document } from "../jsonc/document";
import type { MirrorSetting } from "../mirror/mirror-setting";
import { filesWithoutKey } from "../mux/key-file";
import {
  muxSettingsFile,
  readMuxSettings,
  DEFAULT_MUX_SETTINGS,
  type MuxSettings,
} from "../mux/mux-settings";
import type { Log } from "../text/log";
import { textsIn } from "../text/texts-in";
import { aboutError } from "../text/unexpected-error";
import type { DomainConfirmations } from "./confirmed-domains";
import type { ChangeContext } from "./mirror-edits";
import { muxTarget, type MuxTarget } from "./mux-target";
import type { ReadProvider } from "./providers";
import { sameReading, type Snapshot } from "./snapshot";
import { SnapshotCache } from "./snapshot-cache";
import type { TokenFingerprints } from "./token-fingerprints";
import type { UndoSteps } from "./undo-steps";
import { markOf, muxRoutes, viewOf } from "./view";

export interface LiveFileOptions {
  readonly file: string;
  readonly shownFile: string;
  readonly canOpenFile: boolean;
  readonly otherFile: string | null;
  readonly app: MuxAppName;
  readonly mirror: MirrorSetting;
  readonly fingerprints: TokenFingerprints;
  readonly confirmations: DomainConfirmations;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  readonly steps: UndoSteps;
  readonly account: () => AccountState;
}

/** The state of the connection to the user's Cloudflare account, for a view. */
export interface AccountState {
  readonly changes: number;
  /** The API tokens in use, which the file must not hold. */
  readonly secrets: readonly string[];
}

type Listener = (view: ProvidersView) => void;

/** How long to wait for an editor that empties or moves the file before showing that state. */
const EMPTY_MS = 250;

export class LiveFile {
  readonly #options: LiveFileOptions;
  readonly #cache: SnapshotCache;
  readonly #listeners = new Set<Listener>();
  readonly #markKey = randomBytes(32);
  readonly #id = randomUUID();
  #viewNumber = 0;
  #mux = DEFAULT_MUX_SETTINGS;
  #withoutKey: ReadonlySet<string> = new Set();
  #isMirrorOn = false;
  #domains: ConfirmedDomains = [];
  #lastEmitted: { readonly snapshot: Snapshot; readonly mux: MuxSettings } | null = null;
  /** When an editor seems to have started to save in place, by the monotonic clock. */
  #emptySince: number | null = null;
  #watches: readonly FileWatch[] = [];
  #isClosed = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: LiveFileOptions) {
    this.#options = options;
    this.#cache = new SnapshotCache(options.file);
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The state of the last read; null before the first. */
  get latest(): Snapshot | null {
    return this.#cache.latest;
  }

  /** The result of the last `readSettings`. */
  get context(): ChangeContext {
    const { file, env } = this.#options;
    return { file, env, mirror: this.#isMirrorOn, domains: this.#domains };
  }

  /** Runs tasks one by one, because the lock is not re-entrant and reads must wait for our writes. */
  enqueue<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  /** The snapshot of the bytes on disk. The same bytes are not parsed again. */
  parseCached(bytes: Result<Buffer | null>): Snapshot {
    return this.#cache.read(bytes);
  }

  /** The snapshot of bytes to be written. `document`: their content, if already parsed. */
  preview(bytes: Result<Buffer | null>, document?: Document): Snapshot {
    return this.#cache.preview(bytes, document);
  }

  async readSettings(): Promise<void> {
    const { file, mirror, fingerprints, confirmations } = this.#options;
    const [mux, isMirrorOn, knownTokens, domains] = await Promise.all([
      readMuxSettings(file),
      mirror.isOn(),
      fingerprints.read(),
      confirmations.read(),
    ]);
    this.#domains = domains;
    this.#mux = mux;
    this.#isMirrorOn = isMirrorOn;
    this.#cache.know(knownTokens);
  }

  async readSnapshot(): Promise<Snapshot> {
    const [bytes] = await Promise.all([readBytes(this.#options.file), this.readSettings()]);
    const snapshot = this.parseCached(bytes);
    await this.#readKeyFiles(snapshot);
    return snapshot;
  }

  /** Key files are read with providers.jsonc, and not watched. */
  async #readKeyFiles({ providers }: Snapshot): Promise<void> {
    this.#withoutKey = await filesWithoutKey(providers.map(({ config }) => config));
  }

  markOf(provider: ReadProvider): string {
    return markOf(provider, this.#markKey);
  }

  /** Must run in a task of the queue, so that a view with a higher number was read later. */
  buildView({ bytes, document, providers }: Snapshot): ProvidersView {
    const { file, shownFile, canOpenFile, otherFile, app, env, mirror, steps } = this.#options;
    this.#viewNumber += 1;
    const { changes, secrets } = this.#options.account();
    return viewOf({
      holdsApiToken: secrets.some((secret) => holds(bytes, providers, secret)),
      accountChanges: changes,
      version: { store: this.#id, number: this.#viewNumber },
      file,
      shownFile,
      canOpenFile,
      otherFile,
      exists: !bytes.success || bytes.data !== null,
      problem: document.success ? null : document.error,
      providers,
      env,
      mux: this.#mux,
      withoutKey: this.#withoutKey,
      app,
      domains: this.#domains,
      mirror: { on: this.#isMirrorOn, canChange: mirror.canChange },
      undoSteps: bytes.success ? steps.countFrom(bytes.data) : 0,
      made: 0,
      markKey: this.#markKey,
    });
  }

  /** Finds the target of mux's next request for a model. Must run in a task of the queue. */
  muxTargets({ providers }: Snapshot): (provider: string, modelId: string) => Result<MuxTarget> {
    const { app, env, mirror } = this.#options;
    const about = { on: this.#isMirrorOn, canChange: mirror.canChange };
    const domains = this.#domains;
    const routes = muxRoutes(providers, {
      app,
      env,
      mux: this.#mux,
      withoutKey: this.#withoutKey,
      domains,
      mirror: about,
    });
    return (provider, modelId) => {
      const found = providers.find(({ config }) => config.id === provider);
      if (found === undefined) return failure("provider_unknown", { provider });
      return muxTarget(found, modelId, providers, routes);
    };
  }

  /** Notifies every listener of the snapshot. */
  emit(snapshot: Snapshot): ProvidersView {
    this.#lastEmitted = { snapshot, mux: this.#mux };
    const view = this.buildView(snapshot);
    for (const listener of this.#listeners) {
      try {
        listener(view);
      } catch (error) {
        this.#options.log.warn("A listener failed", aboutError(error));
      }
    }
    return view;
  }

  /** Notifies every listener of something that is not in the file. Must run in a task of the queue. */
  async emitAgain(): Promise<void> {
    if (this.#isClosed || this.#listeners.size === 0) return;
    this.emit(this.#lastEmitted?.snapshot ?? (await this.readSnapshot()));
  }

  /** Adds a listener and watches the file while there is one. Returns a function that removes it. */
  subscribe(listener: Listener): () => void {
    if (this.#isClosed) return () => undefined;
    // A separate function, so that the same listener can be added twice.
    const own: Listener = (view) => listener(view);
    this.#listeners.add(own);
    if (this.#watches.length === 0) this.#startWatching();
    return () => {
      this.#listeners.delete(own);
      if (this.#listeners.size > 0) return;
      this.#stopWatching();
      this.#lastEmitted = null;
    };
  }

  /** Stops watching. Resolves when all queued tasks are done. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#listeners.clear();
    this.#stopWatching();
    await this.#queue;
  }

  #startWatching(): void {
    const { file } = this.#options;
    const readFile = () => void this.enqueue(() => this.#onFileChanged());
    const readMuxConfig = () => void this.enqueue(() => this.#onMuxConfigChanged());
    readFile();
    this.#watches = [watchFile(file, readFile), watchFile(muxSettingsFile(file), readMuxConfig)];
  }

  #stopWatching(): void {
    for (const watch of this.#watches) watch.close();
    this.#watches = [];
  }

  async #onFileChanged(): Promise<void> {
    if (this.#isClosed) return;
    const [bytes] = await Promise.all([readBytes(this.#options.file), this.readSettings()]);
    if (this.#isClosed) return;
    if (this.#isBeingSaved(bytes)) {
      setTimeout(() => void this.enqueue(() => this.#onFileChanged()), EMPTY_MS / 5).unref();
      return;
    }
    this.#emptySince = null;
    const now = this.parseCached(bytes);
    await this.#readKeyFiles(now);
    if (this.#isClosed) return;
    const before = this.#lastEmitted;
    if (before === null) this.#lastEmitted = { snapshot: now, mux: this.#mux };
    else if (!sameReading(before.snapshot.bytes, now.bytes)) this.emit(now);
  }

  /** Whether an editor has just emptied or moved the file in order to save it. */
  #isBeingSaved(bytes: Result<Buffer | null>): boolean {
    if (this.#lastEmitted === null) return false;
    if (!hasLostItsText(this.#lastEmitted.snapshot.bytes, bytes)) return false;
    this.#emptySince ??= performance.now();
    return performance.now() - this.#emptySince < EMPTY_MS;
  }

  /** Does not read providers.jsonc, because another program may be writing it now. */
  async #onMuxConfigChanged(): Promise<void> {
    if (this.#isClosed) return;
    await this.readSettings();
    const before = this.#lastEmitted;
    if (before === null || isDeepStrictEqual(before.mux, this.#mux)) return;
    this.emit(this.latest ?? before.snapshot);
  }
}

/** Comments count too. Escaped characters do not hide a text in a value. */
function holds(
  bytes: Result<Buffer | null>,
  providers: readonly ReadProvider[],
  secret: string,
): boolean {
  if (bytes.success && bytes.data?.includes(secret) === true) return true;
  return textsIn(providers.map(({ config }) => config)).some((text) => text.includes(secret));
}

function hasLostItsText(before: Result<Buffer | null>, now: Result<Buffer | null>): boolean {
  const hadText = before.success && before.data !== null && !isBlank(before.data);
  return hadText && now.success && (now.data === null || isBlank(now.data));
}
