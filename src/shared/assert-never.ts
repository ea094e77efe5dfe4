/** Checks at compile time that a switch handles every case. */

/** A missing case does not compile. Throws a `TypeError` if it is reached anyway. */
export function assertNever(value: never): never {
  throw new TypeError(`Unexpected: ${String(value)}`);
}
