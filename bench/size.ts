/** How much the window has to load: the built renderer's scripts and styles, compressed. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { buildIfNeeded } from "../scripts/build";
import { ROOT } from "../scripts/runtime";
import type { Row } from "./table";

export async function measureSize(): Promise<readonly Row[]> {
  buildIfNeeded();
  const folder = join(ROOT, "out/renderer");
  const files = (await readdir(folder, { recursive: true })).filter((name) =>
    /\.(?:html|js|css)$/.test(name),
  );
  const contents = await Promise.all(files.map((name) => readFile(join(folder, name))));
  const bytes = contents.reduce((sum, content) => sum + gzipSync(content).byteLength, 0);
  return [{ what: "renderer, gzip", unit: "kB", samples: [bytes / 1000], limit: 140 }];
}
