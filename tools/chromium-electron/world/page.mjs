/** Runs in the page's world before any page script: the receiving end of `contextBridge`. */
/**
 * Waits for the preload world's private port, then lets it expose values and observe `window.open`.
 *
 * @param {typeof import("./bridge.mjs").createBridgeEnd} createBridgeEnd
 * @param {string} secret the name of the event that hands the port over; used once, before any page script
 */
export function startPageWorld(createBridgeEnd, secret) {
  const openHere = window.open;
  const { apply } = Reflect;
  const absolute = (/** @type {string} */ url) => new URL(url, document.baseURI).href;

  /** @param {string} key */
  function isTaken(key) {
    return key in window;
  }

  window.addEventListener(
    secret,
    (handover) => {
      const port = /** @type {EventTarget} */ (/** @type {MouseEvent} */ (handover).relatedTarget);
      const bridge = createBridgeEnd(port, "to-page", "to-preload", {
        taken: isTaken,
        /**
         * @param {string} key
         * @param {any} packed
         */
        expose(key, packed) {
          Object.defineProperty(window, key, {
            value: bridge.freeze(bridge.unpack(packed)),
            enumerable: true,
          });
        },
      });

      /**
       * @param {string | URL} [url]
       * @param {string} [target]
       * @param {string} [features]
       */
      const open = function open(url = "", target = "_blank", features = "") {
        const stays =
          /^_(?:self|parent|top)$/i.test(target) ||
          document.querySelector(`iframe[name="${CSS.escape(target)}"]`) !== null;
        if (stays) return apply(openHere, window, [url, target, features]);
        const to = url === "" ? "about:blank" : absolute(String(url));
        bridge.request("open", [to, target === "_blank" ? "" : target, features]);
        return null;
      };
      // The app's permission handlers are asked at each use, before Chromium is.
      /**
       * @param {"query" | "use"} how
       * @param {string} permission
       * @returns {Promise<boolean>}
       */
      const ask = (how, permission) =>
        bridge.unpack(bridge.request("permission", [how, permission]));
      /**
       * @param {any} owner
       * @param {string} name
       * @param {(args: any[]) => Promise<unknown>} asked
       */
      function askBefore(owner, name, asked) {
        const original = owner?.[name];
        if (typeof original !== "function") return;
        owner[name] = {
          async [name](/** @type {any[]} */ ...args) {
            await asked(args);
            return apply(original, this, args);
          },
        }[name];
      }
      const clipboard = globalThis.Clipboard?.prototype;
      for (const name of ["write", "writeText"]) {
        askBefore(clipboard, name, () => ask("use", "clipboard-sanitized-write"));
      }
      for (const name of ["read", "readText"]) {
        askBefore(clipboard, name, () => ask("use", "clipboard-read"));
      }
      askBefore(globalThis.Notification, "requestPermission", () => ask("use", "notifications"));
      askBefore(globalThis.Permissions?.prototype, "query", ([descriptor]) => {
        const name = String(descriptor?.name);
        return ask("query", name === "clipboard-write" ? "clipboard-sanitized-write" : name);
      });

      Object.defineProperty(window, "open", {
        value: open,
        configurable: true,
        enumerable: true,
        writable: true,
      });
    },
    { once: true, capture: true },
  );
}
