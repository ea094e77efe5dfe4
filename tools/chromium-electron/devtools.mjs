/** A DevTools protocol client over a pair of pipes, with many sessions. */
import { EventEmitter } from "node:events";

/**
 * One attached target. Emits each protocol event by its method name, with its params.
 */
export class DevToolsSession extends EventEmitter {
  /**
   * @param {DevTools} devtools
   * @param {string | undefined} id undefined for the browser itself
   */
  constructor(devtools, id) {
    super();
    this.devtools = devtools;
    this.id = id;
    this.setMaxListeners(0);
  }

  /**
   * Sends one command and returns its result. Rejects with Chromium's message, or when the pipe is closed.
   *
   * @param {string} method
   * @param {object} [params]
   * @returns {Promise<any>} what the protocol documents for the method
   */
  send(method, params = {}) {
    return this.devtools.send(method, params, this.id);
  }
}

/** A client of `--remote-debugging-pipe`: JSON messages, each ended by a zero byte. Emits `close`. */
export class DevTools extends EventEmitter {
  /** @type {Map<number, { method: string, resolve: (result: any) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();
  /** @type {Map<string, DevToolsSession>} */
  #sessions = new Map();
  #lastId = 0;
  #closed = false;
  #input;

  /**
   * @param {import("node:stream").Writable} input what Chromium reads
   * @param {import("node:stream").Readable} output what Chromium writes
   */
  constructor(input, output) {
    super();
    this.#input = input;
    this.browser = new DevToolsSession(this, undefined);
    /** @type {string[]} */
    let pieces = [];
    output.setEncoding("utf8");
    output.on("data", (/** @type {string} */ chunk) => {
      const parts = chunk.split("\0");
      const rest = parts.pop() ?? "";
      for (const part of parts) {
        pieces.push(part);
        const message = pieces.join("");
        pieces = [];
        this.#receive(JSON.parse(message));
      }
      if (rest !== "") pieces.push(rest);
    });
    const close = () => this.#close();
    output.on("close", close);
    output.on("error", close);
    input.on("error", close);
  }

  /**
   * The session of an attached target. Call it as soon as the target is announced, because its events start here.
   *
   * @param {string} id
   */
  session(id) {
    const known = this.#sessions.get(id);
    if (known !== undefined) return known;
    const session = new DevToolsSession(this, id);
    this.#sessions.set(id, session);
    return session;
  }

  /**
   * @param {string} method
   * @param {object} params
   * @param {string | undefined} sessionId
   * @returns {Promise<any>}
   */
  send(method, params, sessionId) {
    if (this.#closed) return Promise.reject(new Error(`${method}: Chromium is gone.`));
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { method, resolve, reject });
      this.#input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  /** @param {any} message one message as the protocol defines it */
  #receive(message) {
    if (message.id !== undefined) {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (waiting === undefined) return;
      if (message.error === undefined) waiting.resolve(message.result);
      else waiting.reject(new Error(`${waiting.method}: ${message.error.message}`));
      return;
    }
    const session =
      message.sessionId === undefined ? this.browser : this.#sessions.get(message.sessionId);
    session?.emit(message.method, message.params);
    if (message.method === "Target.detachedFromTarget") {
      const { sessionId } = message.params;
      this.#sessions.get(sessionId)?.emit("detached");
      this.#sessions.delete(sessionId);
    }
  }

  #close() {
    if (this.#closed) return;
    this.#closed = true;
    for (const { method, reject } of this.#waiting.values()) {
      reject(new Error(`${method}: Chromium is gone.`));
    }
    this.#waiting.clear();
    this.emit("close");
  }
}
