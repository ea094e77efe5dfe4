/** Runs the checks against an Electron, and writes a table: `node run.mjs [--out file] <electron> [arguments]`. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { CHECKS } from "./checks.mjs";

/** @typedef {import("./checks.mjs").Check} Check */
/** @typedef {Check & { group: string, got: unknown, isAnswered: boolean, isAsDocumented: boolean }} Result */

/** Enough for a busy computer. A group that takes longer has not answered. */
const LIMIT_MS = 90_000;
/** How long an error box must wait to count as modal. */
const MODAL_MS = 2_000;

const GROUPS = path.join(import.meta.dirname, "groups");

/**
 * @param {string} executable
 * @param {readonly string[]} args
 * @param {{ limitMs?: number, env?: NodeJS.ProcessEnv, onLine?: (line: string, end: () => void) => void }} [options]
 */
async function run(executable, args, { limitMs = LIMIT_MS, env = process.env, onLine } = {}) {
  const child = spawn(executable, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const timer = setTimeout(() => child.kill("SIGKILL"), limitMs);
  let stdout = "";
  let rest = "";
  child.stdout.setEncoding("utf8").on("data", (chunk) => {
    stdout += chunk;
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine?.(line, () => child.kill("SIGKILL"));
  });
  child.stderr.resume();
  const [code] = await once(child, "close");
  clearTimeout(timer);
  return { code, stdout };
}

/** @param {string} stdout */
function answersIn(stdout) {
  /** @type {Map<string, unknown>} */
  const answers = new Map();
  for (const [, text = ""] of stdout.matchAll(/^CONFORMANCE (.*)$/gm)) {
    const [id, got] = JSON.parse(text);
    answers.set(id, got);
  }
  return answers;
}

/**
 * @param {string} executable
 * @param {readonly string[]} args before the app
 * @returns {Promise<Result[]>}
 */
export async function observe(executable, args) {
  const profiles = fs.mkdtempSync(path.join(os.tmpdir(), "conformance-"));
  /** @type {Map<string, unknown>} */
  const answers = new Map();
  /** @type {string[]} */
  const foreign = [];
  /**
   * @param {string} group
   * @param {{ before?: readonly string[], after?: readonly string[], onLine?: (line: string, end: () => void) => void }} [options]
   */
  async function runGroup(group, options = {}) {
    const { before = [], after = [], ...rest } = options;
    const script = path.join(GROUPS, `${group}.cjs`);
    const all = [
      ...args,
      `--user-data-dir=${path.join(profiles, group)}`,
      ...before,
      script,
      ...after,
    ];
    const { code, stdout } = await run(executable, all, rest);
    for (const [id, got] of answersIn(stdout)) answers.set(id, got);
    foreign.push(...stdout.split("\n").filter((line) => !/^(?:CONFORMANCE .*)?\r?$/.test(line)));
    return code;
  }
  try {
    const code = await runGroup("start", {
      before: ["--conformance-switch=given", "-r", path.join(GROUPS, "preloaded.cjs")],
      after: ["last"],
    });
    if (code !== 7 && answers.has("exit-code")) answers.set("exit-code", `exit code ${code}`);
    for (const group of ["menu", "window", "page", "quit"]) await runGroup(group);

    /** @type {Promise<unknown> | undefined} */
    let second;
    await runGroup("instance", {
      onLine: (line) => {
        if (!line.includes('"first-lock"')) return;
        second = runGroup("instance", { after: ["--conformance-second"] });
      },
    });
    await second;

    await runGroup("error-box", {
      onLine: (_line, end) => void setTimeout(end, MODAL_MS),
    });
    const asNode = await run(executable, ["-p", "1 + 2"], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
      limitMs: 15_000,
    });
    answers.set("run-as-node", asNode.stdout.trim());
    answers.set("stderr", foreign.length === 0 || foreign);
  } finally {
    fs.rmSync(profiles, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
  return Object.entries(CHECKS).flatMap(([group, checks]) =>
    checks.map((check) => {
      const isAnswered = answers.has(check.id);
      const got = answers.get(check.id);
      const isAsDocumented = isAnswered && JSON.stringify(got) === JSON.stringify(check.expected);
      return { ...check, group, got, isAnswered, isAsDocumented };
    }),
  );
}

/** @param {readonly Result[]} results */
export function tableOf(results) {
  const passed = results.filter(({ isAsDocumented }) => isAsDocumented).length;
  const lines = results.map(({ id, says, source, got, expected, isAnswered, isAsDocumented }) => {
    const seen = isAnswered ? JSON.stringify(got) : "no answer";
    const result = isAsDocumented
      ? "as documented"
      : `**differs**: ${seen} instead of ${JSON.stringify(expected)}`;
    return `| \`${id}\` | ${cell(says)} | ${cell(source)} | ${cell(result)} |`;
  });
  return [
    "## Electron's behaviour",
    "",
    `${passed} of ${results.length} checks are as documented.`,
    "",
    "| check | Electron | source | result |",
    "| ----- | -------- | ------ | ------ |",
    ...lines,
    "",
  ].join("\n");
}

/** @param {string} text */
function cell(text) {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

async function main() {
  const args = process.argv.slice(2);
  const out = args[0] === "--out" ? args.splice(0, 2)[1] : undefined;
  const [executable, ...before] = args;
  if (executable === undefined) {
    process.stderr.write("Usage: node run.mjs [--out file] <electron> [arguments]\n");
    process.exit(2);
  }
  const results = await observe(executable, before);
  const table = tableOf(results);
  process.stdout.write(table);
  if (out !== undefined) {
    fs.mkdirSync(path.dirname(path.resolve(out)), { recursive: true });
    fs.writeFileSync(out, table);
  }
  process.exit(results.every(({ isAsDocumented }) => isAsDocumented) ? 0 : 1);
}

if (process.argv[1] === import.meta.filename) void main();
