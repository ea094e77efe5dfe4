/** Maps the app's scheme for a browser that does not know it: `app://panel/x` becomes `https://panel.app.localhost/x`. */
/**
 * Hosts under `.localhost` are reserved, so they cannot conflict with real sites. An https origin is as
 * secure as a scheme registered as standard and secure.
 */
const SUFFIX = ".localhost";

/** @typedef {{ standard?: boolean, secure?: boolean, [privilege: string]: boolean | undefined }} Privileges */

export class Schemes {
  /** @type {Map<string, Privileges>} */
  #privileges = new Map();

  /**
   * @param {readonly { scheme: string, privileges?: Privileges }[]} schemes
   */
  register(schemes) {
    for (const { scheme, privileges = {} } of schemes) {
      if (!/^[a-z][a-z0-9+.-]*$/.test(scheme)) throw new Error(`Invalid scheme: ${scheme}`);
      this.#privileges.set(scheme, privileges);
    }
  }

  /** @param {string} scheme */
  isStandardAndSecure(scheme) {
    const { standard, secure } = this.#privileges.get(scheme) ?? {};
    return standard === true && secure === true;
  }

  /** @param {string} scheme */
  supportsFetch(scheme) {
    return this.#privileges.get(scheme)?.supportFetchAPI === true;
  }

  /**
   * The URL that Chromium loads for a URL of the app; other URLs are returned unchanged.
   *
   * @param {string} url
   */
  toChromium(url) {
    const [, scheme = "", host = "", rest = ""] =
      /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(url) ?? [];
    if (!this.isStandardAndSecure(scheme.toLowerCase())) return url;
    if (!/^[a-z0-9.-]+$/i.test(host) || host.startsWith(".") || host.endsWith(".")) {
      throw new Error(
        `chromium-electron cannot map the host of ${url}: use letters, digits, dots.`,
      );
    }
    return `https://${host.toLowerCase()}.${scheme.toLowerCase()}${SUFFIX}${rest}`;
  }

  /**
   * The app's URL for one of Chromium's; other URLs are returned unchanged.
   *
   * @param {string} url
   */
  toApp(url) {
    const [, host = "", scheme = "", rest = ""] =
      /^https:\/\/([^/?#:]+)\.([^/?#:.]+)\.localhost(?=$|[/?#])(.*)$/is.exec(url) ?? [];
    return this.isStandardAndSecure(scheme) ? `${scheme}://${host}${rest}` : url;
  }

  /**
   * The scheme of an app URL, or undefined for any other.
   *
   * @param {string} url
   */
  schemeOf(url) {
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
    return scheme !== undefined && this.isStandardAndSecure(scheme) ? scheme : undefined;
  }

  /**
   * The origin of any URL, as Electron reports it.
   *
   * @param {string} url
   */
  originOf(url) {
    const { origin } = new URL(this.toChromium(url));
    return this.toApp(origin);
  }

  /**
   * Maps app URLs and schemes in header values (a policy, a redirect, an allowed origin) for Chromium: `app:`
   * becomes `https://*.app.localhost`.
   *
   * @param {string} value
   */
  headerToChromium(value) {
    let mapped = value;
    for (const scheme of this.#privileges.keys()) {
      const name = scheme.replaceAll(/[.+]/g, String.raw`\$&`);
      mapped = mapped
        .replaceAll(new RegExp(String.raw`\b${name}://[^\s;,'"]+`, "gi"), (url) =>
          this.toChromium(url),
        )
        .replaceAll(
          new RegExp(String.raw`(^|[\s;,])${name}:(?=$|[\s;,])`, "gi"),
          `$1https://*.${scheme}${SUFFIX}`,
        );
    }
    return mapped;
  }
}
