/** providers.jsonc as one object: read, switch, undo, and hear of every change. */
import { randomBytes } from "node:crypto";

import type { EnableInput, ProviderInput } from "../../shared/contract";
import { failure, gatewayError } from "../../shared/errors";
import { checkToken } from "../../shared/gateway-names";
import { gatewayBaseUrl } from "../../shared/gateway-url";
import { success, type Failure, type Result } from "../../shared/result";
import type { GatewayBlockView, ProvidersView } from "../../shared/view";
import type { Log } from "../log";
import { changeFile, type FileChange } from "./change-file";
import { applyChange, type Change } from "./edit";
import { decodeText, MAX_BYTES } from "./file-bytes";
import type { ProviderConfig } from "./provider-config";
import type { ReadProvider } from "./providers";
import { readBytes } from "./read-file";
import { sameBytes } from "./save-file";
import { sameReading, snapshotOf, type Snapshot } from "./snapshot";
import { UndoSteps } from "./undo-steps";
import { markOf, routedProvider, viewBlock, viewOf } from "./view";
import { watchFile, type FileWatch } from "./watch-file";

export interface StoreOptions {
  /** Absolute path of providers.jsonc, whether or not it exists. */
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
}

export interface ProvidersStore {
  readonly file: string;
  /** The file as it is on disk now. Never rejects: what is wrong stands in `view.problem`. */
  read(): Promise<{ readonly view: ProvidersView; readonly providers: readonly ProviderConfig[] }>;
  /** Writes the block, or switches a disabled one on again. */
  enable(input: EnableInput): Promise<Result<ProvidersView>>;
  disable(input: ProviderInput): Promise<Result<ProvidersView>>;
  /** Removes the block, switched on or off. */
  forget(input: ProviderInput): Promise<Result<ProvidersView>>;
  /** Gives back the bytes before the last change; `undo_changed` when the file is no longer ours. */
  undo(): Promise<Result<ProvidersView>>;
  /** Calls once for each change, ours or another's. Returns the way to stop. */
  onChange(listener: (view: ProvidersView) => void): () => void;
  /** Stops watching, and resolves when what was begun is done. */
  close(): Promise<void>;
}

