/** The soak's initial providers.jsonc, restored after each round; every key in it is a canary. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { DEMO_KEYS, DEMO_OWN_HOST, DEMO_TOKEN } from "../../demo/names";
import { ROOT } from "../../scripts/runtime";
import type { Random } from "./random";

/** With the sample's providers, enough for the panel to show its filter. */
const TEAMS = 10;

const SAMPLE = readFileSync(join(ROOT, "demo/sample-home/providers.jsonc"), "utf8");

/** Keys by provider id. */
export const KEYS: ReadonlyMap<string, string> = new Map([
  ...Object.entries(DEMO_KEYS).map(([id, key]) => [id === "acme" ? "acme-llm" : id, key] as const),
  ...Array.from({ length: TEAMS }, (_, n) => [teamId(n), teamKey(n)] as const),
]);

/** Secrets that must appear only in the file and in requests. */
export const SECRETS: readonly string[] = [...KEYS.values(), DEMO_TOKEN];

export function teamId(n: number): string {
  return `team-${n + 1}`;
}

function teamKey(n: number): string {
  return `acme-demo-soak-${n + 1}-6FhWq2ZtKc8`;
}

/** The text restored after each round: the demo's sample with additional providers. */
export const HOME_TEXT = withTeams(SAMPLE);

/** The same providers as another editor would format them. */
export function reformattedHomeText(random: Random): string {
  const indented = random.pick(["  ", "    ", "\t"]) ?? "  ";
  const eol = random.is(0.3) ? "\r\n" : "\n";
  const bom = random.is(0.2) ? "\uFEFF" : "";
  const lines = HOME_TEXT.split("\n").map((line) => {
    const [, spaces = "", rest = ""] = /^((?: {2})*)(.*)$/.exec(line) ?? [];
    return indented.repeat(spaces.length / 2) + rest;
  });
  return `${bom}${lines.join(eol)}`;
}

/** A custom provider with the file's indentation. */
export function providerText(id: string, name: string, key: string, eol = "\n"): string {
  return [
    `  // ${name} asks billing first`,
    `  ${JSON.stringify(id)}: {`,
    `    "providerType": "openai-compatible",`,
    `    "displayName": ${JSON.stringify(name)},`,
    `    "baseUrl": "https://${DEMO_OWN_HOST}/v1",`,
    `    "apiKey": ${JSON.stringify(key)}, /* its own */`,
    `    "headers": { "x-team": ${JSON.stringify(id)} },`,
    `    "models": ["acme-large"], "weight": 1.0`,
    `  },`,
    "",
  ].join(eol);
}

function withTeams(text: string): string {
  const end = text.lastIndexOf("}");
  const teams = Array.from({ length: TEAMS }, (_, n) =>
    providerText(teamId(n), `Team ${n + 1}`, teamKey(n)),
  );
  return `${text.slice(0, end)}\n${teams.join("\n")}${text.slice(end)}`;
}
