/** Changes the file under the lock, notifies the listeners, and undoes the changes again. */
import { failure } from "../../shared/errors";
import type { ConfirmedDomains } from "../../shared/gateway-domain";
import { success, type Result } from "../../shared/result";
import { isSameGateway, type DomainKey, type Undone } from "../../shared/gateways";
import type { ProvidersView } from "../../shared/view";
import { changeFile, type FileChange } from "../disk/change-file";
import { MAX_BYTES } from "../disk/file-bytes";
import { sameBytes } from "../disk/save-file";
import type { Document } from "../jsonc/document";
import type { MirrorSetting } from "../mirror/mirror-setting";
import type { DomainConfirmations } from "./confirmed-domains";
import { domainsIn } from "./gateways";
import { mirrorAll, mirrorDomain, usersOf } from "./mirror-many";
import type { LiveFile } from "./live-file";
import { tokensBetween, type Snapshot, type TokenChange } from "./snapshot";
import { rememberTokensFirst, type TokenFingerprints } from "./token-fingerprints";
import type { UndoStep, UndoSteps } from "./undo-steps";

export interface FileChangesOptions {
  readonly file: string;
  readonly live: LiveFile;
  readonly steps: UndoSteps;
  readonly mirror: MirrorSetting;
  readonly fingerprints: TokenFingerprints;
  readonly confirmations: DomainConfirmations;
}

/** Returns the same document if there is nothing to change. May be called more than once. */
export type Edit = (snapshot: Snapshot) => Result<Document>;

/**
 * Adds or drops an Undo step and returns the number of added steps. `isSaved`: whether the mirror
 * setting was saved, if it was changed too.
 */
type StepRecorder = (change: FileChange & Pick<UndoStep, "revoked">, isSaved: boolean) => 0 | 1;

const SET_MIRROR: Undone = { action: "setMirror", providers: [] };

export class FileChanges {
  readonly #file: string;
  readonly #live: LiveFile;
  readonly #steps: UndoSteps;
  readonly #mirror: MirrorSetting;
  readonly #fingerprints: TokenFingerprints;
  readonly #confirmations: DomainConfirmations;

  constructor({ file, live, steps, ...settings }: FileChangesOptions) {
    const { mirror, fingerprints, confirmations } = settings;
    this.#file = file;
    this.#live = live;
    this.#steps = steps;
    this.#mirror = mirror;
    this.#fingerprints = fingerprints;
    this.#confirmations = confirmations;
  }

  /**
   * Edits the document and writes it: one write and one Undo step, or none. `made`: a description of
   * the step. `token`: one that the edit will probably write.
   */
  edit(
    edit: Edit,
    made: () => Undone,
    token: string | null = null,
  ): Promise<Result<ProvidersView>> {
    const record: StepRecorder = (change) => this.#steps.add({ ...change, made: made() });
    return this.#enqueue(() => this.#applyEdit(edit, record, { token }));
  }

  /** Mirrors all active blocks or none, in one write, and saves the setting. */
  setMirror(on: boolean): Promise<Result<ProvidersView>> {
    return this.#enqueue(async () => {
      if (!this.#mirror.canChange) return failure("mirror_fixed");
      await this.#live.readSettings();
      const { mirror: mirrorBefore } = this.#live.context;
      return this.#applyEdit(
        ({ document, providers }) =>
          document.success
            ? mirrorAll(document.data, providers, { ...this.#live.context, mirror: on })
            : document,
        (change, isSaved) => {
          const isNothing = sameBytes(change.before, change.after);
          if (isNothing && (!isSaved || on === mirrorBefore)) return 0;
          return this.#steps.add({ ...change, mirrorBefore, made: SET_MIRROR });
        },
        { mirror: on },
      );
    });
  }

