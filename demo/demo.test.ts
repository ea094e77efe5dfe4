/** Tests the whole demo: home, environment, closed network and cleanup. */
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse, type ParseError } from "jsonc-parser";
import { afterEach, expect, test } from "vitest";
import { PRIVATE_DIRECTORY, PRIVATE_FILE } from "../src/main/disk/testing/posix";
import { startDemo, userEnvironment, type Demo, type DemoOptions } from "./demo";
import { DEMO_ENVIRONMENT, DEMO_GATEWAY, DEMO_KEYS, DEMO_OWN_HOST } from "./names";
import { PROVIDER_STAND_INS } from "./provider-table";
import { anthropicRequest, fetchThrough, gatewayRequest, gatewayUrl } from "./test-client";

const MESSAGES = gatewayUrl(DEMO_GATEWAY, "/anthropic/v1/messages");
const open: Demo[] = [];
async function start(options?: DemoOptions): Promise<Demo> {
  const demo = await startDemo(options);
  open.push(demo);
  return demo;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map(async (demo) => demo.close()));
});

test("creates a sample home with two private, valid files", async () => {
  const demo = await start();
  expect((await readdir(demo.home)).sort()).toEqual(["config.json", "providers.jsonc"]);
  expect((await stat(join(demo.home, "config.json"))).mode & 0o777).toBe(PRIVATE_FILE);
  expect((await stat(demo.file)).mode & 0o777).toBe(PRIVATE_FILE);
  expect((await stat(demo.home)).mode & 0o777).toBe(PRIVATE_DIRECTORY);
  const errors: ParseError[] = [];
  const providers: unknown = parse(await readFile(demo.file, "utf8"), errors, {
    allowTrailingComma: true,
  });
  expect(errors).toEqual([]);
  expect(Object.keys(providers ?? {})).toHaveLength(12);
});

test("has every canary key exactly once in the sample, and no other keys", async () => {
  const demo = await start();
  const text = await readFile(demo.file, "utf8");
  const keys = [...text.matchAll(/"(?:apiKey|bearerToken)": "(.+?)"/g)].map(([, key]) => key);
  expect(keys).toHaveLength(Object.keys(DEMO_KEYS).length);
  expect(new Set(keys)).toEqual(new Set<string>(Object.values(DEMO_KEYS)));
});

test("refuses only DeepSeek's sample key", async () => {
  const demo = await start();
  const fetch = fetchThrough(demo);
  const ask = async (url: string, header: string, key: string) =>
    (await fetch(url, anthropicRequest({ [header]: key }, { model: "deepseek-flash" }))).text();
  const bearer = (key: string) => `Bearer ${key}`;
  const refused = await ask(
    "https://api.deepseek.com/chat/completions",
    "authorization",
    bearer(DEMO_KEYS.deepseek),
  );
  expect(refused).toContain("Authentication Fails");
  const accepted = await ask(
    `https://${DEMO_OWN_HOST}/v1/chat/completions`,
    "authorization",
    bearer(DEMO_KEYS.acme),
  );
  expect(accepted).toContain("[DONE]");
  const words = ["rejected", "ratelimited", "nocredit"];
  const telling = Object.entries(DEMO_KEYS).filter(([, key]) =>
    words.some((word) => key.includes(word)),
  );
  expect(telling.map(([name]) => name)).toEqual(["deepseek"]);
});

test("starts with another text, without a file or in an existing home when asked", async () => {
  expect(await readFile((await start({ providersText: "{}\n" })).file, "utf8")).toBe("{}\n");
  expect(await readdir((await start({ providersText: null })).home)).toEqual([]);
  const home = await mkdtemp(join(tmpdir(), "mux-demo-test-"));
  const first = await start({ home, providersText: "// mine\n{}\n" });
  await first.close();
  const second = await start({ home });
  expect(await readFile(second.file, "utf8")).toBe("// mine\n{}\n");
  await second.close();
  expect((await readdir(home)).sort()).toEqual(["config.json", "providers.jsonc"]);
  await rm(home, { recursive: true, maxRetries: 10 });
});

test("calls the providers themselves unless OpenRouter is to come first", async () => {
  const priority = async (demo: Demo): Promise<unknown> =>
    JSON.parse(await readFile(join(demo.home, "config.json"), "utf8"));
  expect(await priority(await start())).toEqual({ routePriority: ["direct", "openrouter"] });
  expect(await priority(await start({ openrouterFirst: true }))).toEqual({
    routePriority: ["openrouter", "bedrock", "direct"],
  });
});

test("points the environment to the demo and clears variables that could bypass it", async () => {
  const { env, home, unset } = await start();
  expect(unset).toEqual(expect.arrayContaining(["ANTHROPIC_BASE_URL", "OPENAI_BASE_URL"]));
  expect(Object.keys(env).filter((name) => unset.includes(name))).toEqual([]);
  expect(env).toMatchObject({
    MUX_ROOT: home,
    XUM_ROOT: home,
    ANTHROPIC_API_KEY: "",
    CLOUDFLARE_ACCOUNT_ID: "",
    CLOUDFLARE_AI_GATEWAY_TOKEN: "",
    OPENAI_API_KEY: "",
    MOONSHOT_API_KEY: "",
    NO_PROXY: "",
    no_proxy: "",
  });
  expect(env["HTTPS_PROXY"]).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  for (const name of ["HTTP_PROXY", "https_proxy", "http_proxy"]) {
    expect(env[name]).toBe(env["HTTPS_PROXY"]);
  }
  expect(dirname(env["NODE_EXTRA_CA_CERTS"] ?? "")).not.toBe(home);
});

