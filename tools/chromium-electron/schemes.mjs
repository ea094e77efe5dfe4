/** The app's own scheme in a browser that does not know it: `app://panel/x` is `https://panel.app.localhost/x` there. */
/**
 * Hosts under `.localhost` are reserved, so no real site can be mistaken for one of ours, and an https origin is as
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

  /**
   * The address Chromium loads for an address of the app; other addresses are given back as they are.
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
   * The app's address for one of Chromium's; other addresses are given back as they are.
   *
   * @param {string} url
   */
  toApp(url) {
    const [, host = "", scheme = "", rest = ""] =
      /^https:\/\/([^/?#:]+)\.([^/?#:.]+)\.localhost(?=$|[/?#])(.*)$/is.exec(url) ?? [];
    return this.isStandardAndSecure(scheme) ? `${scheme}://${host}${rest}` : url;
  }

  /**
   * The scheme of an app address, or undefined for any other.
   *
   * @param {string} url
   */
  schemeOf(url) {
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
    return scheme !== undefined && this.isStandardAndSecure(scheme) ? scheme : undefined;
  }

  /**
   * The origin of an app address or of any other, as Electron tells it.
   *
   * @param {string} url
   */
  originOf(url) {
    const { origin } = new URL(this.toChromium(url));
    return this.toApp(origin);
  }

  /**
   * Header values that name app addresses or schemes (a policy, a redirect, an allowed origin), as Chromium must read
   * them: `app:` becomes `https://*.app.localhost`.
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
