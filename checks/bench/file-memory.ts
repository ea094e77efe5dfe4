/** How much memory one change of a 10 MB file takes, in a process of its own. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { StepsDone } from "../faults/orders";
import { Program } from "../faults/program";
import { bundlePrograms } from "../faults/programs";
import { ACCOUNT, sampleText } from "../faults/sample";
import type { Row } from "./table";

const BYTES = 10_000_000;
const RUNS = 5;

/** The peak of resident memory above that of the loaded program, in multiples of the file. */
export async function measureMemory(): Promise<readonly Row[]> {
  const steps = [{ kind: "enable", provider: "openai", accountId: ACCOUNT, gatewayName: "g-1" }];
  return [
    {
      what: "10 MB: memory ÷ file; read, edit, check, save",
      unit: "times",
      samples: await peaks({ kind: "bare" }, latin(sampleText(BYTES))),
      limit: 12,
    },
    {
      what: "10 MB: memory ÷ file; the same beyond Latin-1",
      unit: "times",
      samples: await peaks({ kind: "bare" }, sampleText(BYTES)),
      limit: 12,
    },
    {
      what: "10 MB: memory ÷ file; and 31,000 providers to show",
      unit: "times",
      samples: await peaks({ kind: "steps", steps }, sampleText(BYTES)),
      limit: null,
    },
  ];
}

async function peaks(order: object, text: string): Promise<readonly number[]> {
  const directory = await mkdtemp(join(tmpdir(), "bench-memory-"));
  const programs = await bundlePrograms();
  const file = join(directory, "providers.jsonc");
  const samples: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    await writeFile(file, text);
    const program = new Program(programs, "store-program");
    await program.ready;
    const done = await program.order<StepsDone>({ ...order, file });
    await program.end();
    if (done.error !== null) throw new Error(done.message);
    samples.push(done.peakBytes / BYTES);
  }
  await rm(directory, { recursive: true, maxRetries: 10 });
  await rm(programs, { recursive: true, maxRetries: 10 });
  return samples;
}

/** Without characters beyond Latin-1, which make V8 store every character in two bytes. */
function latin(text: string): string {
  return text.replaceAll(/[“”]/g, "'");
}
