/** The end of a switch that has answered every case. */

/** Never called: a case that is forgotten does not compile. Throws a `TypeError` if it is after all. */
export function assertNever(value: never): never {
  throw new TypeError(`Unexpected: ${String(value)}`);
}
