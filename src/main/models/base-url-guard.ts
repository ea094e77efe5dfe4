/** Refuses requests to URLs outside a provider's base URL. */
import { escapesPath } from "../../shared/path-escape";
import { withoutTrailingSlashes } from "../../shared/trailing-slashes";

/** Thrown instead of sending a request whose URL is not below the base URL. */
export class LeftBaseUrlError extends Error {
  override readonly name = "LeftBaseUrlError";
  readonly code = "LEFT_BASE_URL";

  constructor(baseUrl: string, url: string) {
    super(
      `The request to ${withoutQuery(url)} was not sent: it is not below the base URL ${withoutQuery(baseUrl)}. Check the model's name.`,
    );
  }
}

/**
 * Whether `url` is below `baseUrl`: the same scheme, host and port, and the whole path of the base
 * URL, which for a gateway is account, gateway and segment. A path that leaves it once decoded
 * (`..%2f`) is not below it, because the server may decode it.
 */
export function isBelowBaseUrl(baseUrl: string, url: string): boolean {
  if (!URL.canParse(baseUrl) || !URL.canParse(url)) return false;
  const [base, target] = [new URL(baseUrl), new URL(url)];
  if (target.protocol !== base.protocol || target.host !== base.host) return false;
  if (target.username !== "" || target.password !== "") return false;
  const path = withoutTrailingSlashes(base.pathname);
  if (target.pathname !== path && !target.pathname.startsWith(`${path}/`)) return false;
  return !escapesPath(target.pathname.slice(path.length));
}

/**
 * A fetch that rejects with `LeftBaseUrlError` for a URL that is not below `baseUrl`, before
 * anything is sent, and passes that URL to `onRefused`.
 */
export function restrictToBaseUrl(
  send: typeof globalThis.fetch,
  baseUrl: string,
  onRefused: (url: string) => void = () => undefined,
): typeof globalThis.fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : new URL(input).href;
    if (!isBelowBaseUrl(baseUrl, url)) {
      onRefused(url);
      throw new LeftBaseUrlError(baseUrl, url);
    }
    return send(input, init);
  };
}

/** The scheme, host and path of a URL: its query may contain a secret. */
export function withoutQuery(url: string): string {
  if (!URL.canParse(url)) return "an address that cannot be read";
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}
