/** The gateway's host, however an address spells it. */

/** Node and browsers both have it; this folder knows the types of neither. */
declare const URL: new (text: string) => {
  readonly protocol: string;
  readonly hostname: string;
  readonly port: string;
  readonly username: string;
  readonly password: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
};

/** Host of Cloudflare's AI Gateway; every route it proves is seen on this host. */
export const GATEWAY_HOST = "gateway.ai.cloudflare.com";

export interface AtGatewayHost {
  /** The end of a sentence that says what is wrong with the spelling; null when nothing is. */
  readonly wrong: string | null;
  /** Scheme and host as the gateway has them, with the rest of the address. */
  readonly corrected: string;
  /** With a leading slash. */
  readonly pathname: string;
}

/**
 * What an address on the gateway's host looks like, or null for every other address. `http:`,
 * another port, a dot after the host and a user name are wrong spellings of the same host: they may
 * reach the gateway, and never a provider. Upper case is none, since every client lowers it.
 */
export function atGatewayHost(address: string): AtGatewayHost | null {
  try {
    const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(
      address,
    );
    if (!hostname.startsWith(GATEWAY_HOST)) return null;
    if (!/^\.*$/.test(hostname.slice(GATEWAY_HOST.length))) return null;
    const wrong =
      protocol !== "https:"
        ? `it starts with ${protocol}// instead of https://`
        : hostname !== GATEWAY_HOST
          ? "it has a dot after the host"
          : port !== ""
            ? `it names port ${port}`
            : username + password !== ""
              ? "it holds a user name or password"
              : null;
    return { wrong, corrected: `https://${GATEWAY_HOST}${pathname}${search}${hash}`, pathname };
  } catch {
    return null;
  }
}
