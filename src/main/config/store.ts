/** providers.jsonc as one object: read, switch, undo, and hear of every change. */
import { randomBytes, randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";

import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import type { GatewayBlockView } from "../../shared/gateway-block";
import type { FixCode, ProvidersView } from "../../shared/view";
import type { Log } from "../text/log";
import { aboutError } from "../text/unexpected-error";
import { changeFile, type FileChange } from "../disk/change-file";
import {
  disableProvider,
  enableProvider,
  fixProvider,
  forgetProvider,
  mirrorAll,
  type ChangeContext,
} from "./change-provider";
import { conflict, wantedBlock } from "./conflict";
import { isBlank, MAX_BYTES } from "../disk/file-bytes";
import { fixedMirror, type MirrorSetting } from "../mirror/mirror-setting";
import {
  muxSettingsFile,
  readMuxSettings,
  USUAL_MUX_SETTINGS,
  type MuxSettings,
} from "../mux/mux-settings";
import type { ProviderConfig } from "../mux/provider-config";
import type { ReadProvider } from "./providers";
import { readBytes } from "../disk/read-file";
import { sameBytes } from "../disk/save-file";
import { sameReading, tokensBetween, type Snapshot } from "./snapshot";
import { SnapshotCache } from "./snapshot-cache";
import {
  openTokenFingerprints,
  rememberTokensFirst,
  type TokenFingerprints,
} from "./token-fingerprints";
import type { Document } from "../jsonc/document";
import { UndoSteps, type UndoStep } from "./undo-steps";
import { markOf, viewBlock, viewOf } from "./view";
import { watchFile, type FileWatch } from "../disk/watch-file";

export interface StoreOptions {
  /** Absolute path of providers.jsonc, whether or not it exists. */
  readonly file: string;
  /** A providers.jsonc in another home, which is not used; by default null. */
  readonly otherFile?: string | null;
  /** By default off, and not to be changed. */
  readonly mirror?: MirrorSetting;
  /** By default kept in memory. */
  readonly fingerprints?: TokenFingerprints;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
}

export interface GatewayDetails {
  readonly accountId: string;
  readonly gatewayName: string;
  /** Absent: keep the block's; null: remove it. */
  readonly token?: string | null;
  /** `custom-<slug>`; absent: keep the block's; null: remove it. */
  readonly segment?: string | null;
}

export interface SeenOption {
  /** The provider's `mark` when it was shown; a block that has changed since answers `conflict`. */
  readonly seen?: string;
}

export interface ProvidersStore {
  readonly file: string;
  /** The file as it is on disk now. Never rejects: what is wrong stands in `view.problem`. */
  read(): Promise<{ readonly view: ProvidersView; readonly providers: readonly ProviderConfig[] }>;
  /** Writes the block, or switches a disabled one on again. */
  enable(
    provider: string,
    details: GatewayDetails,
    options?: SeenOption,
  ): Promise<Result<ProvidersView>>;
  disable(provider: string, options?: SeenOption): Promise<Result<ProvidersView>>;
  /** Removes the block, switched on or off. */
  forget(provider: string, options?: SeenOption): Promise<Result<ProvidersView>>;
  /** Carries out the fix of a notice; `fix_unavailable` when the provider has no use for it. */
  fix(provider: string, fix: FixCode, options?: SeenOption): Promise<Result<ProvidersView>>;
  /** Mirrors every block that is on, or none any more: one write, and remembered. */
  setMirror(on: boolean): Promise<Result<ProvidersView>>;
  /** Gives back the bytes before the last change; `undo_changed` when the file is no longer ours. */
  undo(): Promise<Result<ProvidersView>>;
  /** Calls once for each change, ours or another's. Returns the way to stop. */
  onChange(listener: (view: ProvidersView) => void): () => void;
  /** Stops watching, and resolves when what was begun is done. */
  close(): Promise<void>;
}

/** An editor that empties or moves the file to save it is given so long before that is shown. */
const EMPTY_MS = 250;

/** Opens the file; nothing is read before it is asked for, nothing created before the first change. */
export function openProvidersStore(options: StoreOptions): ProvidersStore {
  const { file, otherFile = null, mirror = fixedMirror(false), env, log } = options;
  const fingerprints = options.fingerprints ?? openTokenFingerprints({ settingsFile: null, log });
  const markKey = randomBytes(32);
  const storeId = randomUUID();
  const undoSteps = new UndoSteps();
  const listeners = new Set<(view: ProvidersView) => void>();
  const cache = new SnapshotCache(file);
  let mux = USUAL_MUX_SETTINGS;
  let isMirrorOn = false;
  /** What the listeners know. */
  let told: { readonly snapshot: Snapshot; readonly mux: MuxSettings } | null = null;
  /** Since when, on the monotonic clock, an editor seems to be saving in place. */
  let emptySince: number | null = null;
  let watching: readonly FileWatch[] = [];
  let closed = false;
  let shown = 0;
  let queue: Promise<unknown> = Promise.resolve();

  /** One after the other: the lock is not re-entrant, and a look at the file waits for our own write. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  };

  const understand = (bytes: Result<Buffer | null>): Snapshot => cache.understand(bytes);

  const lookAround = async (): Promise<void> => {
    const [settings, isOn, written] = await Promise.all([
      readMuxSettings(file),
      mirror.isOn(),
      fingerprints.read(),
    ]);
    mux = settings;
    isMirrorOn = isOn;
    cache.know(written);
  };

  const look = async (): Promise<Snapshot> => {
    const [bytes] = await Promise.all([readBytes(file), lookAround()]);
    return understand(bytes);
  };

  /** Always in turn, so that what has the greater number was seen later. */
  const show = ({ bytes, document, providers }: Snapshot): ProvidersView => {
    const problem = document.success ? null : document.error;
    const exists = !bytes.success || bytes.data !== null;
    const steps = bytes.success ? undoSteps.countFrom(bytes.data) : 0;
    const about = { file, otherFile, exists, problem, providers, env, mux };
    const mirrored = { on: isMirrorOn, canChange: mirror.canChange };
    shown += 1;
    const version = { store: storeId, number: shown };
    return viewOf({
      ...about,
      version,
      mirror: mirrored,
      undoSteps: steps,
      made: 0,
      markKey,
    });
  };

  const context = (): ChangeContext => ({ file, env, mirror: isMirrorOn });

  const tell = (snapshot: Snapshot): ProvidersView => {
    told = { snapshot, mux };
    const view = show(snapshot);
    for (const listener of listeners) {
      try {
        listener(view);
      } catch (error) {
        log.warn("A listener failed", aboutError(error));
      }
    }
    return view;
  };

  const stopWatching = () => {
    for (const watch of watching) watch.close();
    watching = [];
  };

  const tellOfOthers = async (): Promise<void> => {
    if (closed) return;
    const [bytes] = await Promise.all([readBytes(file), lookAround()]);
    if (closed) return;
    if (told !== null && isEmptied(told.snapshot.bytes, bytes)) {
      emptySince ??= performance.now();
      if (performance.now() - emptySince < EMPTY_MS) {
        setTimeout(() => void inTurn(tellOfOthers), EMPTY_MS / 5).unref();
        return;
      }
    }
    emptySince = null;
    const now = understand(bytes);
    if (told === null) told = { snapshot: now, mux };
    else if (!sameReading(told.snapshot.bytes, now.bytes)) tell(now);
  };

  /** Leaves providers.jsonc alone, in which somebody may be writing at this moment. */
  const tellOfMux = async (): Promise<void> => {
    if (closed) return;
    await lookAround();
    if (told !== null && !isDeepStrictEqual(told.mux, mux)) tell(cache.latest ?? told.snapshot);
  };

  const changeNow = async (
    edit: (bytes: Buffer | null) => Result<Buffer | null>,
    record: (change: FileChange) => 0 | 1,
  ): Promise<Result<ProvidersView>> => {
    const wasThere = cache.latest?.bytes.success === true && cache.latest.bytes.data !== null;
    const changed = await changeFile(file, edit, { wasThere });
    if (!changed.success) {
      // It is gone for good, so that the next change may create it.
      if (changed.error.code === "file_vanished") await look();
      return changed;
    }
    const { before, after } = changed.data;
    const now = understand(success(after));
    if (sameBytes(before, after)) return success(show(now));
    const made = record(changed.data);
    return success({ ...tell(now), made });
  };

  const changeTokens = async (
    edit: (bytes: Buffer | null) => Result<Buffer | null>,
    record: (change: FileChange) => 0 | 1,
  ): Promise<Result<ProvidersView>> =>
    rememberTokensFirst(fingerprints, async (mayWrite) => {
      await lookAround();
      return changeNow((bytes) => {
        const after = edit(bytes);
        if (!after.success || sameBytes(bytes, after.data)) return after;
        const tokens = tokensBetween(understand(success(bytes)), cache.preview(after));
        return mayWrite(tokens) ? after : failure("token_not_remembered", { why: "" });
      }, record);
    });

  const change = async (
    edit: (bytes: Buffer | null) => Result<Buffer | null>,
  ): Promise<Result<ProvidersView>> =>
    inTurn(async () => {
      if (closed) return failure("closed");
      return changeTokens(edit, (step) => undoSteps.add(step));
    });

  /**
   * After the file has been made to say it, so that a file that cannot be changed changes nothing.
   * `step`: takes it back where the file needed no change.
   */
  const switchMirror = async (
    on: boolean,
    step: UndoStep | null = null,
  ): Promise<Result<ProvidersView>> => {
    const remembered = await mirror.change(on);
    const made = remembered.success && step !== null ? undoSteps.add(step) : 0;
    await lookAround();
    const view = tell(await look());
    return remembered.success ? success({ ...view, made }) : remembered;
  };

  /** The bytes of an edited document, whose parse is kept for when they are read again. */
  const encoded = (
    bytes: Buffer | null,
    before: Document,
    after: Result<Document>,
  ): Result<Buffer | null> => {
    if (!after.success) return after;
    if (after.data === before) return success(bytes);
    const written = Buffer.from(after.data.text, "utf8");
    // It could not be read again.
    if (written.length > MAX_BYTES) return failure("file_too_large", { file });
    cache.preview(success(written), after.data);
    return success(written);
  };

  /** `yours`: the block as the caller wanted it, given the one in the file. */
  const changeProvider = async (
    id: string,
    { seen }: SeenOption,
    yours: (file: GatewayBlockView | null) => GatewayBlockView | null,
    edit: (document: Document, provider: ReadProvider) => Result<Document>,
  ): Promise<Result<ProvidersView>> =>
    change((bytes) => {
      const { document, providers } = understand(success(bytes));
      if (!document.success) return document;
      const provider = providers.find(({ config }) => config.id === id);
      if (!provider) return failure("provider_unknown", { provider: id });
      const after = encoded(bytes, document.data, edit(document.data, provider));
      // If another program made the very same change, there is nothing to ask.
      if (!after.success || sameBytes(bytes, after.data)) return after;
      if (seen === undefined || seen === markOf(provider, markKey)) return after;
      const block = provider.shown && viewBlock(provider.shown);
      return conflict(id, yours(block), block);
    });

  return {
    file,
    // In turn, so that a test that is asked for after a switch finds the switch in the file.
    read: () =>
      inTurn(async () => {
        const snapshot = await look();
        return { view: show(snapshot), providers: snapshot.providers.map(({ config }) => config) };
      }),
    enable: (provider, details, seen = {}) =>
      changeProvider(
        provider,
        seen,
        (block) => wantedBlock(details, block),
        (document, found) => enableProvider(document, found, details, context()),
      ),
    disable: (provider, seen = {}) =>
      changeProvider(
        provider,
        seen,
        () => null,
        (document, found) => disableProvider(document, found, context()),
      ),
    forget: (provider, seen = {}) =>
      changeProvider(
        provider,
        seen,
        () => null,
        (document, found) => forgetProvider(document, found, context()),
      ),
    fix: (provider, fix, seen = {}) =>
      changeProvider(
        provider,
        seen,
        (block) => block,
        (document, found) => fixProvider(document, found, fix, context()),
      ),
    setMirror: (on) =>
      inTurn(async () => {
        if (closed) return failure("closed");
        if (!mirror.canChange) return failure("mirror_fixed");
        await lookAround();
        const mirrorBefore = isMirrorOn;
        const changed = await changeTokens(
          (bytes) => {
            const { document, providers } = understand(success(bytes));
            if (!document.success) return document;
            const all = mirrorAll(document.data, providers, { ...context(), mirror: on });
            return encoded(bytes, document.data, all);
          },
          (step) => undoSteps.add({ ...step, mirrorBefore }),
        );
        if (!changed.success) return changed;
        const { made } = changed.data;
        // With nothing to mirror, the setting alone changes, and Undo takes that back as well.
        if (made === 1 || on === mirrorBefore || cache.latest?.bytes.success !== true) {
          const switched = await switchMirror(on);
          return switched.success ? success({ ...switched.data, made }) : switched;
        }
        const { data: bytes } = cache.latest.bytes;
        return switchMirror(on, { before: bytes, after: bytes, mirrorBefore });
      }),
    undo: () =>
      inTurn(async () => {
        if (closed) return failure("closed");
        // In turn: the last step may be one that is just being made.
        const step = undoSteps.last();
        if (step === null) return failure("undo_nothing");
        await lookAround();
        const undone = await changeNow(
          (bytes) =>
            sameBytes(bytes, step.after) ? success(step.before) : failure("undo_changed", { file }),
          () => {
            undoSteps.drop();
            return 0;
          },
        );
        if (!undone.success || step.mirrorBefore === undefined) return undone;
        // A step that changed the setting alone writes nothing.
        if (undoSteps.last() === step) undoSteps.drop();
        return switchMirror(step.mirrorBefore);
      }),
    onChange: (listener) => {
      if (closed) return () => undefined;
      // A function of its own, so that the same listener can be added twice.
      const own = (view: ProvidersView) => listener(view);
      listeners.add(own);
      if (watching.length === 0) {
        void inTurn(tellOfOthers);
        watching = [
          watchFile(file, () => void inTurn(tellOfOthers)),
          watchFile(muxSettingsFile(file), () => void inTurn(tellOfMux)),
        ];
      }
      return () => {
        listeners.delete(own);
        if (listeners.size > 0) return;
        stopWatching();
        told = null;
      };
    },
    close: async () => {
      closed = true;
      listeners.clear();
      stopWatching();
      await queue;
    },
  };
}

function isEmptied(known: Result<Buffer | null>, now: Result<Buffer | null>): boolean {
  const hadText = known.success && known.data !== null && !isBlank(known.data);
  return hadText && now.success && (now.data === null || isBlank(now.data));
}
