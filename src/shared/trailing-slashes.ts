/** Removes trailing slashes. */

/**
 * Removes the slashes at the end of a URL. It uses a loop, because a regular expression takes hours
 * on a megabyte of slashes followed by another character, and a file may contain that.
 */
export function withoutTrailingSlashes(address: string): string {
  let end = address.length;
  while (address.endsWith("/", end)) end -= 1;
  return address.slice(0, end);
}
