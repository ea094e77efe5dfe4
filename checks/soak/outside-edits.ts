/** Edits by other programs: saves by editors and mux, a temporarily broken text, a deleted file. */
import { access, constants, readFile, rename, unlink, utimes, writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";

import { DEMO_CACHED_GATEWAY, DEMO_GATEWAY, DEMO_TEAM_GATEWAY } from "../../demo/names";
import { muxEdit, muxTextOf, type Json } from "../faults/mux-writer";
import type { Random } from "./random";
import { HOME_TEXT, reformattedHomeText, providerText, teamId } from "./home-text";
import type { FileHistory } from "./file-history";

export interface OutsideWorld {
  readonly file: string;
  readonly fileHistory: FileHistory;
  readonly random: Random;
  /** Aborted when the round ends; the edit then restores the file immediately. */
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
  { name: "reformatted by another editor", weight: 4, make: reformatted },
  { name: "broken and fixed", weight: 2, make: broken },
  { name: "deleted and restored", weight: 1.5, make: deleted },
  { name: "touched", weight: 1, make: touched },
];

/** Restores the initial text. */
export async function putHome(world: Pick<OutsideWorld, "file" | "fileHistory">): Promise<void> {
  await save(world, HOME_TEXT);
}

export async function textNow(file: string): Promise<string | null> {
  return readFile(file, "utf8").catch(() => null);
}

async function save(
  { file, fileHistory }: Pick<OutsideWorld, "file" | "fileHistory">,
  text: string,
  inPlace = false,
): Promise<void> {
  await fileHistory.write(text, { inPlace }, async () => {
    // A read-only file is replaced, as editors do.
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
  const after = (world.random.pick(HAND_EDITS) ?? commented)(text, world.random);
  if (after !== text) await save(world, after, inPlace);
}

type HandEdit = (text: string, random: Random) => string;

const HAND_EDITS: readonly HandEdit[] = [
  commented,
  weighed,
  withOneMore,
  withOneMore,
  withoutOne,
  withAnotherGateway,
];

function eolOf(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

function commented(text: string, random: Random): string {
  return `${text}// edited outside, ${random.below(1e6)}${eolOf(text)}`.slice(-200_000);
}

function weighed(text: string, random: Random): string {
  return text.replace(/("weight": )[\d.]+/, `$1${random.below(90) + 10}.50`);
}

function withOneMore(text: string, random: Random): string {
  const id = `extra-${random.below(20)}`;
  const start = /\{\r?\n/.exec(text);
  if (start === null || text.includes(`"${id}"`)) return text;
  const at = start.index + start[0].length;
  const more = providerText(id, `Extra ${id}`, `acme-demo-${id}`, eolOf(text));
  return text.slice(0, at) + more + text.slice(at);
}

/** Removes one provider that was added by hand and is unchanged. */
function withoutOne(text: string): string {
  return text.replace(/^[ \t]*\/\/ Extra extra-\d+ asks[^]*?^ {2}\},\r?\n/m, "");
}

function withAnotherGateway(text: string, random: Random): string {
  const name = random.pick([DEMO_GATEWAY, DEMO_TEAM_GATEWAY, DEMO_CACHED_GATEWAY]);
  return text.replace(/("gatewayName":\s*)"[^"]*"/, `$1"${name}"`);
}

async function byMux({ file, fileHistory, random }: OutsideWorld): Promise<void> {
  const id = teamId(random.below(10));
  if ((await textNow(file)) === null) return;
  await muxEdit(file, true, (data) => {
    const own = data[id];
    if (typeof own === "object" && own !== null) Reflect.set(own, "touched", random.below(1e6));
    else data[`extra-${random.below(20)}`] = muxProvider();
    void fileHistory.write(muxTextOf(data), { inPlace: false }, () => undefined);
  });
}

function muxProvider(): Json {
  return { providerType: "openai-compatible", baseUrl: "https://llm.acme.example/v1", apiKey: "k" };
}

async function reformatted(world: OutsideWorld): Promise<void> {
  await save(world, reformattedHomeText(world.random), world.random.is(0.3));
}

/** Saves an incomplete text in place, and the complete one a moment later. */
async function broken(world: OutsideWorld): Promise<void> {
  const text = await textNow(world.file);
  if (text === null) return;
  const cut = 40 + world.random.below(Math.max(1, text.length - 80));
  const half = `${text.slice(0, cut)}\n"half a thought": {`;
  await save(world, half, true);
  await pause(world, 200, 900);
  await save(world, text, world.random.is(0.5));
}

async function deleted(world: OutsideWorld): Promise<void> {
  const { file, fileHistory } = world;
  const text = await textNow(file);
  if (text === null) return;
  await fileHistory.write(null, { inPlace: false }, async () => unlink(file));
  await pause(world, 100, 900);
  await save(world, text);
}

async function touched({ file }: OutsideWorld): Promise<void> {
  const now = new Date();
  await utimes(file, now, now).catch(() => undefined);
}

async function pause({ random, signal }: OutsideWorld, least: number, most: number): Promise<void> {
  await wait(random.between(least, most), undefined, { signal }).catch(() => undefined);
}
