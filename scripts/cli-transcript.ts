/** `npm run docs:cli`: runs the command line against the demo, and writes the transcript into README.md. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startDemo } from "../demo/demo";
import { DEMO_ACCOUNT_ID, DEMO_GATEWAY, DEMO_KEYS, DEMO_TOKEN } from "../demo/names";
import { ROOT } from "./runtime";

export const TRANSCRIPT_TEXT = JSON.stringify({
  anthropic: { apiKey: DEMO_KEYS.anthropic },
  openai: { apiKey: DEMO_KEYS.openai },
  deepseek: { apiKey: DEMO_KEYS.deepseek },
});

const README = join(ROOT, "README.md");
const BLOCK = /(?<=<!-- written by npm run docs:cli -->\n\n```console\n)[^`]*(?=```)/;

const COMMANDS: readonly (readonly string[])[] = [
  ["on", "--all", "--account", DEMO_ACCOUNT_ID, "--gateway", DEMO_GATEWAY],
  ["test", "--all"],
  ["off", "deepseek"],
  ["gateways"],
];

/** Runs the commands one after another with `program`, in `env`. */
export async function transcriptOf(program: string, env: NodeJS.ProcessEnv): Promise<string> {
  const parts: string[] = [];
  for (const args of COMMANDS) {
    const child = spawn(process.execPath, [program, ...args], {
      env: { ...env, CLOUDFLARE_AI_GATEWAY_TOKEN: DEMO_TOKEN },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => (output += String(chunk)));
    }
    await once(child, "close");
    const code = child.exitCode === 0 ? "" : `(exit code ${child.exitCode})\n`;
    parts.push(`$ mux-cloudflare-gateway ${args.join(" ")}\n${sorted(output)}${code}`);
  }
  return parts.join("\n");
}

/** The transcript in README.md. */
export function readmeTranscript(): string {
  return BLOCK.exec(readFileSync(README, "utf8"))?.[0] ?? "";
}

/** Without what differs in each run: times and log IDs. */
export function withoutTimes(transcript: string): string {
  return transcript
    .replaceAll(/\d+ ms/g, "… ms")
    .replaceAll(/cf-aig-log-id: \S+/g, "cf-aig-log-id: …");
}

/** Results are printed as they arrive, so their order differs in each run. */
function sorted(output: string): string {
  const isResult = /^[✓!✗] /u;
  const blocks = output.split(/^(?=\S)/m);
  const results = blocks.filter((block) => isResult.test(block)).toSorted();
  return [...results, ...blocks.filter((block) => !isResult.test(block))].join("");
}

async function main(): Promise<void> {
  const demo = await startDemo({ providersText: TRANSCRIPT_TEXT });
  const userHome = mkdtempSync(join(tmpdir(), "mux-transcript-"));
  try {
    const env = {
      PATH: process.env["PATH"],
      HOME: userHome,
      XDG_CONFIG_HOME: userHome,
      ...demo.env,
    };
    const transcript = await transcriptOf(join(ROOT, "dist/cli.cjs"), env);
    writeFileSync(
      README,
      readFileSync(README, "utf8").replace(BLOCK, () => transcript),
    );
  } finally {
    await demo.close();
    rmSync(userHome, { recursive: true, force: true, maxRetries: 10 });
  }
}

if (require.main === module) void main();
