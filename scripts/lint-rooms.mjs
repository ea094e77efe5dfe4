/** A linter rule: which folders of this repository may import which, including type imports. */
import path from "node:path";

/** For each room of `src/main`, the other rooms of `src/main` that it may import. */
const MAIN = {
  text: [],
  jsonc: [],
  disk: ["text"],
  mux: ["text", "disk"],
  mirror: ["text", "jsonc", "mux"],
  config: ["text", "jsonc", "disk", "mux", "mirror"],
  network: ["text"],
  models: ["text", "mux", "network"],
  proof: ["text", "disk", "mux", "network", "models"],
  cloudflare: ["text", "disk", "network"],
};
const MAIN_ROOMS = Object.keys(MAIN).map((room) => `src/main/${room}`);

/** Parts of the gateway that use the account. */
const GATEWAY_PARTS = ["src/main/account-changes.ts", "src/main/provider-requests.ts"];

/** From bottom to top: a room of the section may import the rooms before it. */
const SECTION = [
  "data",
  "words",
  "ui",
  "help",
  "cloudflare",
  "report",
  "form",
  "test",
  "gateway",
  "row",
  "list",
  "panel.tsx",
  "section.tsx",
].map((room) => `src/renderer/section/${room}`);

/** Scripts that find and build the app. Everything outside `src` may import them. */
const APP_SCRIPTS = ["scripts/runtime.ts", "scripts/build.ts"];
/** Used by every build of the page. */
const PAGE_BUILD = "scripts/guide.ts";
const DRIVING = [...APP_SCRIPTS, "demo", "checks/driving"];

/** Imports nothing from the repository, not even `src/shared`: it could be a separate repository. */
const SEPARATE = "tools/chromium-electron";

/**
 * Every room, and the rooms that its files may import besides their own and `src/shared`. A room is a
 * folder or a file. A file belongs to the most specific room that contains it.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const ROOMS = {
  "src/shared": [],
  ...Object.fromEntries(
    Object.entries(MAIN).map(([room, below]) => [
      `src/main/${room}`,
      below.map((name) => `src/main/${name}`),
    ]),
  ),
  "src/main/gateway-account.ts": MAIN_ROOMS,
  ...Object.fromEntries(
    GATEWAY_PARTS.map((part) => [part, [...MAIN_ROOMS, "src/main/gateway-account.ts"]]),
  ),
  "src/main/gateway.ts": [...MAIN_ROOMS, "src/main/gateway-account.ts", ...GATEWAY_PARTS],
  "src/main/ipc": ["src/main/text", "src/main/gateway.ts"],
  "src/main/app": [...MAIN_ROOMS, "src/main/gateway.ts", "src/main/ipc"],
  "src/main": [
    ...MAIN_ROOMS,
    ...GATEWAY_PARTS,
    "src/main/gateway.ts",
    "src/main/ipc",
    "src/main/app",
  ],
  "src/preload": [],
  "src/orpc": ["src/main/ipc", "src/main/gateway.ts"],
  "src/cli": ["src/main/text", "src/main/gateway.ts"],
  ...Object.fromEntries(SECTION.map((room, floor) => [room, SECTION.slice(0, floor)])),
  "src/renderer/shell": SECTION,
  "src/renderer": [...SECTION, "src/renderer/section", "src/renderer/shell"],
  "scripts/electron-binary.ts": [],
  "scripts/linux-sandbox.ts": [],
  "scripts/runtime.ts": ["scripts/electron-binary.ts", "scripts/linux-sandbox.ts"],
  "scripts/build.ts": ["scripts/runtime.ts"],
  demo: [],
  "checks/driving": APP_SCRIPTS,
  "checks/faults": ["src", ...DRIVING],
  "checks/soak": ["src", ...DRIVING, "checks/faults"],
  "checks/bench": ["src", ...DRIVING, "checks/faults"],
  "checks/gallery": ["src", ...DRIVING, PAGE_BUILD],
  e2e: ["src", ...DRIVING, "scripts"],
  scripts: ["src", ...DRIVING, "scripts/electron-binary.ts", "scripts/linux-sandbox.ts"],
  [SEPARATE]: [],
};

const TEST = /\.test\.tsx?$|\/testing\//;

/**
 * A sentence that explains why a file may not import another, or null if it may. Both paths are relative
 * to the repository, with slashes. The target may lack its extension.
 * @param {string} file
 * @param {string} target
 * @returns {string | null}
 */
export function importProblem(file, target) {
  const from = roomOf(file);
  const to = roomOf(target);
  if (from === null) return `${file} is not in a room of scripts/lint-rooms.mjs.`;
  const isTest = TEST.test(file);
  const isOfSource = file.startsWith("src/");
  if (isOfSource && !isTest && TEST.test(target)) return "Only tests import from testing/.";
  if (to === from || (to === "src/shared" && from !== SEPARATE)) return null;
  // A test may import everything on its side: main or the renderer.
  if (isTest && isOfSource && sideOf(file) === sideOf(target)) return null;
  if (isTest && !isOfSource) return null;
  if (ROOMS[from]?.some((room) => isIn(target, room))) return null;
  return `${from} may not import ${to ?? target}: see the rooms in scripts/lint-rooms.mjs.`;
}

/**
 * @param {string} file
 * @returns {string | null}
 */
function roomOf(file) {
  const rooms = Object.keys(ROOMS).filter((room) => isIn(file, room));
  return rooms.toSorted((a, b) => b.length - a.length)[0] ?? null;
}

/**
 * @param {string} file
 * @param {string} room
 */
function isIn(file, room) {
  return file === room || file === room.replace(/\.tsx?$/, "") || file.startsWith(`${room}/`);
}

/** @param {string} file */
function sideOf(file) {
  return file.split("/").slice(0, 2).join("/");
}

/**
 * @typedef {{ readonly source?: { readonly value?: unknown } | null }} Importing
 * @typedef {{ filename: string, cwd: string, report: (problem: { node: unknown, message: string }) => void }} Context
 */

const downwards = {
  /** @param {Context} context */
  create(context) {
    /** @param {string} file */
    const inRepository = (file) => path.relative(context.cwd, file).replaceAll("\\", "/");
    /** @param {Importing} node */
    const check = (node) => {
      const specifier = node.source?.value;
      if (typeof specifier !== "string" || !specifier.startsWith(".")) return;
      const target = path.resolve(path.dirname(context.filename), specifier);
      const message = importProblem(inRepository(context.filename), inRepository(target));
      if (message !== null) context.report({ node, message });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      TSImportType: check,
    };
  },
};

export default { meta: { name: "rooms" }, rules: { downwards } };
