/** `npm run build:lib`: builds the entry points of the library, with types, and the command line into `dist/`. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import {
  rolldown,
  type ModuleFormat,
  type OutputChunk,
  type Plugin,
  type RolldownOptions,
} from "rolldown";
import { dts } from "rolldown-plugin-dts";

import { guide } from "./guide";
import { notices, packageFolders } from "./notices";

const ROOT = join(import.meta.dirname, "..");
const DIST = join(ROOT, "dist");
const DECLARATIONS = join(ROOT, "out/lib-types");

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

interface Entry {
  /** The name of its folder in `src/` and of its files in `dist/`. */
  readonly name: "main" | "preload" | "renderer" | "orpc";
  readonly format: ModuleFormat;
  readonly platform: "node" | "browser";
  /** The file extensions of the script and the types. */
  readonly script: ".cjs" | ".mjs";
  readonly types: ".d.cts" | ".d.mts";
}

const COMMON_JS = { format: "cjs", platform: "node", script: ".cjs", types: ".d.cts" } as const;
const ENTRIES: readonly Entry[] = [
  { name: "main", ...COMMON_JS },
  { name: "preload", ...COMMON_JS },
  { name: "orpc", ...COMMON_JS },
  { name: "renderer", format: "esm", platform: "browser", script: ".mjs", types: ".d.mts" },
];

/** Packages that are not bundled, because npm or the host installs them. */
const INSTALLED = externalPackages();

function externalPackages(): readonly string[] {
  const { dependencies = {}, peerDependencies = {} } = readManifest(ROOT);
  return Object.keys({ ...dependencies, ...peerDependencies });
}

function isInstalled(id: string): boolean {
  return (
    id.startsWith("node:") || INSTALLED.some((name) => id === name || id.startsWith(`${name}/`))
  );
}

/** The entry chunk first, then the chunks that it imports. */
async function bundle(
  options: RolldownOptions,
  format: ModuleFormat,
  codeSplitting: boolean,
): Promise<readonly [OutputChunk, ...OutputChunk[]]> {
  const build = await rolldown({
    cwd: ROOT,
    external: isInstalled,
    // "use client" directives only concern server frameworks, which cannot host this package.
    onLog: (level, log, print) => {
      if (log.code !== "MODULE_LEVEL_DIRECTIVE") print(level, log);
    },
    ...options,
  });
  try {
    const { output } = await build.generate({
      format,
      codeSplitting,
      // The types have the docstrings. In the scripts they would only take time to load.
      comments: { jsdoc: false },
      // Otherwise a shared chunk would be named after an arbitrary library file.
      chunkFileNames: ({ name, isDynamicEntry }) => (isDynamicEntry ? `${name}.mjs` : "shared.mjs"),
    });
    const chunks = output.filter((file) => file.type === "chunk");
    const entry = chunks.find(({ isEntry }) => isEntry);
    if (entry === undefined) throw new Error("The bundle has no entry chunk.");
    return [entry, ...chunks.filter((chunk) => chunk !== entry)];
  } finally {
    await build.close();
  }
}

/** Modules whose exports `main.cjs` has, too. */
const IN_MAIN = new Set(["../main/gateway", "../main/ipc/handlers"]);
/** Modules whose types `main.d.cts` has, too. */
const TYPES_IN_MAIN = new Set([
  ...IN_MAIN,
  "../shared/contract",
  "../shared/result",
  "../shared/view",
]);

/** The command line and the oRPC entry use the library beside them, which is not bundled again. */
function besideMain(modules: ReadonlySet<string>): Plugin {
  return {
    name: "beside-main",
    resolveId: (source, importer = "") =>
      modules.has(source) && /[\\/](?:cli|orpc)[\\/]/.test(importer)
        ? { id: "./main.cjs", external: true }
        : null,
  };
}

/** The part of the main entry that its first call loads. A source file → the script in `dist/`. */
const LATER = new Map([["./cloudflare/account", "./account.mjs"]]);

/**
 * Leaves the later parts out of the main entry. They are ES modules, so that they and the AI SDK load
 * the same half of zod.
 */
