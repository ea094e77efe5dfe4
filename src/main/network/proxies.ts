/** The proxies that the environment names, ready for undici. */

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
 * do. A proxy without a scheme is an `http://` one. One that is no address is a problem and is not
 * used: the request then goes direct, which the report shows.
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

/** User names and passwords of the environment's proxies, in every form in which they travel. */
export function proxySecrets(env: NodeJS.ProcessEnv): readonly string[] {
  const { httpProxy, httpsProxy } = readProxies(env).settings;
  return [httpProxy, httpsProxy].filter(Boolean).flatMap((text) => {
    const { username, password } = new URL(text);
    if (password === "") return [];
    const [user, secret] = [decoded(username), decoded(password)];
    return [password, secret, Buffer.from(`${user}:${secret}`).toString("base64")];
  });
}

function readProxy(
  env: NodeJS.ProcessEnv,
  variable: "http_proxy" | "https_proxy",
): { readonly url: string; readonly problem: string | null } {
  const name = env[variable] === undefined ? variable.toUpperCase() : variable;
  const text = env[name]?.trim() ?? "";
  if (text === "") return { url: "", problem: null };
  const url = text.includes("://") ? text : `http://${text}`;
  const protocol = URL.canParse(url) ? new URL(url).protocol : "";
  if (/^https?:$/.test(protocol)) return { url, problem: null };
  if (protocol.startsWith("socks")) {
    const problem = `${name} is a SOCKS proxy, over which no connection can be watched, so it is not used. Name an http:// or https:// proxy.`;
    return { url: "", problem };
  }
  return { url: "", problem: `${name} is not the address of a proxy, so it is not used.` };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
