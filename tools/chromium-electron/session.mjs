/** Electron's `session`: permissions, request interception and stored data. */
import { notImitated, strict } from "./strict.mjs";

/** @typedef {(contents: unknown, permission: string, callback: (granted: boolean) => void, details: object) => void} RequestHandler */
/** @typedef {(contents: unknown, permission: string, origin: string, details: object) => boolean} CheckHandler */
/** @typedef {(details: any, callback: (answer: any) => void) => void} Interceptor */

/** Electron's name of a permission → DevTools' names. */
const PERMISSIONS = /** @type {const} */ ({
  "clipboard-read": ["clipboard-read"],
  "clipboard-sanitized-write": ["clipboard-write"],
  "display-capture": ["display-capture"],
  geolocation: ["geolocation"],
  "idle-detection": ["idle-detection"],
  media: ["camera", "microphone"],
  midi: ["midi"],
  notifications: ["notifications"],
  "storage-access": ["storage-access"],
  "window-management": ["window-management"],
});

/**
 * @param {{ connected: Promise<import("./devtools.mjs").DevTools>, protocol: object, origins: () => string[] }} context
 */
export function createSession({ connected, protocol, origins }) {
  /** @type {RequestHandler | null} */
  let requestHandler = null;
  /** @type {CheckHandler | null} */
  let checkHandler = null;
  /** @type {Interceptor | null} */
  let beforeRequest = null;
  /** @type {Interceptor | null} */
  let headersReceived = null;
  let lastTurn = 0;

  /**
   * Electron calls the handler when a page requests a permission; DevTools needs the result in advance. So each handler
   * is called once per permission, and its result holds until a handler is set again.
   */
  async function applyPermissions() {
    const turn = ++lastTurn;
    const devtools = await connected;
    await Promise.all(
      Object.entries(PERMISSIONS).map(async ([permission, names]) => {
        const setting = (await isGranted(permission)) ? "granted" : "denied";
        // A handler that was set in the meantime takes precedence.
        if (turn !== lastTurn) return;
        await Promise.all(
          names.map((name) =>
            // A Chromium version that does not know a permission cannot grant it.
            devtools.browser
              .send("Browser.setPermission", { permission: { name }, setting })
              .catch(() => {}),
          ),
        );
      }),
    );
  }

  /**
   * @param {string} permission
   * @returns {Promise<boolean>}
   */
  function isGranted(permission) {
    const handler = requestHandler;
    if (checkHandler?.(null, permission, "", {}) === false) return Promise.resolve(false);
    if (handler === null) return Promise.resolve(true);
    return new Promise((resolve) => handler(null, permission, resolve, { isMainFrame: true }));
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
      void applyPermissions().catch(() => {});
    },
    /** @param {CheckHandler | null} handler */
    setPermissionCheckHandler(handler) {
      checkHandler = handler;
      void applyPermissions().catch(() => {});
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
    /** @param {{ origin?: string, storages?: string[] }} [options] */
    async clearStorageData(options = {}) {
      if (options.storages !== undefined) throw notImitated("clearStorageData's storages");
      const { browser } = await connected;
      const cleared = options.origin === undefined ? origins() : [options.origin];
      await Promise.all(
        cleared.map((origin) =>
          browser.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" }),
        ),
      );
    },
    async clearCache() {},
    isPersistent: () => false,
  });

  return {
    session,
    /** Before the first page: without a handler, Electron grants. */
    applyPermissions,
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
