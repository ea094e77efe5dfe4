/** The CPU time of whole calls of the store: lock, read, edit, check, save, and the view they answer. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parse } from "jsonc-parser";

import type { Result } from "../../src/shared/result";
import { openProvidersStore, type ProvidersStore } from "../../src/main/config/store";
import { fixedMirror } from "../../src/main/mirror/mirror-setting";
import { ACCOUNT, sampleText } from "../faults/sample";
import type { Row } from "./table";

const ROUNDS = 5;
const SHAPE_BYTES = 9_500_000;

type Call = (store: ProvidersStore, round: number) => Promise<Result<unknown>>;

const ON: Call = async (store, round) =>
  store.enable("openai", { accountId: ACCOUNT, gatewayName: `g-${round}`, token: null });
const ON_WITH_TOKEN: Call = async (store) =>
  store.enable("openai", { accountId: ACCOUNT, gatewayName: "g", token: "not-a-real-token" });
const OFF: Call = async (store) => store.disable("openai");
const FORGET: Call = async (store) => store.forget("openai");

const BLOCK = `"accountId": "${ACCOUNT}", "gatewayName": "g"`;

/** Texts that made some operation slow once. */
const SHAPES: Readonly<Record<string, string>> = {
  "duplicate tokens": `{"openai":{"apiKey":"k","cloudflareGateway":{${BLOCK}${times((n) => `, "token": "${n % 10}"`)}}}}`,
  comments: `{\n  "openai": {\n    "apiKey": "k",\n${times(() => "    // a comment\n")}    "cloudflareGateway": { ${BLOCK} }\n  }\n}\n`,
  providers: `{\n${times((n) => `  "custom-${n}": { "providerType": "openai-compatible", "baseUrl": "https://llm-${n}.example.com/v1", "apiKey": "demo-key-${n}", "models": ["small-${n}", "large-${n}"] },\n`)}  "openai": { "apiKey": "k", "cloudflareGateway": { ${BLOCK} } }\n}\n`,
};

/** A change of files of the usual shape. */
export async function measureCalls(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [name, bytes, ratioLimit] of [
    ["10 kB", 10_000, null],
    ["10 MB", 10_000_000, 2.05],
  ] as const) {
    const [samples, peer] = await measure(sampleText(bytes), [ON]);
    const what = `${name}: the whole call, against mux's way: parse, stringify`;
    rows.push({ what, unit: "ms", samples, peer, limit: null, ...(ratioLimit && { ratioLimit }) });
  }
  return rows;
}

/** Every kind of change of files of 10 MB that are unlike others. */
export async function measureShapes(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [name, text] of Object.entries(SHAPES)) {
    const [samples, peer] = await measure(text, [ON, ON_WITH_TOKEN, OFF, ON, FORGET]);
    const what = `10 MB of ${name}: every kind of call, against mux's way: parse, stringify`;
    rows.push({ what, unit: "ms", samples, peer, limit: null, ratioLimit: 3 });
  }
  return rows;
}

/** CPU ms of each call, and of mux's way, in turn on the same text. */
async function measure(
  text: string,
  calls: readonly Call[],
): Promise<[readonly number[], NonNullable<Row["peer"]>]> {
  const directory = await mkdtemp(join(tmpdir(), "bench-call-"));
  const file = join(directory, "providers.jsonc");
  const log = { info: () => undefined, warn: () => undefined };
  const samples: number[] = [];
  const others: number[] = [];
  // The first round warms both up.
  for (let round = 0; round <= ROUNDS; round++) {
    await writeFile(file, text);
    const store = openProvidersStore({ file, env: {}, log, mirror: fixedMirror(true) });
    await store.read();
    for (const call of calls) {
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
  await rm(directory, { recursive: true });
  return [samples, { name: "mux's way", samples: others }];
}

async function cpuMs(work: () => void | Promise<void>): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function times(part: (n: number) => string): string {
  const parts: string[] = [];
  for (let size = 0; size < SHAPE_BYTES;) {
    const next = part(parts.length);
    parts.push(next);
    size += next.length;
  }
  return parts.join("");
}
