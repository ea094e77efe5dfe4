/** The proxies that the environment names, ready for undici. */
import { urlSecrets } from "../text/url-secrets";

export interface Proxies {
  /** Empty strings mean none: undici would read the process's environment for a missing one. */
  readonly settings: {
    readonly httpProxy: string;
    readonly httpsProxy: string;
    readonly noProxy: string;
  };
  /** What is wrong with them, as sentences that quote no credentials. */
  readonly problems: readonly string[];
}

/**
 * Reads `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, small letters before capitals as curl and undici
 * do. A proxy without a scheme is an `http://` one. One that cannot be read is a problem and is not
 * used: the request then goes direct, which the report shows. A `%` in a password that encodes
 * nothing is taken as it stands, as curl does.
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

/** What is secret in the addresses of the environment's proxies: a user name alone may be a token. */
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
  if (hasLooseCredentials(url)) {
    const problem = `${name} has a #, ? or / in its user name or password, so it is not used. Write # as %23, ? as %3F and / as %2F.`;
    return { url: "", problem };
  }
  const protocol = URL.canParse(url) ? new URL(url).protocol : "";
  if (/^https?:$/.test(protocol)) {
    const encoded = withEncodedPercents(new URL(url));
    if (encoded === null) return { url, problem: null };
    const problem = `${name} has a % in its user name or password that is not percent-encoded. It is taken as it is; write it as %25.`;
    return { url: encoded, problem };
  }
  if (protocol.startsWith("socks")) {
    const problem = `${name} is a SOCKS proxy, over which no connection can be watched, so it is not used. Name an http:// or https:// proxy.`;
    return { url: "", problem };
  }
  return { url: "", problem: `${name} is not the address of a proxy, so it is not used.` };
}

/** An address ends its host at the first `#`, `?` or `/`, so a password with one names another host. */
function hasLooseCredentials(url: string): boolean {
  const rest = url.slice(url.indexOf("://") + "://".length);
  return /[#?/\\]/.test(rest.slice(0, Math.max(rest.lastIndexOf("@"), 0)));
}

/** The address with each `%` of its login encoded that encodes nothing, or null when there is none. */
function withEncodedPercents(url: URL): string | null {
  if (isDecodable(url.username) && isDecodable(url.password)) return null;
  url.username = decodable(url.username);
  url.password = decodable(url.password);
  return url.href;
}

function decodable(text: string): string {
  if (isDecodable(text)) return text;
  const encoded = text.replace(/%(?![0-9a-f]{2})/gi, "%25");
  // What is left is no UTF-8.
  return isDecodable(encoded) ? encoded : text.replaceAll("%", "%25");
}

function isDecodable(text: string): boolean {
  try {
    return decodeURIComponent(text).length <= text.length;
  } catch {
    return false;
  }
}
