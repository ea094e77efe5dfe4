/** Makes members of Electron's API that are not imitated throw an error with their name, instead of being undefined. */
import { EventEmitter } from "node:events";

/** Names that the language, Node or a debugger reads from any object. */
const ASKED_OF_ANYTHING = new Set([
  "then",
  "toJSON",
  "inspect",
  "constructor",
  "domain",
  "__esModule",
]);

/** @param {string} name for example `app.dock` */
export function notImitated(name) {
  return new Error(
    `chromium-electron does not imitate ${name}. tools/chromium-electron/README.md lists what it does.`,
  );
}

/**
 * @param {string} owner
 * @returns {ProxyHandler<object>}
 */
function loudly(owner) {
  return {
    get(target, key, receiver) {
      if (typeof key === "symbol" || key in target || ASKED_OF_ANYTHING.has(key)) {
        return Reflect.get(target, key, receiver);
      }
      throw notImitated(`${owner}.${key}`);
    },
  };
}

/**
 * The same object, but reading a missing member throws.
 *
 * @template {object} T
 * @param {string} owner as the message names it, for example `shell`
 * @param {T} members
 * @returns {T}
 */
export function strict(owner, members) {
  return /** @type {T} */ (new Proxy(members, loudly(owner)));
}

/**
 * A base class for imitated emitters: a member that no subclass has throws, and so does listening to an event that is
 * never emitted here.
 *
 * The proxy ends the prototype chain, so that subclasses may have private members.
 *
 * @param {string} owner
 * @param {readonly string[]} events
 * @returns {typeof EventEmitter}
 */
export function strictEmitter(owner, events) {
  // Node's own `once(emitter, name)` also listens to "error".
  const known = new Set([...events, "error"]);
  class StrictEmitter extends EventEmitter {}
  Object.setPrototypeOf(StrictEmitter.prototype, new Proxy(EventEmitter.prototype, loudly(owner)));
  for (const name of /** @type {const} */ ([
    "on",
    "once",
    "addListener",
    "prependListener",
    "prependOnceListener",
  ])) {
    const listen = EventEmitter.prototype[name];
    Object.defineProperty(StrictEmitter.prototype, name, {
      configurable: true,
      writable: true,
      /**
       * @this {EventEmitter}
       * @param {string | symbol} event
       * @param {(...args: any[]) => void} listener
       */
      value(event, listener) {
        if (typeof event === "string" && !known.has(event)) {
          throw notImitated(`${owner}'s event "${event}"`);
        }
        return listen.call(this, event, listener);
      },
    });
  }
  return /** @type {typeof EventEmitter} */ (/** @type {unknown} */ (StrictEmitter));
}

/** The first argument of listeners, which may call `preventDefault()`. */
export class PreventableEvent {
  defaultPrevented = false;

  preventDefault() {
    this.defaultPrevented = true;
  }
}
