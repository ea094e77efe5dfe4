/** What both processes keep on V8's heap, told apart from what V8 compiles for itself. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { CDPSession, ElectronApplication } from "playwright";
import { z } from "zod";

import { heapSnapshot } from "../driving/heap";

/** In bytes, after a collection. */
export interface Heap {
  /** Strings, objects, arrays, closures and their shapes: what the program keeps. */
  readonly data: number;
  /** Bytecode, machine code and their notes, which V8 makes, throws away and makes again as it likes. */
  readonly code: number;
}

export async function heapOfMain(app: ElectronApplication): Promise<Heap> {
  const directory = await mkdtemp(join(tmpdir(), "soak-heap-"));
  const file = join(directory, "main.heapsnapshot");
  try {
    await app.evaluate((_electron, path) => {
      const load = process.mainModule?.require.bind(process.mainModule);
      if (load === undefined) throw new Error("The main process has no module.");
      load("node:v8").writeHeapSnapshot(path);
    }, file);
    return heapIn(await readFile(file, "utf8"));
  } finally {
    await rm(directory, { recursive: true });
  }
}

export async function heapOfPage(devtools: CDPSession): Promise<Heap> {
  return heapIn(await heapSnapshot(devtools));
}

const snapshotSchema = z.object({
  snapshot: z.object({
    meta: z.object({
      node_fields: z.array(z.string()),
      node_types: z.tuple([z.array(z.string())]).rest(z.unknown()),
    }),
  }),
  // Looked through below, number by number; here there are a million of them.
  nodes: z.custom<readonly number[]>(Array.isArray),
});

/** Sums a snapshot as V8 writes it. What lies outside its heap, the nodes of a page, is left out. */
export function heapIn(text: string): Heap {
  const { snapshot, nodes } = snapshotSchema.parse(JSON.parse(text));
  const { node_fields: fields, node_types: kinds } = snapshot.meta;
  const [kindAt, sizeAt] = [fields.indexOf("type"), fields.indexOf("self_size")];
  if (kindAt < 0 || sizeAt < 0) throw new Error("The heap snapshot has no types and sizes.");
  const heap = { data: 0, code: 0 };
  for (let at = 0; at < nodes.length; at += fields.length) {
    const kind = kinds[0][nodes[at + kindAt] ?? -1];
    const size = nodes[at + sizeAt] ?? 0;
    if (kind === "code") heap.code += size;
    else if (kind !== "native") heap.data += size;
  }
  return heap;
}
