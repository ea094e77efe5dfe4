/** One end of the bridge between the preload's world and the page's: values by copy, functions and promises by proxy. */
/**
 * Both worlds run this source, each with its own end of a private `EventTarget` that page scripts cannot reach.
 * Its events are synchronous, so that a call across the bridge returns a value like any other call.
 *
 * The rules are those of Electron's `contextBridge`: own enumerable members are copied and prototypes dropped,
 * functions and promises are proxied, an error keeps its message, symbols are refused.
 *
 * @param {EventTarget} port
 * @param {string} inbox the event name this end listens to
 * @param {string} outbox the event name of the other end
 * @param {{ [kind: string]: (...args: any[]) => unknown }} requests what the other end may ask beside calls
 */
export function createBridgeEnd(port, inbox, outbox, requests) {
  // Saved now, because the page may replace these later and must not intercept the bridge.
  /* oxlint-disable typescript/unbound-method -- they are called through `apply` alone. */
  const { apply, ownKeys, defineProperty } = Reflect;
  const Crossing = CustomEvent;
  const dispatch = port.dispatchEvent.bind(port);
  const readDetail = /** @type {() => any} */ (
    Object.getOwnPropertyDescriptor(CustomEvent.prototype, "detail")?.get
  );
  const clone = structuredClone;
  const { isArray } = Array;
  const { freeze: freezeObject } = Object;
  const objectTag = Object.prototype.toString;
  const isEnumerable = Object.prototype.propertyIsEnumerable;
  const settled = Promise.prototype.then;
  /* oxlint-enable typescript/unbound-method */
  const DEEPEST = 1000;

  /** @type {Map<number, any>} functions of this world that the other one holds a proxy of */
  const mine = new Map();
  /** @type {WeakMap<object, number>} */
  const numberOfMine = new WeakMap();
  /** @type {WeakMap<object, number>} proxies in this world, by the number the function has in the other */
  const numberOfTheirs = new WeakMap();
  /** @type {Map<number, { resolve: (value: unknown) => void, reject: (error: unknown) => void }>} */
  const awaited = new Map();
  let lastNumber = 0;
  /** @type {any} */
  let answer;

  /** @param {any} error */
  function messageOf(error) {
    const message = typeof error === "object" && error !== null ? error.message : undefined;
    return typeof message === "string"
      ? message
      : "An unknown exception occurred in the isolated context, an error occurred but a valid exception was not thrown.";
  }

  /** @param {unknown} value */
  function pack(value) {
    /** @type {any[]} */
    const heap = [];
    const places = new Map();

    /**
     * @param {any} current
     * @param {number} depth
     * @returns {any}
     */
    function put(current, depth) {
      if (depth >= DEEPEST) {
        throw new TypeError(
          "Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.",
        );
      }
      if (typeof current === "symbol") throw new Error("An object could not be cloned.");
      const complex =
        (typeof current === "object" && current !== null) || typeof current === "function";
      if (!complex) return ["value", current];
      let at = places.get(current);
      if (at === undefined) {
        at = heap.length;
        places.set(current, at);
        heap.push(undefined);
        heap[at] = describe(current, depth);
      }
      return ["at", at];
    }

    /**
     * @param {any} current
     * @param {number} depth
     */
    function describe(current, depth) {
      if (typeof current === "function") {
        const theirs = numberOfTheirs.get(current);
        return theirs === undefined ? ["function", numberFor(current)] : ["yours", theirs];
      }
      if (isArray(current)) {
        return ["array", Array.from(current, (item) => put(item, depth + 1))];
      }
      const tag = apply(objectTag, current, []);
      if (tag === "[object Promise]") return ["promise", promised(current)];
      if (tag === "[object Error]") return ["error", messageOf(current)];
      if (current instanceof Node) {
        throw new Error("chromium-electron does not pass DOM nodes over contextBridge.");
      }
      try {
        // A plain object may contain functions, which only the bridge can pass. The platform copies all other kinds.
        if (tag !== "[object Object]") return ["clone", clone(current)];
      } catch {
        throw new Error("An object could not be cloned.");
      }
      const members = [];
      for (const key of ownKeys(current)) {
        if (typeof key === "string" && apply(isEnumerable, current, [key])) {
          members.push([key, put(current[key], depth + 1)]);
        }
      }
      return ["object", members];
    }

    return { root: put(value, 0), heap };
  }

  /** @param {object} local */
  function numberFor(local) {
    let number = numberOfMine.get(local);
    if (number === undefined) {
      number = ++lastNumber;
      numberOfMine.set(local, number);
      mine.set(number, local);
    }
    return number;
  }

  /** @param {Promise<unknown>} promise */
  function promised(promise) {
    const number = ++lastNumber;
    void apply(settled, promise, [
      (/** @type {unknown} */ value) => {
        try {
          send({ kind: "resolved", number, value: pack(value) });
        } catch (error) {
          send({ kind: "rejected", number, value: pack(error) });
        }
      },
      (/** @type {unknown} */ error) => {
        let value;
        try {
          value = pack(error);
        } catch (refused) {
          value = pack(refused);
        }
        send({ kind: "rejected", number, value });
      },
    ]);
    return number;
  }

  /** @param {{ root: any, heap: any[] }} packed */
  function unpack({ root, heap }) {
    /** @type {any[]} */
    const made = [];

    /** @param {any} described */
    function take([kind, content]) {
      return kind === "value" ? content : object(content);
    }

    /** @param {number} at */
    function object(at) {
      if (at in made) return made[at];
      const [kind, content] = heap[at];
      switch (kind) {
        case "array": {
          /** @type {unknown[]} */
          const array = [];
          made[at] = array;
          for (const item of content) array.push(take(item));
          break;
        }
        case "object": {
          const plain = {};
          made[at] = plain;
          for (const [key, item] of content) {
            defineProperty(plain, key, {
              value: take(item),
              configurable: true,
              enumerable: true,
              writable: true,
            });
          }
          break;
        }
        case "function":
          made[at] = proxyOf(content);
          break;
        case "yours":
          made[at] = mine.get(content);
          break;
        case "promise":
          made[at] = new Promise((resolve, reject) => awaited.set(content, { resolve, reject }));
          break;
        case "error":
          made[at] = new Error(content);
          break;
        default:
          made[at] = content;
      }
      return made[at];
    }

    return take(root);
  }

  /** @param {number} number */
  function proxyOf(number) {
    /** @param {unknown[]} args */
    const proxy = (...args) => request("call", [number, pack(args)]);
    numberOfTheirs.set(proxy, number);
    return proxy;
  }

  /** @param {object} message */
  function send(message) {
    answer = undefined;
    dispatch(new Crossing(outbox, { detail: message }));
    const given = answer;
    answer = undefined;
    return given;
  }

  /**
   * Sends a request to the other end and waits for the result.
   *
   * @param {string} kind `call`, or one of the other end's requests
   * @param {unknown[]} args
   */
  function request(kind, args) {
    const given = send({ kind, args });
    if (given === undefined) throw new Error("The other side of the bridge is gone.");
    if (given.failed) throw new Error(given.message);
    return unpack(given.value);
  }

  /** @param {any} message */
  function handle({ kind, args }) {
    if (kind !== "call") {
      const ask = requests[kind];
      if (ask === undefined) throw new Error(`No such request: ${kind}`);
      return ask(...args);
    }
    const [number, packed] = args;
    return apply(mine.get(number), undefined, unpack(packed));
  }

  port.addEventListener(inbox, (event) => {
    const message = apply(readDetail, event, []);
    switch (message.kind) {
      case "answer":
        answer = message;
        break;
      case "resolved":
        awaited.get(message.number)?.resolve(unpack(message.value));
        awaited.delete(message.number);
        break;
      case "rejected":
        awaited.get(message.number)?.reject(unpack(message.value));
        awaited.delete(message.number);
        break;
      default: {
        let reply;
        try {
          reply = { kind: "answer", value: pack(handle(message)) };
        } catch (error) {
          reply = { kind: "answer", failed: true, message: messageOf(error) };
        }
        dispatch(new Crossing(outbox, { detail: reply }));
      }
    }
  });

  /** @param {unknown} value */
  function freeze(value) {
    const simple =
      value === null ||
      (typeof value !== "object" && typeof value !== "function") ||
      ArrayBuffer.isView(value) ||
      Object.isFrozen(value);
    if (simple) return value;
    freezeObject(value);
    for (const key of ownKeys(value)) freeze(/** @type {any} */ (value)[key]);
    return value;
  }

  return { request, pack, unpack, freeze };
}
