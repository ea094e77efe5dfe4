/** Measures how much the window loads at the start: the built page, scripts and styles, compressed. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { buildIfNeeded } from "../../scripts/build";
import { ROOT } from "../../scripts/runtime";
import type { Row } from "./table";

const FOLDER = join(ROOT, "out/renderer");

/** Files that the page references are loaded at the start, all other scripts on demand. */
export async function measureSize(): Promise<readonly Row[]> {
  buildIfNeeded();
  const page = await readFile(join(FOLDER, "index.html"), "utf8");
  const referenced = [...page.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map(
    ([, file = ""]) => file,
  );
  return [
    {
      what: "renderer at the start, gzip",
      ...(await sizeOf(["index.html", ...referenced])),
      limit: 140,
    },
  ];
}

async function sizeOf(files: readonly string[]): Promise<Pick<Row, "unit" | "samples">> {
  const contents = await Promise.all(files.map((name) => readFile(join(FOLDER, name))));
  const bytes = contents.reduce((sum, content) => sum + gzipSync(content).byteLength, 0);
  return { unit: "kB", samples: [bytes / 1000] };
}
