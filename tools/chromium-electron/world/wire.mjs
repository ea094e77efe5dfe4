/** Encodes structured clones as text, for messages between the main process and the preload's world. */
/**
 * The codec. It is self-contained, because its source also runs in the preload's world.
 *
 * The platform's `structuredClone` decides which values can be cloned; this only encodes the clone.
 */
export function createWire() {
  const REFUSED = "An object could not be cloned.";
  const VIEWS = [
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
    DataView,
  ];
  /** @type {Record<string, ErrorConstructor>} */
  const ERRORS = {
    Error,
    EvalError,
    RangeError,
    ReferenceError,
    SyntaxError,
    TypeError,
    URIError,
  };

  /** @param {Uint8Array} bytes */
  function toBase64(bytes) {
    let text = "";
    for (let start = 0; start < bytes.length; start += 0x8000) {
      text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
    }
    return btoa(text);
  }

  /** @param {string} text */
  function fromBase64(text) {
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
    return bytes;
  }

  /**
   * @param {unknown} value
   * @returns {unknown}
   */
  function snapshot(value) {
    try {
      return structuredClone(value);
    } catch {
      throw new Error(REFUSED);
    }
  }

  /**
   * Throws "An object could not be cloned." for values that cannot be cloned.
   *
   * @param {unknown} value
   * @returns {string}
   */
  function encode(value) {
    /** @type {unknown[]} every object once, by its number; so that cycles and shared objects survive */
    const heap = [];
    const numbers = new Map();

    /**
     * @param {any} current
     * @returns {unknown} a primitive by itself or as a tagged array, an object as `{ at: its number }`
     */
    function put(current) {
      if (current === undefined) return ["undefined"];
      if (typeof current === "bigint") return ["bigint", String(current)];
      if (typeof current === "number") {
        if (Object.is(current, -0)) return ["number", "-0"];
        return Number.isFinite(current) ? current : ["number", String(current)];
      }
      if (typeof current !== "object" || current === null) return current;
      let at = numbers.get(current);
      if (at === undefined) {
        at = heap.length;
        numbers.set(current, at);
        heap.push(null);
        heap[at] = describe(current);
      }
      return { at };
    }

    /** @param {any} object */
    function entriesOf(object) {
      return Object.keys(object).map((key) => [key, put(object[key])]);
    }

    /** @param {any} object */
    function describe(object) {
      if (Array.isArray(object)) return ["array", object.length, entriesOf(object)];
      if (object instanceof Date) return ["date", put(object.getTime())];
      if (object instanceof RegExp) return ["regexp", object.source, object.flags];
      if (object instanceof Map) {
        return ["map", Array.from(object, ([key, item]) => [put(key), put(item)])];
      }
      if (object instanceof Set) return ["set", Array.from(object, put)];
      if (object instanceof ArrayBuffer) return ["buffer", toBase64(new Uint8Array(object))];
      const view = VIEWS.findIndex((type) => object instanceof type);
      if (view >= 0) {
        const length = object instanceof DataView ? object.byteLength : object.length;
        return ["view", view, put(object.buffer), object.byteOffset, length];
      }
      if (object instanceof Error) {
        const cause = Object.hasOwn(object, "cause") ? [put(object.cause)] : [];
        return ["error", object.name, object.message, object.stack ?? "", ...cause];
      }
      const boxed = [Boolean, Number, String, BigInt].some((type) => object instanceof type);
      if (boxed) return ["boxed", put(object.valueOf())];
      const prototype = Object.getPrototypeOf(object);
      if (prototype !== Object.prototype && prototype !== null) throw new Error(REFUSED);
      return ["object", entriesOf(object)];
    }

    const root = put(snapshot(value));
    return JSON.stringify([root, heap]);
  }

  /**
   * @param {string} text the result of {@link encode}
   * @returns {any} the encoded value
   */
  function decode(text) {
    const [root, heap] = JSON.parse(text);
    /** @type {unknown[]} */
    const made = [];

    /** @param {any} described */
    function take(described) {
      if (typeof described !== "object" || described === null) return described;
      if (!Array.isArray(described)) return object(described.at);
      const [kind, spelled] = described;
      if (kind === "undefined") return undefined;
      return kind === "bigint" ? BigInt(spelled) : Number(spelled);
    }

    /**
     * @param {object} target
     * @param {[string, unknown][]} entries
     */
    function fill(target, entries) {
      for (const [key, described] of entries) {
        Object.defineProperty(target, key, {
          value: take(described),
          configurable: true,
          enumerable: true,
          writable: true,
        });
      }
    }

    /** @param {number} at */
    function object(at) {
      if (at in made) return made[at];
      const [kind, ...parts] = heap[at];
      switch (kind) {
        case "array": {
          /** @type {unknown[]} */
          const array = [];
          made[at] = array;
          array.length = parts[0];
          fill(array, parts[1]);
          break;
        }
        case "object": {
          const plain = {};
          made[at] = plain;
          fill(plain, parts[0]);
          break;
        }
        case "map": {
          const map = new Map();
          made[at] = map;
          for (const [key, item] of parts[0]) map.set(take(key), take(item));
          break;
        }
        case "set": {
          const set = new Set();
          made[at] = set;
          for (const item of parts[0]) set.add(take(item));
          break;
        }
        case "error": {
          const [name, message, stack, ...cause] = parts;
          const error = new (ERRORS[name] ?? Error)(message);
          made[at] = error;
          Object.defineProperty(error, "stack", {
            value: stack,
            configurable: true,
            writable: true,
          });
          if (cause.length > 0) {
            Object.defineProperty(error, "cause", {
              value: take(cause[0]),
              configurable: true,
              writable: true,
            });
          }
          break;
        }
        case "date":
          made[at] = new Date(take(parts[0]));
          break;
        case "regexp":
          made[at] = new RegExp(parts[0], parts[1]);
          break;
        case "buffer":
          made[at] = fromBase64(parts[0]).buffer;
          break;
        case "view": {
          const type = /** @type {any} */ (VIEWS[parts[0]]);
          made[at] = new type(take(parts[1]), parts[2], parts[3]);
          break;
        }
        default:
          made[at] = Object(take(parts[0]));
      }
      return made[at];
    }

    return take(root);
  }

  return { encode, decode };
}
