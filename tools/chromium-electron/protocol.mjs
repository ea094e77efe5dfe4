/** Electron's `protocol`: handlers of the app's scheme, and their responses to the page. */
import { strict } from "./strict.mjs";

/** @typedef {(request: Request) => Response | Promise<Response>} ProtocolHandler */
/** @typedef {import("./schemes.mjs").Schemes} Schemes */

/** @typedef {{ name: string, value: string }[]} HeaderList */

/**
 * @param {{ schemes: Schemes, isReady: () => boolean }} context
 */
export function createProtocol({ schemes, isReady }) {
  /** @type {Map<string, ProtocolHandler>} */
  const handlers = new Map();

  const handling = {
    /**
     * @param {string} scheme
     * @param {ProtocolHandler} handler
     */
    handle(scheme, handler) {
      if (handlers.has(scheme)) {
        throw new Error(`Failed to register protocol: ${scheme}`);
      }
      if (!schemes.isStandardAndSecure(scheme)) {
        throw new Error(
          `chromium-electron serves only schemes that registerSchemesAsPrivileged made standard and secure, and "${scheme}" is none.`,
        );
      }
      handlers.set(scheme, handler);
    },

    /** @param {string} scheme */
    unhandle(scheme) {
      if (!handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
    },

    /** @param {string} scheme */
    isProtocolHandled(scheme) {
      return handlers.has(scheme);
    },
  };

  return {
    /** @param {string} scheme */
    handlerOf: (scheme) => handlers.get(scheme),
    ofSession: strict("session.protocol", { ...handling }),
    ofApp: strict("protocol", {
      ...handling,
      /** @param {Parameters<Schemes["register"]>[0]} customSchemes */
      registerSchemesAsPrivileged(customSchemes) {
        if (isReady()) {
          throw new Error(
            "protocol.registerSchemesAsPrivileged should be called before app is ready",
          );
        }
        schemes.register(customSchemes);
      },
    }),
  };
}

/**
 * The handler's argument for a request paused by Chromium.
 *
 * @param {any} paused `Fetch.requestPaused`
 * @param {Schemes} schemes
 */
export function requestOf({ request }, schemes) {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    headers.set(name, /^(?:origin|referer)$/i.test(name) ? schemes.toApp(value) : value);
  }
  const body = (request.postDataEntries ?? []).map((/** @type {{ bytes?: string }} */ { bytes }) =>
    Buffer.from(bytes ?? "", "base64"),
  );
  return new Request(schemes.toApp(request.url + (request.urlFragment ?? "")), {
    method: request.method,
    headers,
    ...(body.length > 0 ? { body: Buffer.concat(body) } : {}),
  });
}

/**
 * Headers in the protocol's format, with app URLs mapped.
 *
 * @param {Headers} headers
 * @param {Schemes} schemes
 * @returns {HeaderList}
 */
export function headersOf(headers, schemes) {
  const cookies = headers.getSetCookie().map((value) => ({ name: "set-cookie", value }));
  const others = Array.from(headers)
    .filter(([name]) => name !== "set-cookie")
    .map(([name, value]) => ({ name, value: schemes.headerToChromium(value) }));
  return [...others, ...cookies];
}
