/** Runs a part in a separate process, so that its memory use and its exit affect no other part. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { build } from "vite";

import { ROOT } from "../../scripts/runtime";
import { FILE_PARTS } from "./file-parts";
import type { NotRun, Row } from "./table";

/** Time for a terminated part to close its windows before it is killed. */
const KILL_AFTER_MS = 5000;

export type PartOutcome = { readonly rows: readonly Row[] } | { readonly notRun: NotRun };

/** Never rejects. A part that fails or exceeds `timeoutMs` is reported as not run. */
export async function runPart(part: string, timeoutMs: number): Promise<PartOutcome> {
  const folder = await mkdtemp(join(tmpdir(), "bench-part-"));
  const file = join(folder, "rows.json");
  const program =
    part in FILE_PARTS
      ? [await bundledFilePart(folder)]
      : ["--import", "tsx", join(__dirname, "part.ts")];
  const child = spawn(process.execPath, [...program, part, file], {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    errors += String(chunk);
    process.stderr.write(chunk);
  });
  let hasTimedOut = false;
  const timers = [
    setTimeout(() => {
      hasTimedOut = true;
      child.kill("SIGTERM");
    }, timeoutMs),
    setTimeout(() => child.kill("SIGKILL"), timeoutMs + KILL_AFTER_MS),
  ];
  try {
    await once(child, "close");
    if (hasTimedOut) return notRun(part, `timed out after ${(timeoutMs / 1000).toFixed(0)} s`);
    if (child.exitCode !== 0) return notRun(part, firstError(errors) ?? `exit ${child.exitCode}`);
    return { rows: JSON.parse(await readFile(file, "utf8")) };
  } catch (error) {
    return notRun(part, String(error));
  } finally {
    timers.forEach(clearTimeout);
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

/**
 * Bundles the program for file operations, as the app is bundled. From sources, tsx would call each
 * function of another file through a getter, which takes about as long as the function.
 */
async function bundledFilePart(folder: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: "warn",
    ssr: { noExternal: true },
    build: {
      ssr: join(__dirname, "file-part.ts"),
      target: "node20",
      outDir: folder,
      emptyOutDir: false,
      rollupOptions: { output: { format: "esm", entryFileNames: "file-part.mjs" } },
    },
  });
  return join(folder, "file-part.mjs");
}

function notRun(part: string, reason: string): PartOutcome {
  return { notRun: { part, reason } };
}

function firstError(errors: string): string | undefined {
  return errors.split("\n").find((line) => /error/i.test(line));
}
