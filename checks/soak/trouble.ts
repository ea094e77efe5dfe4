/** The faults of a soak: networks, gateways and providers that misbehave, locks, and programs that die. */
import { chmod, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";

import type { Behaviour } from "../../demo/behaviour";
import type { GatewayBehaviour } from "../../demo/cloudflare-behaviour";
import type { Demo } from "../../demo/demo";
import { DEMO_ACCOUNT_ID, DEMO_GATEWAY, DEMO_TEAM_GATEWAY } from "../../demo/names";
import { muxLock, muxUnlock } from "../faults/mux-writer";
import type { Step } from "../faults/orders";
import { Program } from "../faults/program";
import type { Chance } from "./chance";
import { teamId } from "./home-text";

export interface TroubleMaker {
  readonly demo: Demo;
  readonly programs: string;
  readonly chance: Chance;
  readonly signal: AbortSignal;
  /** Told when from now on no request can succeed, and when that is over. */
  readonly allFail: (whether: boolean) => void;
  /** Whether that is so now, by whomever. */
  readonly doAllFail: () => boolean;
}

interface Fault {
  readonly name: string;
  readonly weight: number;
  readonly make: (maker: TroubleMaker) => Promise<void>;
}

export const FAULTS: readonly Fault[] = [
  { name: "some answers go wrong", weight: 8, make: someGoWrong },
  { name: "every answer goes wrong", weight: 4, make: allGoWrong },
  { name: "no network", weight: 2, make: noNetwork },
  { name: "a lock is held", weight: 2, make: heldLock },
  { name: "a holder of the lock is killed", weight: 2, make: killedHolder },
  { name: "a dead owner's lock", weight: 2, make: deadLock },
  { name: "the file is read-only", weight: 2, make: readOnly },
  { name: "a second program", weight: 3, make: async (maker) => secondProgram(maker, false) },
  {
    name: "a second program is killed",
    weight: 4,
    make: async (maker) => secondProgram(maker, true),
  },
];

/** A process id that no system gives. */
const DEAD = "4194303";

/** Everything as it should be: what the quiet begins with. */
export async function calm({ cloudflare, providers, network }: Demo): Promise<void> {
  cloudflare.calm();
  providers.calm();
  await network.up();
}

/** Answers with which no test may be called a success. */
const FAILING: readonly Behaviour[] = [
  { kind: "cut" },
  { kind: "cut", after: "headers" },
  { kind: "hang" },
  { kind: "hang", after: "headers" },
  { kind: "endless" },
  { kind: "answer", status: 500, body: "{}" },
  { kind: "answer", status: 429, body: '{"error":{"message":"slow down"}}' },
  { kind: "answer", status: 401, body: '{"error":"no"}' },
  { kind: "answer", status: 404, headers: { "content-type": "text/html" }, body: "<h1>no</h1>" },
  { kind: "answer", status: 502, body: "x".repeat(200_000) },
];

const GATEWAY_FAILING: readonly GatewayBehaviour[] = [
  ...FAILING,
  { kind: "edge", code: 1010 },
  { kind: "edge", code: 1101, html: true },
  { kind: "redirect", location: "https://example.com/" },
];

/** Answers that may turn out well, or not be answers at all. */
const ODD: readonly Behaviour[] = [
  { kind: "delay", milliseconds: 400 },
  { kind: "delay", milliseconds: 1500 },
  { kind: "answer", status: 200, body: "not what was asked for" },
  { kind: "answer", status: 200, headers: { "content-type": "text/event-stream" }, body: "" },
];

async function someGoWrong({ demo, chance, doAllFail }: TroubleMaker): Promise<void> {
  // One that is only late would be a success among them.
  if (doAllFail()) return;
  for (let n = 1 + chance.below(3); n > 0; n--) {
    const script = chance.is(0.5) ? demo.cloudflare : demo.providers;
    const behaviour = chance.pick([...FAILING, ...ODD, ...ODD]);
    if (behaviour) script.once(behaviour);
  }
  if (chance.is(0.3)) demo.cloudflare.once({ kind: "strip-headers" });
}

async function allGoWrong(maker: TroubleMaker): Promise<void> {
  const { demo, chance, allFail } = maker;
  const gateway = chance.pick(GATEWAY_FAILING);
  const provider = chance.pick(FAILING);
  if (!gateway || !provider) return;
  demo.cloudflare.calm();
  demo.providers.calm();
  demo.cloudflare.always(gateway);
  demo.providers.always(provider);
  allFail(true);
  await pause(maker, 1000, 3000);
  allFail(false);
  demo.cloudflare.calm();
  demo.providers.calm();
}

async function noNetwork(maker: TroubleMaker): Promise<void> {
  const { demo, allFail } = maker;
  await demo.network.down();
  allFail(true);
  await pause(maker, 300, 1500);
  allFail(false);
  await demo.network.up();
}

async function heldLock(maker: TroubleMaker): Promise<void> {
  const owner = await muxLock(maker.demo.file);
  await pause(maker, 500, 1200);
  muxUnlock(maker.demo.file, owner);
}

async function killedHolder({ demo, programs }: TroubleMaker): Promise<void> {
  const holder = new Program(programs, "mux-program");
  await holder.ready;
  await holder.order({ kind: "hold", file: demo.file });
  await holder.kill();
}

/** Renamed into place with its owner in it, or not at all where somebody has the lock. */
async function deadLock({ demo, chance }: TroubleMaker): Promise<void> {
  const hex = (digits: number) =>
    Array.from({ length: digits }, () => chance.below(16).toString(16)).join("");
  const stage = `${demo.file}.lock.stage-${hex(16)}`;
  await mkdir(stage);
  await writeFile(`${stage}/owner-${hex(32)}`, DEAD);
  await rename(stage, `${demo.file}.lock`).catch(async () => rm(stage, { recursive: true }));
}

async function readOnly(maker: TroubleMaker): Promise<void> {
  const { file } = maker.demo;
  await chmod(file, 0o444).catch(() => undefined);
  await pause(maker, 400, 1500);
  await chmod(file, 0o600).catch(() => undefined);
}

async function secondProgram(maker: TroubleMaker, killed: boolean): Promise<void> {
  const { demo, programs, chance } = maker;
  const program = new Program(programs, "store-program");
  await program.ready;
  const provider = teamId(chance.below(10));
  const gatewayName = chance.pick([DEMO_GATEWAY, DEMO_TEAM_GATEWAY]) ?? DEMO_GATEWAY;
  const segment = "custom-acme";
  const steps: readonly Step[] = [
    { kind: "enable", provider, accountId: DEMO_ACCOUNT_ID, gatewayName, segment },
    { kind: "disable", provider },
    { kind: "undo" },
  ];
  const order = { kind: "steps", file: demo.file, steps };
  if (killed) {
    program.send(order);
    await wait(chance.between(0, 40));
    await program.kill();
  } else {
    await program.order(order);
    await program.end();
  }
}

async function pause({ chance, signal }: TroubleMaker, least: number, most: number): Promise<void> {
  await wait(chance.between(least, most), undefined, { signal }).catch(() => undefined);
}
