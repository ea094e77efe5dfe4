/** Collects the edits of one provider, together with the members that it must have afterwards. */
import { success, type Result } from "../../shared/result";
import type { Document } from "../jsonc/document";
import { REMOVED, type Asked, type Edit, type MemberChange, type Wanted } from "../jsonc/plan";
import { afterEdits } from "../jsonc/wanted";
import { withTokensOf } from "../mirror/known-tokens";
import { planChange, type Change } from "./edit";
import { providerAfter, type ReadProvider } from "./providers";
import { askedOf } from "./verify";

export class ProviderChange {
  readonly id: string;
  readonly #edits: Edit[] = [];
  readonly #asked: ((members: Wanted) => Wanted | null)[] = [];
  #isRemoved = false;
  /** After the first `#applied` edits. */
  #provider: ReadProvider;
  #applied = 0;

  constructor(provider: ReadProvider) {
    this.id = provider.config.id;
    this.#provider = provider;
  }

  /** The provider after the edits so far. Determined on demand, because many changes do not need it. */
  get provider(): ReadProvider {
    this.#provider = providerAfter(this.#provider, this.#edits.slice(this.#applied));
    this.#applied = this.#edits.length;
    return this.#provider;
  }

  get isEmpty(): boolean {
    return this.#edits.length === 0 && !this.#isRemoved;
  }

  /** Adds the tokens of these blocks to the known ones. */
  know(blocks: readonly unknown[]): void {
    const { provider } = this;
    this.#provider = { ...provider, tokens: withTokensOf(provider.tokens, blocks) };
  }

  /** Adds edits of the provider's members. The expected members follow from them. */
  edit(edits: readonly Edit[]): void {
    if (edits.length > 0) this.#add(edits, (members) => afterEdits(members, edits));
  }

  /** Adds a change of the block. The expected block follows from the change. Errors: as `planChange`. */
  changeBlock(document: Document, change: Change, file: string): Result<null> {
    const edits = planChange(document, change, file);
    if (!edits.success) return edits;
    this.#add(edits.data, askedOf(change));
    return success(null);
  }

  /** Removes the provider, which must have no members left. */
  removeProvider(): void {
    this.#isRemoved = true;
  }

  /** The change as the editor takes it, without the provider, so that many need little memory. */
  finished(): MemberChange {
    const [steps, isRemoved] = [this.#asked, this.#isRemoved];
    const asked: Asked = (members) => {
      const all = steps.reduce<Wanted | null>((left, step) => left && step(left), members);
      if (!isRemoved) return all;
      return all?.length === 0 ? REMOVED : null;
    };
    return { key: this.id, edits: this.#edits, isRemoved, asked };
  }

  #add(edits: readonly Edit[], asked: (members: Wanted) => Wanted | null): void {
    this.#edits.push(...edits);
    this.#asked.push(asked);
  }
}
