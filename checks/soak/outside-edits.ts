/** What others do to the file: an editor's saves, mux's, a text that is broken for a moment, a file that is gone. */
import { access, constants, readFile, rename, unlink, utimes, writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";

import { DEMO_CACHED_GATEWAY, DEMO_GATEWAY, DEMO_TEAM_GATEWAY } from "../../demo/names";
import { muxEdit, muxTextOf, type Json } from "../faults/mux-writer";
import type { Chance } from "./chance";
import { HOME_TEXT, homeTextInAnotherHand, providerText, teamId } from "./home-text";
import type { Ledger } from "./ledger";

export interface OutsideWorld {
  readonly file: string;
  readonly ledger: Ledger;
  readonly chance: Chance;
  /** Aborted when the quiet begins: what was broken is mended at once. */
  readonly signal: AbortSignal;
}

interface Edit {
  readonly name: string;
  readonly weight: number;
  readonly make: (world: OutsideWorld) => Promise<void>;
}

export const OUTSIDE_EDITS: readonly Edit[] = [
  { name: "hand edit, renamed into place", weight: 6, make: async (world) => byHand(world, false) },
  { name: "hand edit in place", weight: 4, make: async (world) => byHand(world, true) },
  { name: "mux saves", weight: 4, make: byMux },
  { name: "another hand's text", weight: 4, make: anotherHand },
  { name: "broken and mended", weight: 2, make: broken },
  { name: "deleted and put back", weight: 1.5, make: deleted },
  { name: "touched", weight: 1, make: touched },
];

/** Back to the text of every quiet moment. */
export async function putHome(world: Pick<OutsideWorld, "file" | "ledger">): Promise<void> {
  await save(world, HOME_TEXT);
}

export async function textNow(file: string): Promise<string | null> {
  return readFile(file, "utf8").catch(() => null);
}

async function save(
  { file, ledger }: Pick<OutsideWorld, "file" | "ledger">,
  text: string,
  inPlace = false,
): Promise<void> {
  await ledger.write(text, { inPlace }, async () => {
    // One that is read-only for the moment is replaced, as editors do.
    if (inPlace && (await isWritable(file))) return writeFile(file, text);
    const temporary = `${file}~`;
    await writeFile(temporary, text, { mode: 0o600 });
    await rename(temporary, file);
  });
}

async function isWritable(file: string): Promise<boolean> {
  return access(file, constants.W_OK).then(
    () => true,
    () => false,
  );
}

async function byHand(world: OutsideWorld, inPlace: boolean): Promise<void> {
  const text = await textNow(world.file);
  if (text === null) return;
  const after = (world.chance.pick(HAND_EDITS) ?? commented)(text, world.chance);
  if (after !== text) await save(world, after, inPlace);
}

type HandEdit = (text: string, chance: Chance) => string;

const HAND_EDITS: readonly HandEdit[] = [
  commented,
  weighed,
  withOneMore,
  withOneMore,
  withoutThose,
  throughAnother,
];

function eolOf(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

function commented(text: string, chance: Chance): string {
  return `${text}// seen by somebody, ${chance.below(1e6)}${eolOf(text)}`.slice(-200_000);
}

function weighed(text: string, chance: Chance): string {
  return text.replace(/("weight": )[\d.]+/, `$1${chance.below(90) + 10}.50`);
}

function withOneMore(text: string, chance: Chance): string {
  const id = `extra-${chance.below(20)}`;
  const start = /\{\r?\n/.exec(text);
  if (start === null || text.includes(`"${id}"`)) return text;
  const at = start.index + start[0].length;
  const more = providerText(id, `Extra ${id}`, `acme-demo-${id}`, eolOf(text));
  return text.slice(0, at) + more + text.slice(at);
}

/** The providers that were added by hand, as long as they are as they were then. */
function withoutThose(text: string): string {
  return text.replace(/^[ \t]*\/\/ Extra extra-\d+ asks[^]*?^ {2}\},\r?\n/m, "");
}

function throughAnother(text: string, chance: Chance): string {
  const name = chance.pick([DEMO_GATEWAY, DEMO_TEAM_GATEWAY, DEMO_CACHED_GATEWAY]);
  return text.replace(/("gatewayName":\s*)"[^"]*"/, `$1"${name}"`);
}

async function byMux({ file, ledger, chance }: OutsideWorld): Promise<void> {
  const id = teamId(chance.below(10));
  if ((await textNow(file)) === null) return;
  await muxEdit(file, true, (data) => {
    const own = data[id];
    if (typeof own === "object" && own !== null) Reflect.set(own, "touched", chance.below(1e6));
    else data[`extra-${chance.below(20)}`] = muxProvider();
    void ledger.write(muxTextOf(data), { inPlace: false }, () => undefined);
  });
}

function muxProvider(): Json {
  return { providerType: "openai-compatible", baseUrl: "https://llm.acme.example/v1", apiKey: "k" };
}

async function anotherHand(world: OutsideWorld): Promise<void> {
  await save(world, homeTextInAnotherHand(world.chance), world.chance.is(0.3));
}

/** An editor that saves half a thought, in place, and the rest a moment later. */
async function broken(world: OutsideWorld): Promise<void> {
  const text = await textNow(world.file);
  if (text === null) return;
  const cut = 40 + world.chance.below(Math.max(1, text.length - 80));
  const half = `${text.slice(0, cut)}\n"half a thought": {`;
  await save(world, half, true);
  await pause(world, 200, 900);
  await save(world, text, world.chance.is(0.5));
}

async function deleted(world: OutsideWorld): Promise<void> {
  const { file, ledger } = world;
  const text = await textNow(file);
  if (text === null) return;
  await ledger.write(null, { inPlace: false }, async () => unlink(file));
  await pause(world, 100, 900);
  await save(world, text);
}

async function touched({ file }: OutsideWorld): Promise<void> {
  const now = new Date();
  await utimes(file, now, now).catch(() => undefined);
}

async function pause({ chance, signal }: OutsideWorld, least: number, most: number): Promise<void> {
  await wait(chance.between(least, most), undefined, { signal }).catch(() => undefined);
}