test("offers a gateway to a user's programs, which never get a base URL of their own", async () => {
  const demo = await start();
  const own = { ANTHROPIC_BASE_URL: "", OPENAI_BASE_URL: "https://own.example", SHELL: "/bin/sh" };
  const env = userEnvironment(own, demo);
  expect(env).toMatchObject({ ...DEMO_ENVIRONMENT, SHELL: "/bin/sh", MUX_ROOT: demo.home });
  expect(Object.keys(env).filter((name) => name.endsWith("_BASE_URL"))).toEqual([]);
});

test("records complete requests and returns copies", async () => {
  const demo = await start();
  const arrival = demo.nextRequest();
  const fetch = fetchThrough(demo);
  await (await fetch("https://api.anthropic.com/v1/messages", anthropicRequest())).text();
  expect(await arrival).toMatchObject({ answeredBy: "none", status: null });
  expect(demo.requests).toMatchObject([
    {
      host: "api.anthropic.com",
      method: "POST",
      path: "/v1/messages",
      headers: { host: "api.anthropic.com", "x-api-key": "sk-ant-any" },
      body: anthropicRequest().body,
      answeredBy: "provider",
      forwarded: null,
      status: 200,
      abandoned: false,
    },
  ]);
  const [copy] = demo.requests;
  Object.assign(copy ?? {}, { host: "changed" });
  expect(demo.requests[0]?.host).toBe("api.anthropic.com");
  demo.clearRequests();
  expect(demo.requests).toEqual([]);
});

test("returns a cf-ray but no gateway headers when a provider is called directly", async () => {
  const demo = await start();
  const answer = await fetchThrough(demo)(
    "https://api.anthropic.com/v1/messages",
    anthropicRequest(),
  );
  expect(answer.headers.get("cf-ray")).not.toBeNull();
  expect([...answer.headers.keys()].filter((name) => name.startsWith("cf-aig-"))).toEqual([]);
});

test("refuses and records requests to hosts without a stand-in", async () => {
  let reached = 0;
  const outside = createServer((_, response) => {
    reached += 1;
    response.end();
  }).listen(0, "127.0.0.1");
  const demo = await start();
  const fetch = fetchThrough(demo);
  const address = outside.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  for (const url of ["https://example.com/a?b=c", `http://127.0.0.1:${port}/`]) {
    const answer = await fetch(url);
    expect(answer.status).toBe(502);
    expect(await answer.text()).toContain("no request leaves this computer");
  }
  expect(reached).toBe(0);
  expect(demo.requests).toMatchObject([
    { host: "example.com", path: "/a?b=c", answeredBy: "none", status: 502 },
    { host: `127.0.0.1:${port}`, path: "/", answeredBy: "none", status: 502 },
  ]);
  outside.close();
});

test("has a stand-in for Ollama on this computer", async () => {
  const demo = await start();
  const answer = await fetchThrough(demo)("http://localhost:11434/api/chat", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      model: "llama3.2",
      stream: false,
      messages: [{ role: "user", content: "ping" }],
    }),
  });
  expect(await answer.json()).toMatchObject({ message: { content: "Pong, from the demo." } });
});

test("restores the network at the same address after an outage", async () => {
  const demo = await start();
  const fetch = fetchThrough(demo);
  expect((await fetch(MESSAGES, gatewayRequest())).status).toBe(200);
  await demo.network.down();
  await expect(fetch(MESSAGES, gatewayRequest())).rejects.toThrow("fetch failed");
  await demo.network.up();
  expect((await fetch(MESSAGES, gatewayRequest())).status).toBe(200);
  expect(demo.requests).toHaveLength(2);
});

test("runs two demos at the same time without interference", async () => {
  const [one, other] = await Promise.all([start(), start()]);
  one.cloudflare.always({ kind: "error", code: 2016 });
  one.providers.says("one");
  await other.network.down();
  await other.network.up();
  const refused = await fetchThrough(one)(MESSAGES, gatewayRequest());
  const answered = await fetchThrough(other)(MESSAGES, gatewayRequest());
  expect([refused.status, answered.status]).toEqual([424, 200]);
  expect(one.requests).toHaveLength(1);
  expect(other.requests).toHaveLength(1);
  expect(one.home).not.toBe(other.home);
  await one.close();
  expect((await fetchThrough(other)(MESSAGES, gatewayRequest())).status).toBe(200);
});

test("leaves no files or open requests when it is closed", async () => {
  const demo = await start();
  demo.cloudflare.once({ kind: "hang" });
  const arrived = demo.nextRequest();
  const asking = fetchThrough(demo)(MESSAGES, gatewayRequest()).catch((reason: unknown) => reason);
  await arrived;
  await demo.close();
  expect(await asking).toBeInstanceOf(Error);
  await expect(stat(dirname(demo.env["NODE_EXTRA_CA_CERTS"] ?? ""))).rejects.toThrow("ENOENT");
  await expect(stat(demo.home)).rejects.toThrow("ENOENT");
  await expect(fetch(demo.env["HTTPS_PROXY"] ?? "")).rejects.toThrow("fetch failed");
});

test("has one stand-in per host", () => {
  const hosts = PROVIDER_STAND_INS.map(({ host }) => host);
  expect(new Set(hosts).size).toBe(hosts.length);
});
