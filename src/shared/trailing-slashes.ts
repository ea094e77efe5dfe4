/** How an address ends. */

/**
 * The address without the slashes at its end. Counted, because an expression for them takes hours over
 * a megabyte of slashes with something behind it, and a file may hold that.
 */
export function withoutTrailingSlashes(address: string): string {
  let end = address.length;
  while (address.endsWith("/", end)) end -= 1;
  return address.slice(0, end);
}
