/** Reads the environment's proxies for undici. */
import { urlSecrets } from "../text/url-secrets";

export interface Proxies {
  /** An empty string means none: undici reads `process.env` for a missing setting. */
  readonly settings: {
    readonly httpProxy: string;
    readonly httpsProxy: string;
    readonly noProxy: string;
  };
  /** One sentence for each problem; none quotes a credential. */
  readonly problems: readonly string[];
}

/**
 * Reads `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, lower-case names first, like curl and undici. A
 * proxy without a scheme is an `http://` one. An invalid one is a problem and is not used: requests
 * then go direct, which the report shows. An invalid percent-encoding in the credentials is read
 * literally, like in curl.
 */
export function readProxies(env: NodeJS.ProcessEnv): Proxies {
  const http = readProxy(env, "http_proxy");
  const https = readProxy(env, "https_proxy");
  return {
    settings: {
      httpProxy: http.url,
      httpsProxy: https.url,
      noProxy: env["no_proxy"] ?? env["NO_PROXY"] ?? "",
    },
    problems: [http.problem, https.problem].filter((problem) => problem !== null),
  };
}

/** The secrets in the environment's proxy URLs; a user name alone may be a token. */
export function proxySecrets(env: NodeJS.ProcessEnv): readonly string[] {
  const { httpProxy, httpsProxy } = readProxies(env).settings;
  return [httpProxy, httpsProxy].flatMap(urlSecrets);
}

function readProxy(
  env: NodeJS.ProcessEnv,
  variable: "http_proxy" | "https_proxy",
): { readonly url: string; readonly problem: string | null } {
  const name = env[variable] === undefined ? variable.toUpperCase() : variable;
  const text = env[name]?.trim() ?? "";
  if (text === "") return { url: "", problem: null };
  const url = text.includes("://") ? text : `http://${text}`;
  if (/^pac\+|\.pac(?:[?#].*)?$/i.test(url)) {
    const problem = `${name} points to a PAC file, which is not read, so it is not used. Enter the proxy's own address.`;
    return { url: "", problem };
  }
  if (hasUnencodedDelimiter(url)) {
    const problem = `${name} has a #, ? or / in its user name or password, so it is not used. Write # as %23, ? as %3F and / as %2F.`;
    return { url: "", problem };
  }
  const protocol = URL.canParse(url) ? new URL(url).protocol : "";
  if (/^https?:$/.test(protocol)) {
    if (hasHalfLogin(new URL(url))) {
      const problem = `${name} has a user name or a password, but not both, so it is used without a login.`;
      return { url, problem };
    }
    const encoded = withEncodedPercents(new URL(url));
    if (encoded === null) return { url, problem: null };
    const problem = `${name} has a % in its user name or password that is not percent-encoded. It is used as it is; write it as %25.`;
    return { url: encoded, problem };
  }
  if (protocol.startsWith("socks")) {
    const problem = `${name} is a SOCKS proxy, which is not supported, so it is not used. Use an http:// or https:// proxy.`;
    return { url: "", problem };
  }
  return { url: "", problem: `${name} is not a valid proxy URL, so it is not used.` };
}

/** A URL's host ends at the first `#`, `?` or `/`, so one in a password would name another host. */
function hasUnencodedDelimiter(url: string): boolean {
  const rest = url.slice(url.indexOf("://") + "://".length);
  return /[#?/\\]/.test(rest.slice(0, Math.max(rest.lastIndexOf("@"), 0)));
}

/** undici sends only a complete login. */
function hasHalfLogin({ username, password }: URL): boolean {
  return (username === "") !== (password === "");
}

/** The URL with every stray `%` in its credentials encoded, or null when there is none. */
function withEncodedPercents(url: URL): string | null {
  if (isDecodable(url.username) && isDecodable(url.password)) return null;
  url.username = encodeStrayPercents(url.username);
  url.password = encodeStrayPercents(url.password);
  return url.href;
}

function encodeStrayPercents(text: string): string {
  if (isDecodable(text)) return text;
  const encoded = text.replace(/%(?![0-9a-f]{2})/gi, "%25");
  // The remaining escapes may decode to invalid UTF-8.
  return isDecodable(encoded) ? encoded : text.replaceAll("%", "%25");
}

function isDecodable(text: string): boolean {
  try {
    return decodeURIComponent(text).length <= text.length;
  } catch {
    return false;
  }
}
