/** Parses URLs. All that is said about a provider follows from a few, which are parsed many times. */

/** The parts of a URL, as the URL standard names them. */
export interface ParsedUrl {
  readonly protocol: string;
  readonly host: string;
  readonly hostname: string;
  readonly port: string;
  readonly username: string;
  readonly password: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
}

/** Node and browsers both provide it, but this folder includes neither's types. */
declare const URL: new (text: string) => ParsedUrl;

/** Enough for the addresses of one provider. */
const MOST_KEPT = 8;
/** Longer ones are not kept, because they could take much memory. */
const LONGEST_KEPT = 2000;
const kept = new Map<string, ParsedUrl | null>();

/** The parts of a URL; null for a text that is not one. */
export function parseUrl(text: string): ParsedUrl | null {
  if (text.length > LONGEST_KEPT) return parsed(text);
  const known = kept.get(text);
  if (known !== undefined) return known;
  if (kept.size === MOST_KEPT) kept.clear();
  const url = parsed(text);
  kept.set(text, url);
  return url;
}

function parsed(text: string): ParsedUrl | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
