/** How much the window has to load: the built renderer's page, scripts and styles, compressed. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { buildIfNeeded } from "../../scripts/build";
import { ROOT } from "../../scripts/runtime";
import type { Row } from "./table";

const FOLDER = join(ROOT, "out/renderer");

/** What the page itself names is loaded at the start; the other scripts when they are needed. */
export async function measureSize(): Promise<readonly Row[]> {
  buildIfNeeded();
  const page = await readFile(join(FOLDER, "index.html"), "utf8");
  const named = [...page.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map(
    ([, file = ""]) => file,
  );
  return [
    {
      what: "renderer at the start, gzip",
      ...(await sizeOf(["index.html", ...named])),
      limit: 140,
    },
  ];
}

async function sizeOf(files: readonly string[]): Promise<Pick<Row, "unit" | "samples">> {
  const contents = await Promise.all(files.map((name) => readFile(join(FOLDER, name))));
  const bytes = contents.reduce((sum, content) => sum + gzipSync(content).byteLength, 0);
  return { unit: "kB", samples: [bytes / 1000] };
}