/** Opens the file; nothing is read before it is asked for, nothing created before the first change. */
export function openProvidersStore({ file, env, log }: StoreOptions): ProvidersStore {
  const markKey = randomBytes(32);
  const undoSteps = new UndoSteps();
  const listeners = new Set<(view: ProvidersView) => void>();
  let latest: Snapshot | null = null;
  /** What the listeners know. */
  let told: Snapshot | null = null;
  let watching: FileWatch | null = null;
  let closed = false;
  let queue: Promise<unknown> = Promise.resolve();

  /** One after the other: the lock is not re-entrant, and a look at the file waits for our own write. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  };

  const understand = (bytes: Result<Buffer | null>): Snapshot => {
    if (latest === null || !sameReading(latest.bytes, bytes)) latest = snapshotOf(bytes, file);
    return latest;
  };

  const look = async (): Promise<Snapshot> => understand(await readBytes(file));

  const show = ({ bytes, problem, providers }: Snapshot): ProvidersView => {
    const exists = !bytes.success || bytes.data !== null;
    const steps = bytes.success ? undoSteps.countFrom(bytes.data) : 0;
    return viewOf({ file, exists, problem, providers, env, undoSteps: steps, markKey });
  };

  const tell = (snapshot: Snapshot): ProvidersView => {
    told = snapshot;
    const view = show(snapshot);
    for (const listener of listeners) {
      try {
        listener(view);
      } catch (error) {
        log.warn("A listener failed", { error: error instanceof Error ? error.name : "unknown" });
      }
    }
    return view;
  };

  const tellOfOthers = async (): Promise<void> => {
    if (closed) return;
    const now = await look();
    if (told === null) told = now;
    else if (!sameReading(told.bytes, now.bytes)) tell(now);
  };

  const change = async (
    edit: (bytes: Buffer | null) => Result<Buffer | null>,
    done: (change: FileChange) => void,
  ): Promise<Result<ProvidersView>> =>
    inTurn(async () => {
      if (closed) return failure("closed");
      const changed = await changeFile(file, edit);
      if (!changed.success) return changed;
      const { before, after } = changed.data;
      const now = understand(success(after));
      if (sameBytes(before, after)) return success(show(now));
      done(changed.data);
      return success(tell(now));
    });

  const switchBlock = async (
    asked: Change,
    seen: string | undefined,
    check: (provider: ReadProvider) => Result<unknown>,
  ): Promise<Result<ProvidersView>> =>
    change(
      (bytes) => {
        const { problem, providers } = understand(success(bytes));
        if (problem !== null) return { success: false, error: problem };
        const provider = providers.find(({ config }) => config.id === asked.provider);
        if (!provider) return failure("provider_unknown", { provider: asked.provider });
        const allowed = check(provider);
        if (!allowed.success) return allowed;
        const after = editBytes(bytes, asked, file);
        // Somebody who made the very same change is no reason to ask.
        if (!after.success || sameBytes(bytes, after.data)) return after;
        const isAsSeen = seen === undefined || seen === markOf(provider, markKey);
        return isAsSeen ? after : conflict(asked, provider);
      },
      (made) => undoSteps.add(made),
    );

  return {
    file,
    // In turn, so that a test that is asked for after a switch finds the switch in the file.
    read: () =>
      inTurn(async () => {
        const snapshot = await look();
        return { view: show(snapshot), providers: snapshot.providers.map(({ config }) => config) };
      }),
    enable: ({ provider, seen, ...details }) =>
      switchBlock({ kind: "enable", provider, details }, seen, (found) => {
        if (typeof details.token === "string") {
          const token = checkToken(details.token);
          if (!token.success) return token;
        }
        const segment = details.segment === undefined ? found.shown?.segment : details.segment;
        return gatewayBaseUrl(routedProvider(found.config, env), {
          ...details,
          segment: segment ?? null,
        });
      }),
    disable: ({ provider, seen }) => switchBlock({ kind: "disable", provider }, seen, success),
    forget: ({ provider, seen }) => switchBlock({ kind: "forget", provider }, seen, success),
    undo: async () => {
      const step = undoSteps.last();
      if (step === null) return closed ? failure("closed") : failure("undo_nothing");
      return change(
        (bytes) =>
          sameBytes(bytes, step.after) ? success(step.before) : failure("undo_changed", { file }),
        () => undoSteps.drop(),
      );
    },
    onChange: (listener) => {
      if (closed) return () => undefined;
      // A function of its own, so that the same listener can be added twice.
      const own = (view: ProvidersView) => listener(view);
      listeners.add(own);
      if (watching === null) {
        void inTurn(tellOfOthers);
        watching = watchFile(file, () => void inTurn(tellOfOthers));
      }
      return () => {
        listeners.delete(own);
        if (listeners.size > 0) return;
        watching?.close();
        watching = null;
        told = null;
      };
    },
    close: async () => {
      closed = true;
      listeners.clear();
      watching?.close();
      watching = null;
      await queue;
    },
  };
}

function editBytes(bytes: Buffer | null, change: Change, file: string): Result<Buffer | null> {
  const text = bytes === null ? success("") : decodeText(bytes, file);
  if (!text.success) return text;
  const after = applyChange(text.data, change, file);
  if (!after.success) return after;
  if (after.data === text.data) return success(bytes);
  const encoded = Buffer.from(after.data, "utf8");
  // It could not be read again.
  return encoded.length > MAX_BYTES ? failure("file_too_large", { file }) : success(encoded);
}

function conflict(asked: Change, { shown }: ReadProvider): Failure {
  const file = shown && viewBlock(shown);
  const error = gatewayError("conflict", { provider: asked.provider });
  return {
    success: false,
    error: { ...error, conflict: { yours: wantedBlock(asked, file), file } },
  };
}

/** What is not said stays, so it is taken from the block that is there. */
function wantedBlock(asked: Change, file: GatewayBlockView | null): GatewayBlockView | null {
  if (asked.kind !== "enable") return null;
  const { accountId, gatewayName, token, segment } = asked.details;
  return {
    accountId,
    gatewayName,
    segment: segment === undefined ? (file?.segment ?? null) : segment,
    hasToken: token === undefined ? (file?.hasToken ?? false) : token !== null,
  };
}
