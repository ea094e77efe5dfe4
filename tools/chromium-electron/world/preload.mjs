/** Runs in the preload's isolated world: Electron's sandboxed `require`, `ipcRenderer` and `contextBridge`. */
/**
 * Runs once per document, before any script of the page, and then runs the preload script.
 *
 * @param {typeof import("./wire.mjs").createWire} createWire
 * @param {typeof import("./bridge.mjs").createBridgeEnd} createBridgeEnd
 * @param {{
 *   secret: string,
 *   binding: string,
 *   receiver: string,
 *   process: { platform: string, arch: string, argv: string[], versions: Record<string, string> },
 * }} options secret: the event that hands the port to the page's world; binding: the one way to the main process;
 *   receiver: the global by which the main process delivers. Both are names in this world only
 * @param {((...sandbox: unknown[]) => void) | undefined} preload
 */
export function startPreloadWorld(createWire, createBridgeEnd, options, preload) {
  const world = /** @type {any} */ (globalThis);
  const toMain = /** @type {(message: string) => void} */ (world[options.binding]);
  delete world[options.binding];
  const wire = createWire();
  const isMainFrame = window.parent === window;

  /** @param {string} name */
  function notImitated(name) {
    return new Error(
      `chromium-electron does not imitate ${name} in a preload script. tools/chromium-electron/README.md lists what it does.`,
    );
  }

  /**
   * @template {object} T
   * @param {string} owner
   * @param {T} members
   * @returns {T}
   */
  function strict(owner, members) {
    return new Proxy(members, {
      get(target, key, receiver) {
        const unknown = typeof key === "string" && !(key in target);
        if (unknown && !["then", "toJSON", "__esModule", "default"].includes(key)) {
          throw notImitated(`${owner}.${key}`);
        }
        return Reflect.get(target, key, receiver);
      },
    });
  }

  class EventEmitter {
    /** @type {Map<string | symbol, { listener: Function, once: boolean }[]>} */
    registered = new Map();

    /**
     * @param {string | symbol} event
     * @param {Function} listener
     * @param {boolean} once
     */
    register(event, listener, once) {
      if (typeof listener !== "function") {
        throw new TypeError(
          `The "listener" argument must be of type function. Received ${listener === null ? "null" : `type ${typeof listener}`}`,
        );
      }
      this.registered.set(event, [...(this.registered.get(event) ?? []), { listener, once }]);
      return this;
    }

    /**
     * @param {string | symbol} event
     * @param {Function} listener
     */
    on(event, listener) {
      return this.register(event, listener, false);
    }

    /**
     * @param {string | symbol} event
     * @param {Function} listener
     */
    addListener(event, listener) {
      return this.on(event, listener);
    }

    /**
     * @param {string | symbol} event
     * @param {Function} listener
     */
    once(event, listener) {
      return this.register(event, listener, true);
    }

    /**
     * @param {string | symbol} event
     * @param {Function} listener
     */
    removeListener(event, listener) {
      const left = [...(this.registered.get(event) ?? [])];
      const at = left.findLastIndex((entry) => entry.listener === listener);
      if (at >= 0) left.splice(at, 1);
      this.registered.set(event, left);
      return this;
    }

    /**
     * @param {string | symbol} event
     * @param {Function} listener
     */
    off(event, listener) {
      return this.removeListener(event, listener);
    }

    /** @param {string | symbol} [event] */
    removeAllListeners(event) {
      if (event === undefined) this.registered.clear();
      else this.registered.delete(event);
      return this;
    }

    /** @param {string | symbol} event */
    listenerCount(event) {
      return this.registered.get(event)?.length ?? 0;
    }

    /** @param {string | symbol} event */
    listeners(event) {
      return (this.registered.get(event) ?? []).map(({ listener }) => listener);
    }

    /**
     * @param {string | symbol} event
     * @param {...unknown} args
     */
    emit(event, ...args) {
      const entries = this.registered.get(event) ?? [];
      for (const { listener, once } of entries) {
        if (once) this.removeListener(event, listener);
        Reflect.apply(listener, this, args);
      }
      return entries.length > 0;
    }
  }

  /** @type {Map<number, { resolve: (value: unknown) => void, reject: (error: Error) => void, channel: string }>} */
  const invocations = new Map();
  let lastInvocation = 0;

  /** @param {object} message */
  function post(message) {
    toMain(JSON.stringify(message));
  }

  class IpcRenderer extends EventEmitter {
    /**
     * @param {string} channel
     * @param {...unknown} args
     */
    send(channel, ...args) {
      post({ kind: "send", channel, args: wire.encode(args) });
    }

    /**
     * @param {string} channel
     * @param {...unknown} args
     */
    async invoke(channel, ...args) {
      const encoded = wire.encode(args);
      const number = ++lastInvocation;
      return new Promise((resolve, reject) => {
        invocations.set(number, { resolve, reject, channel });
        post({ kind: "invoke", number, channel, args: encoded });
      });
    }
  }
  const ipcRenderer = strict("ipcRenderer", new IpcRenderer());

  /**
   * Called by the main process.
   *
   * @param {string} text
   */
  function receive(text) {
    const message = JSON.parse(text);
    if (message.kind === "message") {
      const args = /** @type {unknown[]} */ (wire.decode(message.args));
      ipcRenderer.emit(message.channel, { sender: ipcRenderer, ports: [] }, ...args);
      return;
    }
    const invocation = invocations.get(message.number);
    if (invocation === undefined) return;
    invocations.delete(message.number);
    if (message.error === undefined) invocation.resolve(wire.decode(message.result));
    else {
      invocation.reject(
        new Error(`Error invoking remote method '${invocation.channel}': ${message.error}`),
      );
    }
  }

  Object.defineProperty(world, options.receiver, { value: receive });

  const port = new EventTarget();
  const bridge = createBridgeEnd(port, "to-preload", "to-page", {
    /**
     * @param {string} url
     * @param {string} frameName
     * @param {string} features
     */
    open(url, frameName, features) {
      post({ kind: "open", url, frameName, features });
    },
    /**
     * @param {"query" | "use"} how
     * @param {string} permission
     */
    permission(how, permission) {
      const number = ++lastInvocation;
      const answered = new Promise((resolve, reject) => {
        invocations.set(number, { resolve, reject, channel: permission });
        post({ kind: "permission", number, how, permission });
      });
      return bridge.pack(answered);
    },
  });
  window.dispatchEvent(new MouseEvent(options.secret, { relatedTarget: port }));

  // The page's own listeners run first and can prevent the default.
  for (const type of ["click", "auxclick"]) {
    window.addEventListener(type, (event) => {
      const pointer = /** @type {MouseEvent} */ (event);
      const link = event
        .composedPath()
        .find((element) => element instanceof HTMLAnchorElement && element.href !== "");
      if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented || pointer.button === 2) {
        return;
      }
      const target = link.target || document.querySelector("base")?.target || "";
      const elsewhere =
        !/^(?:|_self|_parent|_top)$/i.test(target) &&
        document.querySelector(`iframe[name="${CSS.escape(target)}"]`) === null;
      const apart = pointer.button === 1 || pointer.ctrlKey || pointer.metaKey || pointer.shiftKey;
      if (!elsewhere && !apart) return;
      event.preventDefault();
      post({
        kind: "open",
        url: link.href,
        frameName: target === "_blank" ? "" : target,
        features: "",
        disposition: apart && !pointer.shiftKey ? "background-tab" : undefined,
      });
    });
  }

  const contextBridge = strict("contextBridge", {
    /**
     * @param {string} key
     * @param {unknown} api
     */
    exposeInMainWorld(key, api) {
      if (bridge.request("taken", [key])) {
        throw new Error("Cannot bind an API on top of an existing property on the window object");
      }
      bridge.request("expose", [key, bridge.pack(api)]);
    },
  });

  /** @type {Record<string, unknown>} */
  const modules = {
    electron: strict("electron", { contextBridge, ipcRenderer }),
    events: Object.assign(EventEmitter, { EventEmitter }),
    timers: { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate },
    url: { URL, URLSearchParams },
  };

  /** @param {string} name */
  function require(name) {
    const found = modules[name.replace(/^node:/, "")];
    if (found !== undefined) return found;
    throw new Error(`module not found: ${name}`);
  }

  /**
   * @param {Function} callback
   * @param {...unknown} args
   */
  function setImmediate(callback, ...args) {
    return setTimeout(() => callback(...args), 0);
  }

  /** @param {number} id */
  function clearImmediate(id) {
    clearTimeout(id);
  }

  if (!isMainFrame || preload === undefined) return;
  const process = strict("process", {
    ...options.process,
    type: "renderer",
    sandboxed: true,
    contextIsolated: true,
  });
  const module = { exports: {} };
  try {
    const noBuffer = strict("Buffer", {});
    preload(
      require,
      process,
      noBuffer,
      world,
      setImmediate,
      clearImmediate,
      module.exports,
      module,
    );
  } catch (error) {
    const { message, stack } = /** @type {Error} */ (error);
    post({ kind: "preload-error", message: message ?? String(error), stack: stack ?? "" });
  }
}