  /**
   * Confirms a custom domain and mirrors its blocks in one Undo step. Revokes the confirmation if the
   * file cannot be changed.
   */
  confirmDomain(domain: DomainKey): Promise<Result<ProvidersView>> {
    return this.#enqueue(async () => {
      await this.#live.readSettings();
      const isKnown = this.#live.context.domains.some((each) => isSameGateway(each, domain));
      const confirmed = isKnown ? [] : [domain];
      const saved = isKnown ? success(null) : await this.#confirmations.confirm(confirmed);
      if (!saved.success) return saved;
      let users: readonly string[] = [];
      const changed = await this.#applyEdit(
        ({ document, providers }) => {
          users = usersOf(domain, providers).map(({ config }) => config.id);
          return document.success
            ? mirrorDomain(document.data, providers, domain, this.#live.context)
            : document;
        },
        (change) =>
          this.#steps.add({
            ...change,
            confirmed,
            made: { action: "confirmDomain", providers: users },
          }),
      );
      if (!changed.success) {
        await this.#confirmations.revoke(confirmed);
        return changed;
      }
      const { latest } = this.#live;
      if (changed.data.made === 1 || isKnown || latest?.bytes.success !== true) return changed;
      // Undo also revokes a confirmation that did not change the file.
      const { data: bytes } = latest.bytes;
      const action: Undone = { action: "confirmDomain", providers: users };
      const made = this.#steps.add({ before: bytes, after: bytes, confirmed, made: action });
      return success({ ...this.#live.emit(latest), made });
    });
  }

  /** Restores the bytes before the last change. Fails with `undo_changed` if others changed them. */
  undo(): Promise<Result<ProvidersView>> {
    return this.#enqueue(async () => {
      // Read in the queue, because another task may just have added a step.
      const step = this.#steps.last();
      if (step === null) return failure("undo_nothing");
      await this.#live.readSettings();
      const { made, confirmed = [], revoked = [] } = step;
      // First, because a confirmation that remains must not be reported as undone.
      const ended =
        confirmed.length === 0 ? success(null) : await this.#confirmations.revoke(confirmed);
      if (!ended.success) return ended;
      const undone = await this.#write(
        (bytes) =>
          sameBytes(bytes, step.after)
            ? success(step.before)
            : failure("undo_changed", { file: this.#file }),
        () => {
          this.#steps.drop();
          return 0;
        },
        step.mirrorBefore,
      );
      if (!undone.success) {
        if (confirmed.length > 0) await this.#confirmations.confirm(confirmed);
        return undone;
      }
      // A step that changed only the confirmations writes nothing.
      if (this.#steps.last() === step) this.#steps.drop();
      if (revoked.length > 0) await this.#confirmations.confirm(revoked);
      const isShown = confirmed.length + revoked.length === 0;
      const view = isShown ? undone.data : this.#live.emit(await this.#live.readSnapshot());
      return success({ ...view, undone: made });
    });
  }

  #enqueue<T>(task: () => Promise<Result<T>>): Promise<Result<T>> {
    return this.#live.enqueue(async () => (this.#live.isClosed ? failure("closed") : task()));
  }

  /** Edits the document and writes it. New tokens in it are remembered first. */
  #applyEdit(
    edit: Edit,
    record: StepRecorder,
    { token = null, mirror }: { readonly token?: string | null; readonly mirror?: boolean } = {},
  ): Promise<Result<ProvidersView>> {
    const write = async (mayWrite: (tokens: TokenChange) => boolean) => {
      await this.#live.readSettings();
      return this.#write(
        (bytes) => {
          const before = this.#live.parseCached(success(bytes));
          const after = this.#encoded(before, bytes, edit(before));
          if (!after.success || sameBytes(bytes, after.data)) return after;
          const tokens = tokensBetween(before, this.#live.preview(after));
          return mayWrite(tokens) ? after : failure("token_not_remembered", { why: "" });
        },
        record,
        mirror,
      );
    };
    return rememberTokensFirst(this.#fingerprints, write, token);
  }

  /** The bytes of an edited document. Keeps its snapshot for when they are read again. */
  #encoded(before: Snapshot, bytes: Buffer | null, after: Result<Document>): Result<Buffer | null> {
    if (!after.success) return after;
    if (before.document.success && after.data === before.document.data) return success(bytes);
    const encoded = Buffer.from(after.data.text, "utf8");
    // A larger file could not be read again.
    if (encoded.length > MAX_BYTES) return failure("file_too_large", { file: this.#file });
    this.#live.preview(success(encoded), after.data);
    return success(encoded);
  }

  /**
   * Changes the bytes under the lock and notifies the listeners. `mirror`: the new value of the setting.
   * It is saved afterwards, so that a file that cannot be changed leaves it as it was.
   */
  async #write(
    edit: (bytes: Buffer | null) => Result<Buffer | null>,
    record: StepRecorder,
    mirror?: boolean,
  ): Promise<Result<ProvidersView>> {
    const { latest } = this.#live;
    const wasThere = latest?.bytes.success === true && latest.bytes.data !== null;
    const changed = await changeFile(this.#file, edit, { wasThere });
    if (!changed.success) {
      // A change is refused only once, so that the next one can create the file.
      if (changed.error.code === "file_vanished") await this.#live.readSnapshot();
      return changed;
    }
    const { before, after } = changed.data;
    const old = this.#live.latest;
    const now = this.#live.parseCached(success(after));
    const isSameFile = sameBytes(before, after);
    if (isSameFile && mirror === undefined) return success(this.#live.buildView(now));
    const saved = mirror === undefined ? success(null) : await this.#mirror.change(mirror);
    const revoked = isSameFile ? [] : await this.#revokeUnused(old, now);
    if (mirror !== undefined) await this.#live.readSettings();
    const made = record({ ...changed.data, revoked }, saved.success);
    const view = this.#live.emit(this.#live.parseCached(success(after)));
    return saved.success ? success({ ...view, made }) : saved;
  }

  /** A confirmation ends when a change leaves no block that names the domain. */
  async #revokeUnused(before: Snapshot | null, after: Snapshot): Promise<ConfirmedDomains> {
    const { domains } = this.#live.context;
    if (domains.length === 0 || before === null) return [];
    const [old, now] = [domainsIn(before.providers), domainsIn(after.providers)];
    const isIn = (some: ConfirmedDomains, domain: DomainKey) =>
      some.some((each) => isSameGateway(each, domain));
    const unused = domains.filter((domain) => isIn(old, domain) && !isIn(now, domain));
    if (unused.length === 0) return [];
    const revoked = await this.#confirmations.revoke(unused);
    await this.#live.readSettings();
    return revoked.success ? unused : [];
  }
}
