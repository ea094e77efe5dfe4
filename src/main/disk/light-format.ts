/** Formats of files that are read before the first screen. zod takes longer to load than these files. */
import type { Format } from "./json-file";

export type Members = Readonly<Record<string, unknown>>;

/** `read` returns the value with these members, or null if they do not match. */
export function lightFormat<T>(
  read: (members: Members) => T | null,
): () => Promise<Format<NonNullable<T>>> {
  const format: Format<NonNullable<T>> = {
    safeParse: (value) => {
      const data = read(membersOf(value));
      return data ? { success: true, data } : { success: false };
    },
  };
  return () => Promise.resolve(format);
}

/** The members of an object; none if it is not one. */
export function membersOf(value: unknown): Members {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** The elements as `read` returns them, or null if the value is not an array or one does not match. */
export function elementsOf<T>(
  value: unknown,
  read: (members: Members) => T | null,
): readonly T[] | null {
  if (!Array.isArray(value)) return null;
  const elements = value.map((element: unknown) => read(membersOf(element)));
  return elements.every((element) => element !== null) ? elements : null;
}
