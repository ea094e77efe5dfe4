/** Changes of the file: each under the lock, verified, shown to the listeners, and undone in turn. */
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

/** Answers the very same document when there is nothing to change. May be called more than once. */
export type Edit = (snapshot: Snapshot) => Result<Document>;

/** What is remembered of a change that was written; answers how many steps for Undo that made. */
type StepRecorder = (change: FileChange & Pick<UndoStep, "revoked">) => 0 | 1;

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
   * Edits the document and writes it: one write and one step for Undo, or none. `made`: what was
   * done. `token`: one that the edit will probably write.
   */
  edit(
    edit: Edit,
    made: () => Undone,
    token: string | null = null,
  ): Promise<Result<ProvidersView>> {
    const record: StepRecorder = (change) => this.#steps.add({ ...change, made: made() });
    return this.#enqueue(() => this.#applyEdit(edit, record, token));
  }

  /** Mirrors every block that is on, or none any more: one write, and remembered. */
  setMirror(on: boolean): Promise<Result<ProvidersView>> {
    return this.#enqueue(async () => {
      if (!this.#mirror.canChange) return failure("mirror_fixed");
      await this.#live.readSettings();
      const { mirror: mirrorBefore } = this.#live.context;
      const changed = await this.#applyEdit(
        ({ document, providers }) =>
          document.success
            ? mirrorAll(document.data, providers, { ...this.#live.context, mirror: on })
            : document,
        (change) => this.#steps.add({ ...change, mirrorBefore, made: SET_MIRROR }),
      );
      if (!changed.success) return changed;
      const { made } = changed.data;
      const { latest } = this.#live;
      // With nothing to mirror, the setting alone changes, and Undo takes that back as well.
      if (made === 1 || on === mirrorBefore || latest?.bytes.success !== true) {
        const switched = await this.#switchMirror(on);
        return switched.success ? success({ ...switched.data, made }) : switched;
      }
      const { data: bytes } = latest.bytes;
      return this.#switchMirror(on, {
        before: bytes,
        after: bytes,
        mirrorBefore,
        made: SET_MIRROR,
      });
    });
  }

  /**
   * Confirms a custom domain and mirrors the blocks that name it: one step for Undo. A confirmation
   * that could not be followed by the file is taken back.
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
      // With nothing to mirror, the confirmation alone changes, and Undo takes that back as well.
      const { data: bytes } = latest.bytes;
      const action: Undone = { action: "confirmDomain", providers: users };
      const made = this.#steps.add({ before: bytes, after: bytes, confirmed, made: action });
      return success({ ...this.#live.emit(latest), made });
    });
  }

  /** Restores the bytes from before the last change; `undo_changed` when the file has changed since. */
  undo(): Promise<Result<ProvidersView>> {
    return this.#enqueue(async () => {
      // In the queue: the last step may be one that is just being made.
      const step = this.#steps.last();
      if (step === null) return failure("undo_nothing");
      await this.#live.readSettings();
      const undone = await this.#write(
        (bytes) =>
          sameBytes(bytes, step.after)
            ? success(step.before)
            : failure("undo_changed", { file: this.#file }),
        () => {
          this.#steps.drop();
          return 0;
        },
      );
      if (!undone.success) return undone;
      // A step that changed the setting alone writes nothing.
      if (this.#steps.last() === step) this.#steps.drop();
      const { mirrorBefore, made, confirmed = [], revoked = [] } = step;
      if (confirmed.length > 0) await this.#confirmations.revoke(confirmed);
      if (revoked.length > 0) await this.#confirmations.confirm(revoked);
      if (confirmed.length + revoked.length > 0) {
        const view = this.#live.emit(await this.#live.readSnapshot());
        return success({ ...view, undone: made });
      }
      const answer = mirrorBefore === undefined ? undone : await this.#switchMirror(mirrorBefore);
      return answer.success ? success({ ...answer.data, undone: made }) : answer;
    });
  }

  #enqueue<T>(task: () => Promise<Result<T>>): Promise<Result<T>> {
    return this.#live.enqueue(async () => (this.#live.isClosed ? failure("closed") : task()));
  }

  /** Edits the document and writes it; tokens that are new in it are remembered first. */
  #applyEdit(
    edit: Edit,
    record: StepRecorder,
    expected: string | null = null,
  ): Promise<Result<ProvidersView>> {
    const write = async (mayWrite: (tokens: TokenChange) => boolean) => {
      await this.#live.readSettings();
      return this.#write((bytes) => {
        const before = this.#live.parseCached(success(bytes));
        const after = this.#encoded(before, bytes, edit(before));
        if (!after.success || sameBytes(bytes, after.data)) return after;
        const tokens = tokensBetween(before, this.#live.preview(after));
        return mayWrite(tokens) ? after : failure("token_not_remembered", { why: "" });
      }, record);
    };
    return rememberTokensFirst(this.#fingerprints, write, expected);
  }

  /** The bytes of an edited document, whose parse is kept for when they are read again. */
  #encoded(before: Snapshot, bytes: Buffer | null, after: Result<Document>): Result<Buffer | null> {
    if (!after.success) return after;
    if (before.document.success && after.data === before.document.data) return success(bytes);
    const written = Buffer.from(after.data.text, "utf8");
    // It could not be read again.
    if (written.length > MAX_BYTES) return failure("file_too_large", { file: this.#file });
    this.#live.preview(success(written), after.data);
    return success(written);
  }

  /** Changes the bytes under the lock, and shows what is in the file then. */
  async #write(
    edit: (bytes: Buffer | null) => Result<Buffer | null>,
    record: StepRecorder,
  ): Promise<Result<ProvidersView>> {
    const { latest } = this.#live;
    const wasThere = latest?.bytes.success === true && latest.bytes.data !== null;
    const changed = await changeFile(this.#file, edit, { wasThere });
    if (!changed.success) {
      // It is gone for good, so that the next change may create it.
      if (changed.error.code === "file_vanished") await this.#live.readSnapshot();
      return changed;
    }
    const { before, after } = changed.data;
    const old = this.#live.latest;
    const now = this.#live.parseCached(success(after));
    if (sameBytes(before, after)) return success(this.#live.buildView(now));
    const made = record({ ...changed.data, revoked: await this.#revokeUnused(old, now) });
    return success({ ...this.#live.emit(now), made });
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

  /**
   * After the file has been made to say it, so that a file that cannot be changed changes nothing.
   * `step`: takes it back where the file needed no change.
   */
  async #switchMirror(on: boolean, step: UndoStep | null = null): Promise<Result<ProvidersView>> {
    const remembered = await this.#mirror.change(on);
    const made = remembered.success && step !== null ? this.#steps.add(step) : 0;
    const view = this.#live.emit(await this.#live.readSnapshot());
    return remembered.success ? success({ ...view, made }) : remembered;
  }
}