const withoutLaterParts: Plugin = {
  name: "without-later-parts",
  resolveId: (source, importer = "") => {
    const id = /[\\/]src[\\/]main[\\/]/.test(importer) ? LATER.get(source) : undefined;
    return id === undefined ? null : { id, external: true };
  },
};

async function buildLaterParts(): Promise<void> {
  for (const [source, script] of LATER) {
    const input = join(ROOT, "src/main", `${source}.ts`);
    const [part] = await bundle({ input, platform: "node" }, "esm", false);
    writeFileSync(join(DIST, script), part.code);
  }
}

async function buildCommandLine(): Promise<void> {
  const { version } = readManifest(ROOT);
  const [main] = await bundle(
    {
      input: join(ROOT, "src/cli/index.ts"),
      platform: "node",
      plugins: [besideMain(IN_MAIN)],
      transform: { define: { PACKAGE_VERSION: JSON.stringify(version) } },
    },
    "cjs",
    false,
  );
  writeFileSync(join(DIST, "cli.cjs"), `#!/usr/bin/env node\n${main.code}`, { mode: 0o755 });
}

/** The page's half of the oRPC entry. The other half runs in the main process. */
async function buildOrpcClient(): Promise<void> {
  const input = join(ROOT, "src/orpc/client.ts");
  const [client] = await bundle({ input, platform: "browser" }, "esm", false);
  writeFileSync(join(DIST, "orpc-client.mjs"), client.code);
}

/** Writes the entry's script. Returns the packages whose code went into it. */
async function buildScript(entry: Entry): Promise<readonly string[]> {
  const [main, ...later] = await bundle(
    {
      input: join(ROOT, "src", entry.name, "lib.ts"),
      platform: entry.platform,
      plugins: [guide(), besideMain(IN_MAIN), withoutLaterParts],
      // A page has no `process`, which libraries read to choose between development and production.
      transform: { define: { "process.env.NODE_ENV": '"production"' } },
    },
    entry.format,
    // Only a page benefits from loading code on demand.
    entry.platform === "browser",
  );
  writeFileSync(join(DIST, `${entry.name}${entry.script}`), main.code);
  for (const { fileName, code } of later) writeFileSync(join(DIST, fileName), code);
  return packageFolders([main, ...later].flatMap(({ modules }) => Object.keys(modules)));
}

async function buildTypes(entry: Entry): Promise<void> {
  const [chunk] = await bundle(
    {
      input: join(DECLARATIONS, entry.name, "lib.d.ts"),
      plugins: [
        besideMain(TYPES_IN_MAIN),
        dts({ dtsInput: true, emitDtsOnly: true, tsconfig: false }),
      ],
    },
    "esm",
    false,
  );
  // `ai` is ESM only, so CommonJS types must import it in the ESM resolution mode.
  const code = chunk.code.replace(
    /^import (\{[^}]*\} from "ai");$/m,
    'import type $1 with { "resolution-mode": "import" };',
  );
  writeFileSync(join(DIST, `${entry.name}${entry.types}`), code);
}

/** Inlines each `@import`, for hosts that load style sheets without a bundler. */
function styleSheet(file: string): string {
  return readFileSync(file, "utf8").replaceAll(/^@import "(.+)";$/gm, (_, part: string) =>
    styleSheet(join(dirname(file), part)),
  );
}

rmSync(DIST, { recursive: true, force: true, maxRetries: 10 });
mkdirSync(DIST);
execFileSync("npx", ["tsc", "-p", "tsconfig.lib.json"], {
  cwd: ROOT,
  stdio: "inherit",
  shell: process.platform === "win32",
});
const bundled = new Set<string>();
for (const entry of ENTRIES) {
  for (const folder of await buildScript(entry)) bundled.add(folder);
  await buildTypes(entry);
}
await buildLaterParts();
await buildCommandLine();
await buildOrpcClient();
writeFileSync(
  join(DIST, "THIRD-PARTY-NOTICES.txt"),
  notices([join(ROOT, "node_modules/@lobehub/icons-static-svg"), ...[...bundled].toSorted()]),
);
writeFileSync(
  join(DIST, "style.css"),
  ["section.css", "later.css"]
    .map((name) => styleSheet(join(ROOT, "src/renderer/section", name)))
    .join("\n"),
);
