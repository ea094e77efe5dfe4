/** Keeps every request below the base URL that it was made for. */
import { withoutTrailingSlashes } from "../../shared/trailing-slashes";

/** A request that would have left its base URL. Nothing of it was sent. */
export class LeftBaseUrlError extends Error {
  override readonly name = "LeftBaseUrlError";
  readonly code = "LEFT_BASE_URL";

  constructor(baseUrl: string, url: string) {
    super(
      `The request to ${addressOf(url)} was not sent: it is not below the base URL ${addressOf(baseUrl)}. Check the model's name.`,
    );
  }
}

/**
 * Whether `url` lies below `baseUrl`: the same scheme, host and port, and every step of the base
 * URL's path, which for a gateway are account, gateway and segment. A path that climbs once it is
 * decoded (`..%2f`) is not below, because the server behind may decode it.
 */
export function isBelowBaseUrl(baseUrl: string, url: string): boolean {
  if (!URL.canParse(baseUrl) || !URL.canParse(url)) return false;
  const [base, called] = [new URL(baseUrl), new URL(url)];
  if (called.protocol !== base.protocol || called.host !== base.host) return false;
  if (called.username !== "" || called.password !== "") return false;
  const path = withoutTrailingSlashes(base.pathname);
  if (called.pathname !== path && !called.pathname.startsWith(`${path}/`)) return false;
  return !bendsPath(called.pathname.slice(path.length));
}

/**
 * Whether a text leaves its place in the path of an address, as it is or once it is decoded: `..`
 * or `.` as a step, a backslash, `?`, `#` or a control character.
 */
export function bendsPath(text: string): boolean {
  const decoded = fullyDecoded(text);
  return (
    decoded === null ||
    // URL parsers drop some control characters silently, which joins the dots around them.
    /[\\?#\p{Cc}]/u.test(decoded) ||
    decoded.split("/").some((step) => step === "." || step === "..")
  );
}

/**
 * A fetch that rejects with `LeftBaseUrlError` what is not below `baseUrl`, before anything is
 * sent, and tells `refused` its URL.
 */
export function belowBaseUrl(
  send: typeof globalThis.fetch,
  baseUrl: string,
  refused: (url: string) => void = () => undefined,
): typeof globalThis.fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : new URL(input).href;
    if (!isBelowBaseUrl(baseUrl, url)) {
      refused(url);
      throw new LeftBaseUrlError(baseUrl, url);
    }
    return send(input, init);
  };
}

/** Scheme, host and path: a query may hold a secret. */
export function addressOf(url: string): string {
  if (!URL.canParse(url)) return "an address that cannot be read";
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

/** How often a text may be percent-encoded before nobody can tell what a server makes of it. */
const DECODINGS = 8;

/** ASCII alone is decoded: nothing else can change a path. Null when there is no end to it. */
function fullyDecoded(text: string): string | null {
  let decoded = text;
  for (let times = 0; times < DECODINGS; times++) {
    const next = decoded.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    if (next === decoded) return decoded;
    decoded = next;
  }
  return null;
}
