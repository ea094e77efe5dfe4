/** Builds schemas when they are first used, because zod takes longer to load than this library. */
import type { z } from "zod";

/** A schema that is built by its first call. */
export type LazySchema<Schema> = () => Promise<Schema>;

/** The values that a lazy schema accepts. */
export type Parsed<Lazy extends LazySchema<z.ZodType>> = z.infer<Awaited<ReturnType<Lazy>>>;

/**
 * Builds the schema at most once. Only here is zod loaded, and as an ES module, which the AI SDK loads
 * too: the CommonJS half of the package would be a second copy.
 */
export function lazySchema<Schema>(build: (zod: typeof z) => Schema): LazySchema<Schema> {
  let built: Promise<Schema> | null = null;
  return () => (built ??= load(build));
}

async function load<Schema>(build: (zod: typeof z) => Schema): Promise<Schema> {
  const zod = await import("zod");
  return build(zod.z);
}
