/** One process of the route test benchmark: a cold start, then warm runs, each next to a bare fetch. */
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const require = createRequire(import.meta.url);

const WARM_RUNS = 40;
const MODELS = 2_000;

const RESPONSE = [
  { choices: [{ index: 0, delta: { role: "assistant", content: "OK" }, finish_reason: null }] },
  { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] },
]
  .map(
    (part) =>
      `data: ${JSON.stringify({ id: "1", object: "chat.completion.chunk", created: 1, model: "m", ...part })}\n\n`,
  )
  .join("")
  .concat("data: [DONE]\n\n");

/**
 * The headers to pass to `fetch`, without those that it sets itself.
 *
 * @param {import("node:http").IncomingHttpHeaders} headers
 */
function copiedHeaders(headers) {
  const setByFetch = new Set(["connection", "content-length", "host", "transfer-encoding"]);
  const kept = Object.entries(headers).filter(([name]) => !setByFetch.has(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

/**
 * Milliseconds per model. The first model, which loads the package, is not counted.
 *
 * @param {typeof import("../../src/main/models/language-model").createLanguageModel} createLanguageModel
 */
async function measureFactory(createLanguageModel) {
  const log = { info: () => undefined, warn: () => undefined };
  const samples = [];
  for (let index = 0; index <= MODELS; index += 1) {
    const started = performance.now();
    const model = await createLanguageModel({
      provider: {
        id: "anthropic",
        kind: "built-in",
        inFile: true,
        enabled: true,
        values: { apiKey: "k" },
        block: null,
      },
      modelId: "claude-haiku-4-5",
      route: "direct",
      env: {},
      log,
    });
    samples.push(performance.now() - started);
    if (!model.success) throw new Error(model.error.message);
  }
  return samples.slice(1);
}

/**
 * @param {string} library the built `mux-cloudflare-gateway/main`
 * @param {string} factory the built model factory
 * @param {boolean} isPreloaded whether the code of a test is loaded before the first one, as in the app
 * @returns {Promise<import("./test").TestFigures>}
 */
async function measure(library, factory, isPreloaded) {
  /** @type {{ openCloudflareGateway: typeof import("../../src/main/gateway").openCloudflareGateway }} */
  const { openCloudflareGateway } = require(library);
  if (isPreloaded) {
    /** @type {typeof import("./app-parts")} */
    const { loadTestCode } = require(library);
    await loadTestCode(["mine"], () => Promise.resolve());
  }
  let received = 0;
  /** @type {{ headers: Record<string, string>, body: string } | null} */
  let last = null;
  const server = createServer((request, response) => {
    received += 1;
    /** @type {Buffer[]} */
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      last = { headers: copiedHeaders(request.headers), body: Buffer.concat(chunks).toString() };
      response.writeHead(200, { "content-type": "text/event-stream" }).end(RESPONSE);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  const baseUrl = `http://127.0.0.1:${address.port}/v1`;

  const home = mkdtempSync(join(tmpdir(), "bench-test-"));
  const mine = { providerType: "openai-compatible", baseUrl, apiKey: "k", models: ["m"] };
  writeFileSync(join(home, "providers.jsonc"), JSON.stringify({ mine }));
  const log = { info: () => undefined, warn: () => undefined };
  const gateway = openCloudflareGateway({ home, env: {}, log });

  /** @param {() => Promise<unknown>} work */
  const timed = async (work) => {
    const started = performance.now();
    await work();
    return performance.now() - started;
  };
  const test = async () => {
    const report = await gateway.test("mine");
    if (!report.success || !report.data.ok) throw new Error(JSON.stringify(report));
  };
  const fetchBare = async () => {
    if (last === null) throw new Error("The server received no request.");
    const { headers, body } = last;
    const response = await fetch(`${baseUrl}/chat/completions`, { method: "POST", headers, body });
    await response.text();
  };

  const firstTest = await timed(test);
  const tests = [];
  const bare = [];
  for (let run = 0; run < WARM_RUNS; run += 1) {
    tests.push(await timed(test));
    bare.push(await timed(fetchBare));
  }
  const surplus = received - (1 + 2 * WARM_RUNS);
  await gateway.close();
  server.close();
  server.closeAllConnections();
  rmSync(home, { recursive: true, maxRetries: 10 });
  /** @type {{ createLanguageModel: typeof import("../../src/main/models/language-model").createLanguageModel }} */
  const { createLanguageModel } = require(factory);
  return { firstTest, tests, bare, surplus, factory: await measureFactory(createLanguageModel) };
}

const [, , library = "", factory = "", preload = ""] = process.argv;
void measure(library, factory, preload === "preload").then((figures) =>
  process.stdout.write(JSON.stringify(figures)),
);
