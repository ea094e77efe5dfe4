/** The faults of a soak: failing networks, gateways and providers, held locks, killed programs. */
import { chmod, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";

import type { Behaviour } from "../../demo/behaviour";
import type { GatewayBehaviour } from "../../demo/cloudflare-behaviour";
import type { Demo } from "../../demo/demo";
import { DEMO_FIELDS, DEMO_GATEWAY, DEMO_TEAM_GATEWAY } from "../../demo/names";
import { muxLock, muxUnlock } from "../faults/mux-writer";
import type { Step } from "../faults/orders";
import { Program } from "../faults/program";
import type { Random } from "./random";
import { teamId } from "./home-text";

export interface FaultContext {
  readonly demo: Demo;
  readonly programs: string;
  readonly random: Random;
  readonly signal: AbortSignal;
  /** Called at the start and end of an outage, in which no request can succeed. */
  readonly setOutage: (whether: boolean) => void;
  /** Whether any actor has started an outage. */
  readonly isOutage: () => boolean;
}

interface Fault {
  readonly name: string;
  readonly weight: number;
  readonly make: (context: FaultContext) => Promise<void>;
}

export const FAULTS: readonly Fault[] = [
  { name: "some responses fail", weight: 8, make: someFail },
  { name: "every response fails", weight: 4, make: allFail },
  { name: "no network", weight: 2, make: noNetwork },
  { name: "a lock is held", weight: 2, make: heldLock },
  { name: "a holder of the lock is killed", weight: 2, make: killedHolder },
  { name: "a dead owner's lock", weight: 2, make: deadLock },
  { name: "the file is read-only", weight: 2, make: readOnly },
  { name: "a second program", weight: 3, make: async (context) => secondProgram(context, false) },
  {
    name: "a second program is killed",
    weight: 4,
    make: async (context) => secondProgram(context, true),
  },
];

/** A process id beyond the system's limit. */
const DEAD = "4194303";

/** Ends all faults. */
export async function restoreDemo({ cloudflare, providers, network }: Demo): Promise<void> {
  cloudflare.calm();
  providers.calm();
  await network.up();
}

/** Responses that must never count as a success. */
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

/** Responses that may succeed, and invalid ones. */
const ODD: readonly Behaviour[] = [
  { kind: "delay", milliseconds: 400 },
  { kind: "delay", milliseconds: 1500 },
  { kind: "answer", status: 200, body: "not what was asked for" },
  { kind: "answer", status: 200, headers: { "content-type": "text/event-stream" }, body: "" },
];

async function someFail({ demo, random, isOutage }: FaultContext): Promise<void> {
  // A delayed response would succeed during the outage.
  if (isOutage()) return;
  for (let n = 1 + random.below(3); n > 0; n--) {
    const script = random.is(0.5) ? demo.cloudflare : demo.providers;
    const behaviour = random.pick([...FAILING, ...ODD, ...ODD]);
    if (behaviour) script.once(behaviour);
  }
  if (random.is(0.3)) demo.cloudflare.once({ kind: "strip-headers" });
}

async function allFail(context: FaultContext): Promise<void> {
  const { demo, random, setOutage } = context;
  const gateway = random.pick(GATEWAY_FAILING);
  const provider = random.pick(FAILING);
  if (!gateway || !provider) return;
  demo.cloudflare.calm();
  demo.providers.calm();
  demo.cloudflare.always(gateway);
  demo.providers.always(provider);
  setOutage(true);
  await pause(context, 1000, 3000);
  setOutage(false);
  demo.cloudflare.calm();
  demo.providers.calm();
}

async function noNetwork(context: FaultContext): Promise<void> {
  const { demo, setOutage } = context;
  await demo.network.down();
  setOutage(true);
  await pause(context, 300, 1500);
  setOutage(false);
  await demo.network.up();
}

async function heldLock(context: FaultContext): Promise<void> {
  const owner = await muxLock(context.demo.file);
  await pause(context, 500, 1200);
  muxUnlock(context.demo.file, owner);
}

async function killedHolder({ demo, programs }: FaultContext): Promise<void> {
  const holder = new Program(programs, "mux-program");
  await holder.ready;
  await holder.order({ kind: "hold", file: demo.file });
  await holder.kill();
}

/** Renames a lock with a dead owner into place, unless the lock is held. */
async function deadLock({ demo, random }: FaultContext): Promise<void> {
  const hex = (digits: number) =>
    Array.from({ length: digits }, () => random.below(16).toString(16)).join("");
  const stage = `${demo.file}.lock.stage-${hex(16)}`;
  await mkdir(stage);
  await writeFile(`${stage}/owner-${hex(32)}`, DEAD);
  await rename(stage, `${demo.file}.lock`).catch(async () =>
    rm(stage, { recursive: true, maxRetries: 10 }),
  );
}

async function readOnly(context: FaultContext): Promise<void> {
  const { file } = context.demo;
  await chmod(file, 0o444).catch(() => undefined);
  await pause(context, 400, 1500);
  await chmod(file, 0o600).catch(() => undefined);
}

async function secondProgram(context: FaultContext, killed: boolean): Promise<void> {
  const { demo, programs, random } = context;
  const program = new Program(programs, "store-program");
  await program.ready;
  const provider = teamId(random.below(10));
  const gatewayName = random.pick([DEMO_GATEWAY, DEMO_TEAM_GATEWAY]) ?? DEMO_GATEWAY;
  const segment = "custom-acme";
  const steps: readonly Step[] = [
    { kind: "enable", provider, ...DEMO_FIELDS, gatewayName, segment },
    { kind: "disable", provider },
    { kind: "undo" },
  ];
  const order = { kind: "steps", file: demo.file, steps };
  if (killed) {
    program.send(order);
    await wait(random.between(0, 40));
    await program.kill();
  } else {
    await program.order(order);
    await program.end();
  }
}

async function pause({ random, signal }: FaultContext, least: number, most: number): Promise<void> {
  await wait(random.between(least, most), undefined, { signal }).catch(() => undefined);
}
