/** Bundles the programs that scenarios start and kill, so that they start fast. */
import { chmod, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";

const PROGRAMS = {
  "store-program": join(import.meta.dirname, "store-program.ts"),
  "mux-program": join(import.meta.dirname, "mux-program.ts"),
  "editor-program": join(import.meta.dirname, "editor-program.ts"),
  "small-disk-program": join(import.meta.dirname, "small-disk-program.ts"),
} as const;

export type ProgramName = keyof typeof PROGRAMS;

/** Bundles all programs; returns the directory, which every user can read. */
export async function bundlePrograms(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "faults-programs-"));
  await build({
    configFile: false,
    logLevel: "warn",
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: "node20",
      outDir: directory,
      emptyOutDir: false,
      rollupOptions: {
        input: PROGRAMS,
        output: {
          format: "esm",
          entryFileNames: "[name].mjs",
          chunkFileNames: "[name]-[hash].mjs",
        },
      },
    },
  });
  await chmod(directory, 0o755);
  return directory;
}

export function pathOfProgram(directory: string, name: ProgramName): string {
  return join(directory, `${name}.mjs`);
}
