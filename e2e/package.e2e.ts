import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";

import { expect, test as base } from "@playwright/test";

import { DEMO_ACCOUNT_ID, DEMO_GATEWAY, DEMO_KEYS, DEMO_TOKEN } from "../demo/names";
import { ROOT } from "../scripts/runtime";
import { GATEWAY_METHODS } from "../src/shared/contract";
import { COMMENTED, COMMENTED_WITH_ANTHROPIC } from "./files";
import { installPackage, MANIFEST, readTarball, TARBALL } from "./host/installed-package";

const CONSUMER = join(__dirname, "host/consumer");
const BIN = join(ROOT, "node_modules/.bin");
const FILES = [
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "dist/THIRD-PARTY-NOTICES.txt",
  "dist/account.mjs",
  "dist/cli.cjs",
  "dist/main.cjs",
  "dist/main.d.cts",
  "dist/orpc-client.mjs",
  "dist/orpc.cjs",
  "dist/orpc.d.cts",
  "dist/preload.cjs",
  "dist/preload.d.cts",
  "dist/renderer.d.mts",
  "dist/renderer.mjs",
  "dist/style.css",
  "docs/embedding.md",
  "docs/file-format.md",
  "docs/guide.md",
  "docs/upgrading.md",
  "package.json",
];
const PAGES = FILES.filter((file) => file.startsWith("docs/"));

/** Parts of the section that load when they are first shown, and what they share with it. */
const LOADED_ON_DEMAND =
  /^dist\/(?:shared\d*|add-gateway|help-dialog|later-provider-marks|menu-list|gateway-editor-form|log-confirmations|parts|question-dialog|row-details)\.mjs$/;

const test = base.extend<{ readonly project: string; readonly home: string }>({
  /** A project with the installed package and the files of `host/consumer`. */
  project: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), "mux-consumer-"));
    cpSync(CONSUMER, folder, { recursive: true });
    installPackage(folder, "18");
    await use(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  },
  home: async ({}, use) => {
    const home = mkdtempSync(join(tmpdir(), "mux-home-"));
    writeFileSync(join(home, "providers.jsonc"), COMMENTED);
    await use(home);
    rmSync(home, { recursive: true, force: true, maxRetries: 10 });
  },
});

function run(command: string, args: readonly string[], cwd: string) {
  // On Windows, package commands are scripts, which only its shell can start.
  const shell = process.platform === "win32" && command.startsWith(BIN);
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8", shell });
  return { status, output: `${stdout}${stderr}`, stdout };
}

function inTarball(file: string): string {
  return readTarball(["-xzOf", "-", `package/${file}`], ROOT);
}

