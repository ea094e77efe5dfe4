/** Counts the actions done, and the clicks whose element was not on screen. */
export type Kind = "click" | "edit" | "fault";

export class Counters {
  readonly #done = new Map<string, number>();
  readonly #missed = new Map<string, number>();

  did(kind: Kind, name: string): void {
    add(this.#done, `${kind}: ${name}`);
  }

  missed(kind: Kind, name: string): void {
    add(this.#missed, `${kind}: ${name}`);
  }

  countOf(kind: Kind, name?: string): number {
    if (name !== undefined) return this.#done.get(`${kind}: ${name}`) ?? 0;
    const all = [...this.#done].filter(([key]) => key.startsWith(`${kind}: `));
    return all.reduce((sum, [, times]) => sum + times, 0);
  }

  /** All actions with their counts. */
  toString(): string {
    const missed = this.#missed.size === 0 ? "" : `; not on screen: ${listOf(this.#missed)}`;
    return `${listOf(this.#done)}${missed}`;
  }
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function listOf(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([key, times]) => `${key.replace(/^\w+: /, "")} ${times}`).join(", ");
}
