/** One part in a process of its own: what it leaves in memory, and its end, is nobody else's. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ROOT } from "../../scripts/runtime";
import type { NotRun, Row } from "./table";

/** To close its windows, before it is killed. */
const TO_END_MS = 5000;

export type PartOutcome = { readonly rows: readonly Row[] } | { readonly notRun: NotRun };

/** Never rejects: a part that fails or takes longer than `mostMs` is told as such. */
export async function runPart(part: string, mostMs: number): Promise<PartOutcome> {
  const folder = await mkdtemp(join(tmpdir(), "bench-part-"));
  const file = join(folder, "rows.json");
  const script = join(__dirname, "part.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, part, file], {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said += String(chunk);
    process.stderr.write(chunk);
  });
  let tookTooLong = false;
  const timers = [
    setTimeout(() => {
      tookTooLong = true;
      child.kill("SIGTERM");
    }, mostMs),
    setTimeout(() => child.kill("SIGKILL"), mostMs + TO_END_MS),
  ];
  try {
    await once(child, "close");
    if (tookTooLong) return lost(part, `not done after ${(mostMs / 1000).toFixed(0)} s`);
    if (child.exitCode !== 0) return lost(part, firstError(said) ?? `exit ${child.exitCode}`);
    return { rows: JSON.parse(await readFile(file, "utf8")) };
  } catch (error) {
    return lost(part, String(error));
  } finally {
    timers.forEach(clearTimeout);
    await rm(folder, { recursive: true, force: true });
  }
}

function lost(part: string, why: string): PartOutcome {
  return { notRun: { part, why } };
}

function firstError(said: string): string | undefined {
  return said.split("\n").find((line) => /error/i.test(line));
}
