/** The texts of providers.jsonc that a soak starts from and goes back to; every key in them is a canary. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { DEMO_KEYS, DEMO_OWN_HOST, DEMO_TOKEN } from "../../demo/names";
import { ROOT } from "../../scripts/runtime";
import type { Chance } from "./chance";

/** With the sample's, enough that the panel offers its filter. */
const TEAMS = 10;

const SAMPLE = readFileSync(join(ROOT, "demo/sample-home/providers.jsonc"), "utf8");

/** Keys by the id of their provider. */
export const KEYS: ReadonlyMap<string, string> = new Map([
  ...Object.entries(DEMO_KEYS).map(([id, key]) => [id === "acme" ? "acme-llm" : id, key] as const),
  ...Array.from({ length: TEAMS }, (_, n) => [teamId(n), teamKey(n)] as const),
]);

/** What must never be seen outside of the file and of a request. */
export const SECRETS: readonly string[] = [...KEYS.values(), DEMO_TOKEN];

export function teamId(n: number): string {
  return `team-${n + 1}`;
}

function teamKey(n: number): string {
  return `acme-demo-soak-${n + 1}-6FhWq2ZtKc8`;
}

/** The text that every quiet moment goes back to: the demo's sample with some teams' providers more. */
export const HOME_TEXT = withTeams(SAMPLE);

/** The same providers as somebody else's editor would have left them. */
export function homeTextInAnotherHand(chance: Chance): string {
  const indented = chance.pick(["  ", "    ", "\t"]) ?? "  ";
  const eol = chance.is(0.3) ? "\r\n" : "\n";
  const bom = chance.is(0.2) ? "\uFEFF" : "";
  const lines = HOME_TEXT.split("\n").map((line) => {
    const [, spaces = "", rest = ""] = /^((?: {2})*)(.*)$/.exec(line) ?? [];
    return indented.repeat(spaces.length / 2) + rest;
  });
  return `${bom}${lines.join(eol)}`;
}

/** A custom provider at the indentation of the file's others. */
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
