/** Electron's `session`: permissions and request interception. */
import { notImitated, strict } from "./strict.mjs";

/** @typedef {(contents: unknown, permission: string, callback: (granted: boolean) => void, details: object) => void} RequestHandler */
/** @typedef {(contents: unknown, permission: string, origin: string, details: object) => boolean} CheckHandler */
/** @typedef {(details: any, callback: (answer: any) => void) => void} Interceptor */

/** Electron's name of a permission → DevTools' names. */
const PERMISSIONS = new Map([
  ["clipboard-read", ["clipboard-read"]],
  ["clipboard-sanitized-write", ["clipboard-write"]],
  ["display-capture", ["display-capture"]],
  ["geolocation", ["geolocation"]],
  ["idle-detection", ["idle-detection"]],
  ["media", ["camera", "microphone"]],
  ["midi", ["midi"]],
  ["notifications", ["notifications"]],
  ["storage-access", ["storage-access"]],
  ["window-management", ["window-management"]],
]);

/** @typedef {{ contents: unknown, origin: string, url: string, chromiumOrigin: string }} Asking a page and its document */

/**
 * @param {{ connected: Promise<import("./devtools.mjs").DevTools>, protocol: object }} context
 */
export function createSession({ connected, protocol }) {
  /** @type {RequestHandler | null} */
  let requestHandler = null;
  /** @type {CheckHandler | null} */
  let checkHandler = null;
  /** @type {Interceptor | null} */
  let beforeRequest = null;
  /** @type {Interceptor | null} */
  let headersReceived = null;

  /**
   * The state of a permission: the check handler decides, and without one Electron grants.
   *
   * @param {Asking} asking
   * @param {string} permission
   */
  function check({ contents, origin, url }, permission) {
    const details = { requestingUrl: url, isMainFrame: true };
    return checkHandler === null || checkHandler(contents, permission, `${origin}/`, details);
  }

  /**
   * The answer to a request for a permission.
   *
   * @param {Asking} asking
   * @param {string} permission
   * @returns {Promise<boolean>}
   */
  function request({ contents, url }, permission) {
    const handler = requestHandler;
    if (handler === null) return Promise.resolve(true);
    const details = { requestingUrl: url, isMainFrame: true };
    return new Promise((resolve) => handler(contents, permission, resolve, details));
  }

  /**
   * Sets Chromium's state of a permission to the handlers' decision.
   *
   * @param {Asking} asking
   * @param {string} permission
   * @param {boolean} isGranted
   */
  async function apply({ chromiumOrigin }, permission, isGranted) {
    const { browser } = await connected;
    const setting = isGranted ? "granted" : "denied";
    await Promise.all(
      (PERMISSIONS.get(permission) ?? []).map((name) =>
        // A Chromium version that does not know a permission cannot grant it.
        browser
          .send("Browser.setPermission", {
            permission: { name },
            setting,
            origin: chromiumOrigin,
          })
          .catch(() => {}),
      ),
    );
  }

  /**
   * Decides when a page uses a permission: a check, then a request if the check denies it, as in most of Chromium.
   *
   * @param {Asking} asking
   * @param {"query" | "use"} how
   * @param {string} permission
   */
  async function onUse(asking, how, permission) {
    const isGranted =
      check(asking, permission) || (how === "use" && (await request(asking, permission)));
    await apply(asking, permission, isGranted);
    return isGranted;
  }

  /**
   * Before a document runs, sets the permissions that its pages can use without asking here.
   *
   * @param {Asking} asking
   */
  async function onDocument(asking) {
    await Promise.all(
      [...PERMISSIONS.keys()].map((name) => apply(asking, name, check(asking, name))),
    );
  }

  /**
   * @param {string} name
   * @param {unknown[]} args
   * @returns {Interceptor | null}
   */
  function interceptorOf(name, args) {
    const [filter, listener] = args.length > 1 ? args : [undefined, args[0]];
    const urls = /** @type {{ urls?: string[] } | undefined} */ (filter)?.urls ?? ["<all_urls>"];
    if (urls.some((pattern) => pattern !== "<all_urls>" && pattern !== "*://*/*")) {
      throw notImitated(`a filter of session.webRequest.${name}`);
    }
    return /** @type {Interceptor | null} */ (listener ?? null);
  }

  const session = strict("session", {
    protocol,
    /** @param {RequestHandler | null} handler */
    setPermissionRequestHandler(handler) {
      requestHandler = handler;
    },
    /** @param {CheckHandler | null} handler */
    setPermissionCheckHandler(handler) {
      checkHandler = handler;
    },
    webRequest: strict("session.webRequest", {
      /** @param {...unknown} args */
      onBeforeRequest(...args) {
        beforeRequest = interceptorOf("onBeforeRequest", args);
      },
      /** @param {...unknown} args */
      onHeadersReceived(...args) {
        headersReceived = interceptorOf("onHeadersReceived", args);
      },
    }),
    isPersistent: () => false,
  });

  return {
    session,
    onUse,
    onDocument,
    /** @param {object} details */
    beforeRequest: (details) => ask(beforeRequest, details),
    /** @param {object} details */
    headersReceived: (details) => ask(headersReceived, details),
  };
}

/**
 * @param {Interceptor | null} interceptor
 * @param {object} details
 * @returns {Promise<any>} `{}` without a listener
 */
function ask(interceptor, details) {
  return interceptor === null
    ? Promise.resolve({})
    : new Promise((resolve) => interceptor(details, (answer) => resolve(answer ?? {})));
}
