/** Reads JSON of unknown shape. */

export type JsonObject = Readonly<Record<string, unknown>>;

/** The value, or undefined when the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The member if it is an object, else an empty object. */
export function objectAt(value: JsonObject, name: string): JsonObject {
  const member = value[name];
  return isObject(member) ? member : {};
}

/** The items of a list member that are objects. */
export function objectsAt(value: JsonObject, name: string): readonly JsonObject[] {
  const list = value[name];
  return Array.isArray(list) ? list.filter(isObject) : [];
}

/** The first item of a list member if it is an object, else an empty object. */
export function firstAt(value: JsonObject, name: string): JsonObject {
  const list = value[name];
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  return isObject(first) ? first : {};
}

/** The value if it is a string, else an empty string. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
