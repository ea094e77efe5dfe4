/** One provider's part of a change: its plan, and what it asks. Any number of them are one write. */
import { success, type Result } from "../../shared/result";
import { changeDocument } from "../jsonc/change-document";
import type { Document } from "../jsonc/document";
import { within, type Edit } from "../jsonc/plan";
import { afterEdits, GONE, type Asked, type Wanted } from "../jsonc/verify";
import { withTokensOf } from "../mirror/known-tokens";
import { planChange, type Change } from "./edit";
import { providerAfter, type ReadProvider } from "./providers";
import { askedOf } from "./verify";

export class ProviderChange {
  readonly id: string;
  readonly #plan: Edit[] = [];
  readonly #asked: ((members: Wanted) => Wanted | null)[] = [];
  #isRemoved = false;
  #provider: ReadProvider;

  constructor(provider: ReadProvider) {
    this.id = provider.config.id;
    this.#provider = provider;
  }

  /** As what has been planned so far makes it. */
  get provider(): ReadProvider {
    return this.#provider;
  }

  /** Edits of the document; none while nothing is to change. */
  get plan(): readonly Edit[] {
    return this.#plan;
  }

  /** Counts the tokens of these blocks among those that are known. */
  know(blocks: readonly unknown[]): void {
    const tokens = withTokensOf(this.#provider.tokens, blocks);
    this.#provider = { ...this.#provider, tokens };
  }

  /** Plans edits of the provider's members, which ask for just what they say. */
  edit(edits: readonly Edit[]): void {
    if (edits.length === 0) return;
    this.#add(edits, within(this.id, edits), (members) => afterEdits(members, edits));
  }

  /** Plans a change of its block, which asks for the block that the change describes. Errors as of `planChange`. */
  changeBlock(document: Document, change: Change, file: string): Result<null> {
    const planned = planChange(document, change, file);
    if (!planned.success) return planned;
    const { edits, plan } = planned.data;
    this.#add(edits, plan, askedOf(change));
    return success(null);
  }

  /** Plans to remove the provider itself, which must have no members by then. */
  removeProvider(): void {
    this.#plan.push({ kind: "remove", path: [this.id] });
    this.#isRemoved = true;
  }

  /** What the provider's members must be afterwards. */
  asked(members: Wanted): ReturnType<Asked> {
    const all = this.#asked.reduce<Wanted | null>((left, step) => left && step(left), members);
    if (!this.#isRemoved) return all;
    return all?.length === 0 ? GONE : null;
  }

  #add(
    edits: readonly Edit[],
    plan: readonly Edit[],
    asked: (members: Wanted) => Wanted | null,
  ): void {
    this.#plan.push(...plan);
    this.#asked.push(asked);
    this.#provider = providerAfter(this.#provider, edits);
  }
}

/**
 * The document after all changes, in one write: applied once and verified once. The very same
 * document when there is nothing to change; `edit_refused` when the result is not what was asked.
 */
export function changeAll(
  document: Document,
  changes: readonly ProviderChange[],
  file: string,
): Result<Document> {
  const made = changes.filter(({ plan }) => plan.length > 0);
  const plan = made.flatMap((change) => change.plan);
  const asked = new Map(
    made.map((change): [string, Asked] => [change.id, (members) => change.asked(members)]),
  );
  return changeDocument(document, plan, asked, file);
}
