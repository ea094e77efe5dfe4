/** Compares the save with the simplest durable save on the same disk. */
import { mkdtemp, open, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readVersion } from "../../src/main/disk/read-file";
import { saveFile } from "../../src/main/disk/save-file";
import { sampleText } from "../faults/sample";
import { timed } from "../faults/scenario";
import type { Row } from "./table";

const SAVES = 300;

/** Both save files of 10 kB in turn, so that both find the disk in the same state. */
export async function measureSave(): Promise<readonly Row[]> {
  const directory = await mkdtemp(join(tmpdir(), "bench-save-"));
  const ours = join(directory, "ours.jsonc");
  const bare = join(directory, "bare.jsonc");
  const text = sampleText(10_000);
  await writeFile(ours, text);
  await writeFile(bare, text);
  const samples: { readonly ours: number[]; readonly bare: number[] } = { ours: [], bare: [] };
  for (let n = 1; n <= SAVES; n++) {
    const bytes = Buffer.from(text.replace("g-0", `g-${n}`));
    const before = await readVersion(ours);
    if (!before.success) throw new Error(before.error.message);
    const save = await timed(async () => saveFile(ours, before.data, bytes));
    if (!save.answer.success || save.answer.data !== "saved") throw new Error("it was not saved");
    samples.ours.push(save.ms);
    samples.bare.push((await timed(async () => barelySave(bare, bytes))).ms);
  }
  await rm(directory, { recursive: true, maxRetries: 10 });
  return [
    {
      what: "durable save, 10 kB",
      unit: "ms",
      samples: samples.ours,
      peer: { name: "bare: open, write, fsync, rename, fsync", samples: samples.bare },
      limit: null,
      ratioLimit: 1.3,
    },
  ];
}

async function barelySave(file: string, bytes: Buffer): Promise<void> {
  const temporary = `${file}.tmp`;
  const handle = await open(temporary, "w", 0o600);
  await handle.writeFile(bytes);
  await handle.sync();
  await handle.close();
  await rename(temporary, file);
  const directory = await open(join(file, ".."), "r");
  await directory.sync();
  await directory.close();
}
