/** The CPU time of whole calls of the store: lock, read, edit, check, save, and the view they answer. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parse } from "jsonc-parser";

import { success, type Result } from "../../src/shared/result";
import { openProvidersStore, type ProvidersStore } from "../../src/main/config/store";
import { fixedMirror, type MirrorSetting } from "../../src/main/mirror/mirror-setting";
import { ACCOUNT, sampleText } from "../faults/sample";
import { ratioOf, type Row } from "./table";

const ROUNDS = 3;
const SHAPE_BYTES = 9_500_000;
/** Below the limit of 10 MB, including the compatibility fields that are added. */
const ROUTED_BYTES = 5_000_000;

type Call = (store: ProvidersStore, round: number) => Promise<Result<unknown>>;

const ON: Call = async (store, round) =>
  store.enable("openai", { accountId: ACCOUNT, gatewayName: `g-${round}` });

/** Every kind of change of one provider, one after the other on the same file. */
const KINDS: Readonly<Record<string, Call>> = {
  "add a token": async (store) =>
    store.enable("openai", { accountId: ACCOUNT, gatewayName: "g", token: "not-a-real-token" }),
  "switch off": async (store) => store.disable("openai"),
  "switch on": ON,
  "remove the token": async (store, round) =>
    store.enable("openai", { accountId: ACCOUNT, gatewayName: `g-${round}`, token: null }),
  forget: async (store) => store.forget("openai"),
};

const BLOCK = `"accountId": "${ACCOUNT}", "gatewayName": "g"`;

/** Texts that once made an operation slow. */
const SHAPES = {
  "duplicate tokens": () =>
    `{"openai":{"apiKey":"k","cloudflareGateway":{${BLOCK}${times(SHAPE_BYTES, (n) => `, "token": "${n % 10}"`)}}}}`,
  comments: () =>
    `{\n  "openai": {\n    "apiKey": "k",\n${times(SHAPE_BYTES, () => "    // a comment\n")}    "cloudflareGateway": { ${BLOCK} }\n  }\n}\n`,
  providers: () =>
    `{\n${times(SHAPE_BYTES, (n) => `  "custom-${n}": { "providerType": "openai-compatible", "baseUrl": "https://llm-${n}.example.com/v1", "apiKey": "demo-key-${n}", "models": ["small-${n}", "large-${n}"] },\n`)}  "openai": { "apiKey": "k", "cloudflareGateway": { ${BLOCK} } }\n}\n`,
} as const;

const ROUTED = () =>
  `{\n${times(ROUTED_BYTES, (n) => `  "custom-${n}": { "providerType": "openai-compatible", "baseUrl": "https://llm-${n}.example.com/v1", "apiKey": "k", "cloudflareGateway": { ${BLOCK}, "segment": "custom-${n}" } },\n`)}  "openai": { "apiKey": "k" }\n}\n`;

/** A change of files of the usual shape. */
export async function measureCalls(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [size, bytes, ratioLimit] of [
    ["10 kB", 10_000, undefined],
    ["10 MB", 10_000_000, 2.05],
  ] as const) {
    const what = `${size}: the whole call, against mux's way: parse, stringify`;
    rows.push(...(await measure(sampleText(bytes), { [what]: ON }, fixedMirror(true), ratioLimit)));
  }
  return rows;
}

/** The slowest kind of change of an unusual file of 10 MB. */
export async function measureShape(name: keyof typeof SHAPES): Promise<readonly Row[]> {
  const kinds = await measure(SHAPES[name](), KINDS, fixedMirror(true), 3);
  const [slowest] = kinds.toSorted((a, b) => (ratioOf(b) ?? 0) - (ratioOf(a) ?? 0));
  return slowest
    ? [{ ...slowest, what: `10 MB of ${name}: ${slowest.what}, the slowest change` }]
    : [];
}

/** The compatibility fields of every provider in one write. */
export async function measureMirror(): Promise<readonly Row[]> {
  const all = "5 MB of routed providers: the compatibility fields of all";
  const calls: Readonly<Record<string, Call>> = { [all]: async (store) => store.setMirror(true) };
  return measure(ROUTED(), calls, changeableMirror(), 3);
}

/** The CPU ms of each call and of mux's way, which take turns. */
async function measure(
  text: string,
  calls: Readonly<Record<string, Call>>,
  mirror: MirrorSetting,
  ratioLimit: number | undefined,
): Promise<readonly Row[]> {
  const directory = await mkdtemp(join(tmpdir(), "bench-call-"));
  const file = join(directory, "providers.jsonc");
  const log = { info: () => undefined, warn: () => undefined };
  const all = Object.entries(calls).map(([what, call]) => {
    return { what, call, samples: new Array<number>(), others: new Array<number>() };
  });
  // The first round warms both up.
  for (let round = 0; round <= ROUNDS; round++) {
    await writeFile(file, text);
    const store = openProvidersStore({ file, env: {}, log, mirror });
    await store.read();
    for (const { call, samples, others } of all) {
      const ms = await cpuMs(async () => {
        const done = await call(store, round);
        if (!done.success) throw new Error(done.error.message);
      });
      const other = await cpuMs(() => {
        JSON.stringify(parse(text, [], { allowTrailingComma: true }), null, 2);
      });
      if (round > 0) {
        samples.push(ms);
        others.push(other);
      }
    }
    await store.close();
  }
  await rm(directory, { recursive: true, maxRetries: 10 });
  const rows: Row[] = [];
  for (const { what, samples, others } of all) {
    const peer = { name: "mux's way", samples: others };
    rows.push({ what, unit: "ms", samples, peer, limit: null, ...(ratioLimit && { ratioLimit }) });
  }
  return rows;
}

/** Does not remember a change, so that the mirror is off at the start of each round. */
function changeableMirror(): MirrorSetting {
  return { ...fixedMirror(false), canChange: true, change: async () => success(null) };
}

async function cpuMs(work: () => void | Promise<void>): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function times(bytes: number, part: (n: number) => string): string {
  const parts: string[] = [];
  for (let size = 0; size < bytes;) {
    const next = part(parts.length);
    parts.push(next);
    size += next.length;
  }
  return parts.join("");
}
