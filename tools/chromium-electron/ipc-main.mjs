/** Electron's `ipcMain`: registers handlers and handles messages from a preload. */
import { EventEmitter } from "node:events";

import { notImitated } from "./strict.mjs";
import { createWire } from "./world/wire.mjs";

const wire = createWire();

/** @typedef {(event: any, ...args: any[]) => unknown} Handler */

/** @type {Map<string, Handler>} */
const handlers = new Map();

class IpcMain extends EventEmitter {
  /**
   * @param {string} channel
   * @param {Handler} handler
   */
  handle(channel, handler) {
    if (handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    if (typeof handler !== "function") {
      throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`);
    }
    handlers.set(channel, handler);
  }

  /** @param {string} channel */
  removeHandler(channel) {
    handlers.delete(channel);
  }
}

/** An emitter of any event (a channel is one), whose unknown members throw. */
export const ipcMain = new Proxy(new IpcMain(), {
  get(target, key, receiver) {
    if (typeof key === "string" && !(key in target) && key !== "then" && key !== "toJSON") {
      throw notImitated(`ipcMain.${key}`);
    }
    return Reflect.get(target, key, receiver);
  },
});

/**
 * Calls the handler of an `ipcRenderer.invoke` and returns the reply in Electron's format.
 *
 * @param {object} event
 * @param {{ channel: string, args: string }} message
 * @returns {Promise<{ result: string } | { error: string }>}
 */
export async function answerInvoke(event, { channel, args }) {
  try {
    const handler = handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    const result = await handler(event, .../** @type {unknown[]} */ (wire.decode(args)));
    return { result: wire.encode(result) };
  } catch (error) {
    console.error(`Error occurred in handler for '${channel}':`, error);
    return { error: String(error) };
  }
}

/**
 * Emits an `ipcRenderer.send` on `ipcMain`.
 *
 * @param {object} event
 * @param {{ channel: string, args: string }} message
 */
export function receiveSend(event, { channel, args }) {
  ipcMain.emit(channel, event, .../** @type {unknown[]} */ (wire.decode(args)));
}
