/** One process of the test benchmark: a cold start, then warm runs, each against a bare fetch of the same request. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { openCloudflareGateway } from "../src/main/gateway";

const WARM_RUNS = 40;
const MODELS = 2_000;

const ANSWER = [
  { choices: [{ index: 0, delta: { role: "assistant", content: "OK" }, finish_reason: null }] },
  { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] },
]
  .map(
    (part) =>
      `data: ${JSON.stringify({ id: "1", object: "chat.completion.chunk", created: 1, model: "m", ...part })}\n\n`,
  )
  .join("")
  .concat("data: [DONE]\n\n");

export interface TestFigures {
  /** Milliseconds. */
  readonly firstTest: number;
  readonly tests: readonly number[];
  readonly bare: readonly number[];
  readonly factory: readonly number[];
  /** Requests that arrived less those that were asked for. */
  readonly surplus: number;
}

/** What `fetch` may be given; it sets the others by itself. */
function copied(headers: IncomingHttpHeaders): Record<string, string> {
  const own = new Set(["connection", "content-length", "host", "transfer-encoding"]);
  const kept = Object.entries(headers).filter(([name]) => !own.has(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

async function measure(): Promise<TestFigures> {
  let arrived = 0;
  let last: { headers: Record<string, string>; body: string } | null = null;
  const server = createServer((request, response) => {
    arrived += 1;
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      last = { headers: copied(request.headers), body: Buffer.concat(chunks).toString() };
      response.writeHead(200, { "content-type": "text/event-stream" }).end(ANSWER);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("There is no port.");
  const baseUrl = `http://127.0.0.1:${address.port}/v1`;

  const home = mkdtempSync(join(tmpdir(), "bench-test-"));
  const mine = { providerType: "openai-compatible", baseUrl, apiKey: "k", models: ["m"] };
  writeFileSync(join(home, "providers.jsonc"), JSON.stringify({ mine }));
  const library: { openCloudflareGateway: typeof openCloudflareGateway } =
    createRequire(__filename)("../dist/main.cjs");
  const log = { info: () => undefined, warn: () => undefined };
  const gateway = library.openCloudflareGateway({ home, env: {}, log });

  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const started = performance.now();
    await work();
    return performance.now() - started;
  };
  const test = async (): Promise<void> => {
    const report = await gateway.test("mine");
    if (!report.success || !report.data.ok) throw new Error(JSON.stringify(report));
  };
  const fetchBare = async (): Promise<void> => {
    if (last === null) throw new Error("No request arrived.");
    const { headers, body } = last;
    const answer = await fetch(`${baseUrl}/chat/completions`, { method: "POST", headers, body });
    await answer.text();
  };

  const firstTest = await timed(test);
  const tests: number[] = [];
  const bare: number[] = [];
  for (let run = 0; run < WARM_RUNS; run += 1) {
    tests.push(await timed(test));
    bare.push(await timed(fetchBare));
  }
  const factory: number[] = [];
  await gateway.languageModel("mine:m");
  for (let run = 0; run < MODELS; run += 1) {
    factory.push(await timed(() => gateway.languageModel("mine:m")));
  }
  const surplus = arrived - (1 + 2 * WARM_RUNS);
  await gateway.close();
  server.close();
  server.closeAllConnections();
  rmSync(home, { recursive: true });
  return { firstTest, tests, bare, factory, surplus };
}

void measure().then((figures) => process.stdout.write(JSON.stringify(figures)));
