/** Measures the V8 heap of both processes, with data and compiled code separated. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { CDPSession, ElectronApplication } from "playwright";
import { z } from "zod";

import { heapSnapshot } from "../driving/heap";

/** In bytes, after a collection. */
export interface Heap {
  /** Strings, objects, arrays, closures and their shapes, which the program holds. */
  readonly data: number;
  /** Bytecode, machine code and metadata, which V8 discards and recompiles at any time. */
  readonly code: number;
}

export interface PageHeap extends Heap {
  /** Nodes of attributes. Chromium makes them when a script lists an element's attributes. */
  readonly attributeNodes: number;
}

export async function heapOfMain(app: ElectronApplication): Promise<Heap> {
  const directory = await mkdtemp(join(tmpdir(), "soak-heap-"));
  const file = join(directory, "main.heapsnapshot");
  try {
    await app.evaluate((_electron, path) => {
      process.getBuiltinModule("node:v8").writeHeapSnapshot(path);
    }, file);
    return heapIn(await readFile(file, "utf8"));
  } finally {
    await rm(directory, { recursive: true, maxRetries: 10 });
  }
}

export async function heapOfPage(devtools: CDPSession): Promise<PageHeap> {
  return heapIn(await heapSnapshot(devtools));
}

const snapshotSchema = z.object({
  snapshot: z.object({
    meta: z.object({
      node_fields: z.array(z.string()),
      node_types: z.tuple([z.array(z.string())]).rest(z.unknown()),
    }),
  }),
  // Not validated element by element, because there are about a million.
  nodes: z.custom<readonly number[]>(Array.isArray),
  strings: z.custom<readonly string[]>(Array.isArray),
});

/** Sums the sizes in a V8 snapshot. Omits native objects such as the page's nodes. */
export function heapIn(text: string): PageHeap {
  const { snapshot, nodes, strings } = snapshotSchema.parse(JSON.parse(text));
  const { node_fields: fields, node_types: kinds } = snapshot.meta;
  const [kindAt, nameAt, sizeAt] = [
    fields.indexOf("type"),
    fields.indexOf("name"),
    fields.indexOf("self_size"),
  ];
  if (kindAt < 0 || nameAt < 0 || sizeAt < 0) {
    throw new Error("The heap snapshot has no types, names and sizes.");
  }
  const attribute = strings.indexOf("Attr");
  const heap = { data: 0, code: 0, attributeNodes: 0 };
  for (let at = 0; at < nodes.length; at += fields.length) {
    const kind = kinds[0][nodes[at + kindAt] ?? -1];
    const size = nodes[at + sizeAt] ?? 0;
    if (kind === "code") heap.code += size;
    else if (kind !== "native") heap.data += size;
    else if (nodes[at + nameAt] === attribute) heap.attributeNodes += 1;
  }
  return heap;
}
