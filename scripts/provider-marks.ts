/** Makes the module with the providers' marks: one path each, out of an icon package. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { format } from "prettier";
import svgpath from "svgpath";

import { ROOT } from "./runtime";

const ICONS = join(ROOT, "node_modules/@lobehub/icons-static-svg/icons");
/** On a grid of 24, drawn at 16 pixels: finer than anybody sees. */
const DECIMALS = 1;

/** Provider ids as mux has them, segments as Cloudflare has them, and the icon of each. */
const ICON_OF: Readonly<Record<string, string>> = {
  anthropic: "anthropic",
  openai: "openai",
  google: "gemini",
  xai: "xai",
  grok: "xai",
  deepseek: "deepseek",
  moonshotai: "moonshot",
  openrouter: "openrouter",
  "github-copilot": "githubcopilot",
  bedrock: "bedrock",
  ollama: "ollama",
  mistral: "mistral",
  groq: "groq",
  "perplexity-ai": "perplexity",
  cerebras: "cerebras",
  fireworks: "fireworks",
  "google-ai-studio": "gemini",
  cohere: "cohere",
  baseten: "baseten",
  "workers-ai": "workersai",
};

/** The file that the marks are written to, from the root. */
export const MARKS_FILE = "src/renderer/section/ui/provider-marks.ts";

/** The text of `MARKS_FILE`; throws when the package has lost an icon. */
export async function providerMarksModule(): Promise<string> {
  const entries = Object.entries(ICON_OF).map(([name, icon]) => [name, pathOf(icon)]);
  const text = `/**
 * Marks of providers: paths on a grid of 24, to be filled even-odd. Written by \`npm run docs\` from
 * @lobehub/icons-static-svg (MIT, LobeHub); the marks are their owners' trademarks.
 */
export const PROVIDER_MARKS: ReadonlyMap<string, string> = new Map(Object.entries(
${JSON.stringify(Object.fromEntries(entries))}));
`;
  return format(text, { parser: "typescript", printWidth: 100 });
}

function pathOf(icon: string): string {
  const svg = readFileSync(join(ICONS, `${icon}.svg`), "utf8");
  if (!svg.includes('viewBox="0 0 24 24"')) throw new Error(`${icon} is not on a grid of 24.`);
  const paths = [...svg.matchAll(/ d="([^"]+)"/g)].map(([, path = ""]) => path);
  if (paths.length === 0) throw new Error(`${icon} has no path.`);
  return paths.map((path) => svgpath(path).round(DECIMALS).toString()).join("");
}