/** The packages that the scripts import, without Node's modules and local files. */
function importsOf(...files: readonly string[]): readonly string[] {
  const calls = files
    .map(inTarball)
    .join("\n")
    .matchAll(/(?:\brequire\(|\bimport\(|^import\b[^"']*)["']([^"']+)["']/gm);
  const names = [...calls].flatMap(([, id = ""]) => /^(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []);
  const isOther = (name: string) =>
    !name.startsWith("node:") && !builtinModules.includes(name) && name !== ".";
  return [...new Set(names)].filter(isOther).toSorted();
}

test("contains only the entry points with their types, the command line and the pages for a host", () => {
  const files = readTarball(["-tzf", "-"], ROOT)
    .trim()
    .split(/\r?\n/)
    .map((file) => file.replace(/^package\//, ""));
  const others = files.filter((file) => !LOADED_ON_DEMAND.test(file));
  expect(others.toSorted()).toEqual(FILES);
});

test("contains no build paths, source maps or keys", () => {
  const telling = [ROOT, tmpdir(), "sourceMappingURL", DEMO_TOKEN, ...Object.values(DEMO_KEYS)];
  for (const file of FILES) {
    const text = inTarball(file);
    expect(text.length, file).toBeGreaterThan(0);
    expect(
      telling.filter((each) => text.includes(each)),
      file,
    ).toEqual([]);
  }
});

test("imports only its dependencies, so that none is bundled as well", () => {
  const main = importsOf("dist/main.cjs", "dist/account.mjs");
  expect(main).toEqual(Object.keys(MANIFEST.dependencies).toSorted());
  expect(importsOf("dist/preload.cjs")).toEqual(["electron"]);
  const page = FILES.filter((file) => file.endsWith(".mjs") && file !== "dist/account.mjs");
  expect(importsOf(...page)).toEqual(["react", "react-dom"]);
  expect(Object.keys(MANIFEST.peerDependencies)).toEqual(["electron", "react", "react-dom"]);
});

test("contains the licence of every bundled package", () => {
  const notices = inTarball("dist/THIRD-PARTY-NOTICES.txt");
  for (const name of ["@tanstack/react-query", "@radix-ui/react-tabs", "lucide-react"]) {
    expect(notices).toMatch(new RegExp(`^${name} \\d`, "m"));
  }
});

test("passes publint and are-the-types-wrong", () => {
  expect(run(join(BIN, "publint"), ["run", TARBALL, "--strict"], ROOT).output).toContain(
    "All good!",
  );
  // The page's entry is intentionally ESM; a style sheet has no types.
  const options = ["--ignore-rules", "cjs-resolves-to-esm", "--exclude-entrypoints"];
  const exclude = ["./renderer/style.css", "./package.json"];
  const attw = run(join(BIN, "attw"), [TARBALL, "--no-emoji", ...options, ...exclude], ROOT);
  expect(attw.status, attw.output).toBe(0);
  expect(attw.output).toContain("No problems found");
});

test("turns on a provider and creates its model in plain Node", ({ project, home }) => {
  const args = ["plain-node.cjs", home, DEMO_ACCOUNT_ID, DEMO_GATEWAY];
  const { output } = run(process.execPath, args, project);
  const file = join(home, "providers.jsonc");
  expect(JSON.parse(output)).toEqual({ file, enabled: true, modelId: "claude-haiku-4-5" });
  expect(readFileSync(file, "utf8")).toBe(COMMENTED_WITH_ANTHROPIC);
});

test("loads zod and the AI SDK only when they are needed, and zod once", ({ project, home }) => {
  const start = `
    const { gatewayHandlers, openCloudflareGateway } = require("${MANIFEST.name}/main");
    require("${MANIFEST.name}/orpc");
    const handlers = gatewayHandlers(openCloudflareGateway({ home: process.argv[1], env: {} }));`;
  const call = `
    (async () => {
      const { error } = await handlers.disable({ provider: 7 });
      const copies = Object.keys(require.cache).filter((file) => /[\\\\/]zod[\\\\/]/.test(file));
      console.log(JSON.stringify({ code: error.code, copies }));
    })();`;
  const answer = run(process.execPath, ["-e", start + call, home], project);
  // The CommonJS half would be a second copy beside the AI SDK's.
  expect(JSON.parse(answer.stdout)).toEqual({ code: "input_invalid", copies: [] });
  for (const name of ["zod", "ai", "@ai-sdk", "@openrouter", "undici"]) {
    rmSync(join(project, "node_modules", name), { recursive: true, maxRetries: 10 });
  }
  // The answers for the first screen, with every file that they read.
  writeFileSync(join(home, "config.json"), JSON.stringify({ routePriority: ["direct"] }));
  const settings = { version: 1, homes: [], domains: [], theme: "dark" };
  writeFileSync(join(home, "settings.json"), JSON.stringify(settings));
  const read = `
    const settingsFile = process.argv[1] + "/settings.json";
    const options = { home: process.argv[1], env: {}, settingsFile, mirror: true };
    const first = gatewayHandlers(openCloudflareGateway(options));
    Promise.all([first.providers(), first.tests()])
      .then((read) => console.log(read.map(({ success }) => success).join()));`;
  expect(run(process.execPath, ["-e", start + read, home], project).output).toBe("true,true\n");
});

test("checks calls and sends changes over the host's own transport", ({ project, home }) => {
  const args = ["over-a-port.mjs", home, DEMO_ACCOUNT_ID, DEMO_GATEWAY];
  const { output } = run(process.execPath, args, project);
  expect(JSON.parse(output)).toEqual({
    enabled: true,
    refused: "input_invalid",
    unknown: "constructor",
    told: "gateway",
  });
  expect(readFileSync(join(home, "providers.jsonc"), "utf8")).toBe(COMMENTED_WITH_ANTHROPIC);
});

test("serves a host's oRPC client over a MessagePort, and refuses one that is not authenticated", ({
  project,
  home,
}) => {
  const args = ["orpc-over-a-port.mjs", home, DEMO_ACCOUNT_ID, DEMO_GATEWAY];
  const { output } = run(process.execPath, args, project);
  expect(JSON.parse(output)).toEqual({
    enabled: true,
    invalid: "input_invalid",
    calls: GATEWAY_METHODS.length + 1,
    refusals: ["UNAUTHORIZED"],
  });
  expect(readFileSync(join(home, "providers.jsonc"), "utf8")).toBe(COMMENTED_WITH_ANTHROPIC);
});

/** The compiler's errors in the project's and the package's files; other packages' errors are ignored. */
function compile(project: string): readonly string[] {
  const options = ["--pretty", "false", "--singleThreaded"];
  const { output } = run(join(BIN, "tsc"), ["-p", project, ...options], project);
  const isOurs = (line: string) =>
    line.startsWith(`node_modules/${MANIFEST.name}/`) || !line.includes("node_modules/");
  return output.split("\n").filter((line) => line.includes("error TS") && isOurs(line));
}

for (const [module, moduleResolution] of [
  ["node16", "node16"],
  ["nodenext", "nodenext"],
  ["commonjs", "bundler"],
] as const) {
  test(`compiles the types of main and preload as ${module}, resolved as ${moduleResolution}`, ({
    project,
  }) => {
    const compilerOptions = {
      module,
      moduleResolution,
      target: "ES2023",
      types: ["node"],
      strict: true,
      noEmit: true,
      skipLibCheck: false,
    };
    const config = { compilerOptions, files: ["types.ts"] };
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify(config));
    expect(compile(project)).toEqual([]);
  });
}

for (const react of ["18", "19"] as const) {
  test(`compiles a host's main, preload and settings page with the types of React ${react}`, () => {
    const folder = mkdtempSync(join(tmpdir(), "mux-host-types-"));
    cpSync(join(__dirname, "host/app"), folder, { recursive: true });
    installPackage(folder, react);
    expect(compile(folder)).toEqual([]);
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  });
}

test("uses every line of code in docs/embedding.md in these hosts", () => {
  const linesOf = (text: string) => text.split("\n").map((line) => line.trim());
  const tried = new Set<string>();
  for (const folder of ["host/app", "host/consumer"]) {
    for (const file of readdirSync(join(__dirname, folder))) {
      const text = readFileSync(join(__dirname, folder, file), "utf8");
      for (const line of linesOf(text)) tried.add(line);
    }
  }
  const page = readFileSync(join(ROOT, "docs/embedding.md"), "utf8");
  const shown = [...page.matchAll(/^```(?:js|tsx?)\n(.*?)^```/gms)].flatMap(([, code = ""]) =>
    linesOf(code).filter((line) => line !== ""),
  );
  expect(shown.length).toBeGreaterThan(60);
  expect(shown.filter((line) => !tried.has(line))).toEqual([]);
});

test("shows at most 30 lines in 6 files for mux in docs/embedding.md", () => {
  const page = readFileSync(join(ROOT, "docs/embedding.md"), "utf8");
  const [section = ""] = /^## 2\. In mux$.*?(?=^## )/ms.exec(page) ?? [];
  const blocks = [...section.matchAll(/^```\w+\n(.*?)^```/gms)].map(([, code = ""]) => code);
  const lines = blocks.flatMap((code) => code.split("\n").filter((line) => line.trim() !== ""));
  expect(blocks.length).toBeGreaterThan(3);
  expect(blocks.length).toBeLessThanOrEqual(6);
  expect(lines.length).toBeLessThanOrEqual(30);
  expect(inTarball("docs/embedding.md")).toBe(page);
});

test("contains every file and heading to which its pages link", () => {
  const files = new Set(readTarball(["-tzf", "-"], ROOT).trim().split(/\r?\n/));
  const slug = (heading: string) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-");
  const proseOf = (text: string) => text.replaceAll(/^```.*?^```|`[^`\n]*`/gms, "");
  const broken = PAGES.flatMap((page) =>
    [...proseOf(inTarball(page)).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)].flatMap(
      ([link, file = "", heading]) => {
        const target = file === "" ? page : posix.join(posix.dirname(page), file);
        if (!files.has(`package/${target}`)) return [`${page}: ${link}`];
        const headings = inTarball(target).matchAll(/^#+ (.+)$/gm);
        const slugs = [...headings].map(([, text = ""]) => slug(text));
        return heading === undefined || slugs.includes(heading) ? [] : [`${page}: ${link}`];
      },
    ),
  );
  expect(broken).toEqual([]);
});
