import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, constants, deflateSync, gzipSync } from "node:zlib";

import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import type { TestReport } from "../../shared/report";
import { openHttpClient } from "../network/http-client";
import { openProbeMemory } from "./memory/probe-memory";
import { probeRoute } from "./probe-route";
import {
  endlessResponse,
  responseHead,
  openHostileHost,
  wholeResponse,
  type Responder,
  type HostileHost,
} from "./testing/hostile-host";
import { provider, recordingLog } from "./testing/provider";
import { CHAT_STREAM, gatewayError } from "./testing/wire-formats";
import { removeDirectory } from "../text/testing/remove-directory";

const MB = 1024 * 1024;
const KEY = "sk-canary-0123456789abcdefghijklmnopqrstuv";
const STREAM = { "content-type": "text/event-stream" };
const JSON_TYPE = { "content-type": "application/json" };

const open: HostileHost[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((host) => host.close()));
});

async function startHost(respond: Responder): Promise<HostileHost> {
  const host = await openHostileHost(respond);
  open.push(host);
  return host;
}

interface ProbeRun {
  readonly report: TestReport;
  readonly host: HostileHost;
  readonly ms: number;
  /**
   * The longest block of the event loop in milliseconds of CPU time, so that other programs on the
   * machine do not count.
   */
  readonly blockedMs: number;
}

async function probe(respond: Responder, timeLimitMs = 15_000): Promise<ProbeRun> {
  const host = await startHost(respond);
  let [last, blockedMs] = [process.cpuUsage(), 0];
  const tick = (): void => {
    const { user, system } = process.cpuUsage(last);
    blockedMs = Math.max(blockedMs, (user + system) / 1000);
    last = process.cpuUsage();
  };
  const watch = setInterval(tick, 5);
  const started = performance.now();
  const result = await probeRoute({
    provider: provider("mine", { baseUrl: `${host.origin}/v1`, apiKey: KEY }),
    route: "saved",
    env: {},
    log: recordingLog(),
    model: "the-model",
    timeLimitMs,
  });
  const ms = performance.now() - started;
  tick();
  clearInterval(watch);
  if (!result.success) throw new Error(result.error.message);
  return { report: result.data, host, ms, blockedMs };
}

// The first probe loads the SDK, which blocks the event loop.
beforeAll(async () => {
  await probe(wholeResponse("200 OK", CHAT_STREAM, STREAM));
}, 60_000);

/** The size of the whole report in JSON. */
function jsonSize(report: TestReport): number {
  return JSON.stringify(report).length;
}

describe("a response without an end is aborted when it is", () => {
  const filler = Buffer.alloc(64 * 1024, "x");
  const zeros = gzipSync(Buffer.alloc(64 * MB), { level: 1 });
  const bomb = Buffer.concat(Array.from({ length: 16 }, () => zeros));
  const twice = gzipSync(bomb);
  const fast = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
  const brotli = brotliCompressSync(Buffer.alloc(256 * MB), fast);
  const deflated = deflateSync(Buffer.alloc(256 * MB), { level: 1 });
  const event = 'data: {"choices":[{"delta":{"content":"OK"}}]}\n\n'.repeat(100);

  it.each<[string, Responder]>([
    ["a stream of words", endlessResponse(responseHead("200 OK", STREAM), event)],
    ["a line that never ends", endlessResponse(`${responseHead("200 OK", STREAM)}data: `, filler)],
    [
      "a gigabyte with HTTP 200",
      endlessResponse(responseHead("200 OK", JSON_TYPE), filler, 16 * 1024),
    ],
    [
      "a gigabyte with HTTP 500",
      endlessResponse(responseHead("500 Oops", JSON_TYPE), filler, 16 * 1024),
    ],
    [
      "a gigabyte of chunks",
      endlessResponse(
        responseHead("400 Bad", { "transfer-encoding": "chunked" }),
        Buffer.concat([Buffer.from("10000\r\n"), filler, Buffer.from("\r\n")]),
      ),
    ],
    ["a gzip bomb", wholeResponse("200 OK", bomb, { ...STREAM, "content-encoding": "gzip" })],
    ["a Brotli bomb", wholeResponse("200 OK", brotli, { ...STREAM, "content-encoding": "br" })],
    ["a deflate bomb", wholeResponse("500 Oops", deflated, { "content-encoding": "deflate" })],
    [
      "a gzip bomb compressed twice",
      wholeResponse("500 Oops", twice, { "content-encoding": "gzip, gzip" }),
    ],
  ])("%s", async (_, respond) => {
    const memory = process.memoryUsage().rss;
    const { report, host, blockedMs } = await probe(respond);
    expect(report).toMatchObject({ ok: false, diagnosis: { rule: "answer_too_long" } });
    expect(report.raw?.truncated).toBe(true);
    // The sent bytes are in the socket buffers of both sides.
    expect(host.bytesSent()).toBeLessThan(32 * MB);
    expect(process.memoryUsage().rss - memory).toBeLessThan(256 * MB);
    expect(blockedMs).toBeLessThan(1500);
    expect(jsonSize(report)).toBeLessThan(128 * 1024);
  });

  it("compressed in 500 layers", async () => {
    const layers = Array.from({ length: 500 }, () => "gzip").join(", ");
    const { report } = await probe(wholeResponse("200 OK", "x", { "content-encoding": layers }));
    expect(report).toMatchObject({ ok: false, verdict: "unreachable" });
  });

  it("ten thousand headers long", async () => {
    const headers = Object.fromEntries(entries(10_000, (i) => [`x-header-${i}`, "value"]));
    const { report, blockedMs } = await probe(wholeResponse("200 OK", CHAT_STREAM, headers));
    expect(report).toMatchObject({ ok: false, status: null, diagnosis: { rule: "not_http" } });
    expect(blockedMs).toBeLessThan(800);
    expect(jsonSize(report)).toBeLessThan(16 * 1024);
  });

  it("ten thousand headers long and a host's own fetch accepts it", async () => {
    const headers = entries(10_000, (i) => [`cf-aig-${i}`, "v".repeat(100)]);
    const started = performance.now();
    const result = await probeRoute({
      provider: provider("mine", { baseUrl: "https://llm.example/v1", apiKey: KEY }),
      route: "saved",
      env: {},
      log: recordingLog(),
      model: "m",
      fetch: async () => new Response(CHAT_STREAM, { headers: Object.fromEntries(headers) }),
    });
    if (!result.success) throw new Error(result.error.message);
    expect(performance.now() - started).toBeLessThan(5000);
    expect(result.data.raw?.headers.length).toBeLessThan(128);
    expect(result.data.raw?.truncated).toBe(true);
    expect(jsonSize(result.data)).toBeLessThan(64 * 1024);
  });

  it("headers that never end", async () => {
    const { report, host } = await probe(
      endlessResponse("HTTP/1.1 200 OK\r\n", "a: b\r\n".repeat(1000)),
    );
    expect(report).toMatchObject({ ok: false, diagnosis: { rule: "not_http" } });
    expect(host.bytesSent()).toBeLessThan(32 * MB);
  });
});

describe("a response that is cut off after its finish reason", () => {
  const chunked = `${CHAT_STREAM.length.toString(16)}\r\n${CHAT_STREAM}\r\n`;

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ["its length", { "content-length": String(CHAT_STREAM.length + 1) }, CHAT_STREAM],
    ["its last chunk", { "transfer-encoding": "chunked" }, chunked],
  ])("fails when the connection ends before %s", async (_, headers, body) => {
    const { report } = await probe(wholeResponse("200 OK", body, { ...STREAM, ...headers }));
    expect(report).toMatchObject({ ok: false, diagnosis: { rule: "answer_broke_off" } });
  });
});

describe("a slow response ends at the time limit when it is", () => {
  const drip =
    (start: string, drop: string): Responder =>
    (socket) => {
      socket.write(start);
      const timer = setInterval(() => socket.write(drop), 5);
      socket.once("close", () => clearInterval(timer));
    };

  it.each<[string, string, Responder]>([
    ["nothing at all", "timeout_answer", () => undefined],
    ["a head sent byte by byte", "timeout_answer", drip("HTTP/1.1 200 OK\r\nx: ", "x")],
    ["a series of early hints", "timeout_answer", drip("", "HTTP/1.1 103 Early Hints\r\n\r\n")],
    [
      "a series of comments",
      "timeout_body",
      drip(responseHead("200 OK", STREAM), ": still here\n\n"),
    ],
    ["an error sent byte by byte", "timeout_body", drip(responseHead("500 Oops"), "x")],
  ])("%s", async (_, rule, respond) => {
    const { report, ms } = await probe(respond, 400);
    expect(report).toMatchObject({ ok: false, diagnosis: { rule } });
    expect(ms).toBeLessThan(3000);
  });

  it("ignored by a host's own fetch that never settles", async () => {
    const started = performance.now();
    const result = await probeRoute({
      provider: provider("openai"),
      route: "saved",
      env: {},
      log: recordingLog(),
      timeLimitMs: 100,
      fetch: () => new Promise(() => undefined),
    });
    expect(result).toMatchObject({ data: { verdict: "unreachable", ok: false } });
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

describe("a response that is not a lost connection", () => {
  const error = `{"error":{"message":"Incorrect API key provided"}}`;
  it.each<[string, Responder]>([
    [
      "a false content-encoding",
      wholeResponse("401 No", error, { ...JSON_TYPE, "content-encoding": "gzip" }),
    ],
    [
      "another false content-encoding",
      wholeResponse("401 No", gzipSync(error), { "content-encoding": "br" }),
    ],
    [
      "two lengths",
      (socket) =>
        socket.end(`HTTP/1.1 401 No\r\ncontent-length: 20\r\ncontent-length: 30\r\n\r\n${error}`),
    ],
    [
      "an upgrade",
      (socket) => socket.end("HTTP/1.1 101 No\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"),
    ],
    ["an early 100", (socket) => socket.end("HTTP/1.1 100 Continue\r\n\r\n")],
  ])("is called unreadable when it has %s", async (_, respond) => {
    const { report } = await probe(respond);
    expect(report.diagnosis).toMatchObject({ culprit: "unknown", rule: "response_unreadable" });
  });

  it("is not called incomplete when it is a whole gateway error with HTTP 200", async () => {
    const body = gatewayError(2009, "Unauthorized");
    const { report } = await probe(wholeResponse("200 OK", body, JSON_TYPE));
    expect(report.diagnosis).toMatchObject({ rule: "gateway_form_elsewhere" });
  });

  it("is not called a redirect when its status is 304", async () => {
    const { report } = await probe((socket) => socket.end("HTTP/1.1 304 Not Modified\r\n\r\n"));
    expect(report.diagnosis).toMatchObject({ culprit: "unknown", rule: "unknown" });
  });
});

describe("a response is parsed quickly when it is", () => {
  it.each<[string, string]>([
    ["one long word", "a".repeat(64 * 1024)],
    ["dashes and stars", "a-**".repeat(16 * 1024)],
    ["stars", "*".repeat(64 * 1024)],
    ["a message that almost matches many rules", errorOf("models/".repeat(9000))],
    ["another such message", errorOf("model ".repeat(10_000))],
    ["two megabytes of digits in a message", errorOf("0123456789abcdef".repeat(120_000))],
    ["two megabytes of broken events", "data:{x}\n".repeat(220_000)],
    ["line endings", "\r".repeat(64 * 1024)],
    ["nested lists", "[".repeat(64 * 1024)],
    ["nested objects", `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`],
    ["an event on each line", "data:{}\n".repeat(8 * 1024)],
    ["thousands of errors", manyErrors()],
    ["a page", `<${"<a ".repeat(20_000)}`],
  ])("%s", async (_, body) => {
    const { report, blockedMs } = await probe(wholeResponse("400 Bad", body, JSON_TYPE));
    expect(report).toMatchObject({ ok: false, status: 400, verdict: "direct" });
    expect(blockedMs).toBeLessThan(800);
    expect(jsonSize(report)).toBeLessThan(128 * 1024);
  });

  it("thousands of single events before the first token", async () => {
    const { report, blockedMs } = await probe((socket) => {
      socket.setNoDelay(true);
      socket.write(responseHead("200 OK", STREAM));
      let left = 4000;
      const more = (): void => {
        for (let i = 0; i < 40; i += 1) socket.write("data:{}\n");
        left -= 40;
        if (left > 0) setImmediate(more);
        else socket.end(CHAT_STREAM);
      };
      more();
    });
    expect(report.timings.firstTokenMs).toBeGreaterThan(report.timings.firstByteMs ?? Infinity);
    expect(blockedMs).toBeLessThan(1500);
  });
});

describe("a report stays small when the response has", () => {
  it.each<[string, Responder]>([
    [
      "hundreds of gateway headers",
      wholeResponse("400 Bad", "{}", Object.fromEntries(entries(600, (i) => [`cf-aig-${i}`, "v"]))),
    ],
    ["a long log id", wholeResponse("400 Bad", "{}", { "cf-aig-log-id": "x".repeat(12_000) })],
    [
      "a long redirect",
      wholeResponse("302 Found", "", { location: `https://x/${"y".repeat(12_000)}` }),
    ],
    ["a long model name", wholeResponse("200 OK", `data: {"model":"${"m".repeat(60_000)}"}\n\n`)],
    ["a long error", wholeResponse("400 Bad", gatewayError(2009, "long ".repeat(12_000)))],
  ])("%s", async (_, respond) => {
    const { report } = await probe(respond);
    expect(jsonSize({ ...report, raw: null })).toBeLessThan(8 * 1024);
    expect(jsonSize(report)).toBeLessThan(64 * 1024);
    expect(report.evidence.length).toBeLessThan(32);
  });

  it("a long gateway error, so that it can be saved", async () => {
    const folder = await mkdtemp(join(tmpdir(), "hostile-"));
    const options = { file: join(folder, "tests.json"), env: {}, log: recordingLog() };
    const config = provider("mine", { baseUrl: "https://gateway.ai.cloudflare.com/v1/x/y/z" });
    const result = await probeRoute({
      provider: config,
      route: "saved",
      env: {},
      log: recordingLog(),
      model: "m",
      fetch: async () => new Response(gatewayError(2009, "long ".repeat(12_000)), { status: 401 }),
      tlsVerified: true,
    });
    if (!result.success) throw new Error(result.error.message);
    await openProbeMemory(options).saveReport(config, result.data);
    const { tests } = await openProbeMemory(options).read([config]);
    expect(tests).toMatchObject([{ provider: "mine", report: { verdict: "gateway" } }]);
    await removeDirectory(folder);
  });
});

describe("text from a server is harmless when it contains", () => {
  const HARMFUL =
    /[^\P{Cc}\t\n]|[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Cs}/u;

  /** All strings in a report, at any depth. */
  function textsOf(value: unknown): readonly string[] {
    if (typeof value === "string") return [value];
    if (typeof value !== "object" || value === null) return [];
    return Object.values(value).flatMap(textsOf);
  }

  it.each<[string, string]>([
    ["terminal escapes", "\u001b[31mred\u001b]0;title\u0007\u009b2J"],
    ["bidirectional overrides", "\u202egnp.exe\u202c \u2066x\u2069 \u200fy \u061c"],
    ["invisible characters", "se\u200bcret \u2060\ufeff \u{e0041}"],
    ["half a surrogate pair", "half \ud83d of it"],
    ["null bytes and carriage returns", "a\u0000b\rc"],
  ])("%s", async (_, message) => {
    const { report } = await probe(
      wholeResponse("401 No", JSON.stringify({ error: { message } }), JSON_TYPE),
    );
    const plain = await probe(
      wholeResponse("401 No", message, { ...JSON_TYPE, "x-said": "\u009b31m" }),
    );
    expect(report.diagnosis?.meaning).toMatch(/␛|\[U\+[0-9A-F]{4}|\u2400/);
    for (const text of [...textsOf(report), ...textsOf(plain.report)]) {
      expect(text).not.toMatch(HARMFUL);
    }
  });

  const INVALID_UTF8 = Buffer.from([
    0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0xf5, 0x80, 0xe2, 0x80,
  ]);

  it("invalid UTF-8", async () => {
    const bytes = Buffer.concat([Buffer.from("{"), INVALID_UTF8]);
    const { report } = await probe(wholeResponse("401 No", bytes, JSON_TYPE));
    expect(report.raw?.body).toMatch(/^\{\ufffd+$/);
    expect(report.diagnosis?.rule).toBe("status_unauthorized");
  });

  it("invalid UTF-8 in a message, in a stream and in headers", async () => {
    const message = Buffer.concat([
      Buffer.from('{"error":{"message":"no '),
      INVALID_UTF8,
      Buffer.from(' way"}}'),
    ]);
    const inMessage = await probe(wholeResponse("401 No", message, JSON_TYPE));
    expect(inMessage.report.diagnosis?.meaning).toMatch(/no \ufffd+ way/);

    const stream = Buffer.concat([
      Buffer.from('data: {"model":"m","choices":[{"delta":{"content":"'),
      INVALID_UTF8,
      Buffer.from(`"}}]}\n\n${CHAT_STREAM}`),
    ]);
    const inStream = await probe(wholeResponse("200 OK", stream, STREAM));
    expect(inStream.report).toMatchObject({ ok: true, status: 200 });
    expect(inStream.report.raw?.body).toContain("\ufffd");

    const inHeaders = await probe(
      wholeResponse("401 No", "{}", {
        "cf-aig-log-id": INVALID_UTF8.toString("latin1"),
        "x-said": "\u00ff",
      }),
    );
    expect(inHeaders.report).toMatchObject({ ok: false, status: 401, verdict: "bypassed" });
    for (const { report } of [inMessage, inStream, inHeaders]) {
      for (const text of textsOf(report)) expect(text).not.toMatch(HARMFUL);
    }
  });

  it("a key with invalid UTF-8 in its middle", async () => {
    const inside = Buffer.concat([
      Buffer.from(`{"error":{"message":"${KEY.slice(0, 20)}`),
      Buffer.from([0xff]),
      Buffer.from(`${KEY.slice(20)} and ${KEY}"}}`),
    ]);
    const { report } = await probe(wholeResponse("401 No", inside, JSON_TYPE));
    expect(JSON.stringify(report)).not.toContain(KEY);
  });

  it("a page with a script", async () => {
    const page = "<html><script>alert(1)</script><img src=x onerror=alert(1)>";
    const { report } = await probe(wholeResponse("403 No", page, { "content-type": "text/html" }));
    expect(report.diagnosis?.rule).toBe("html");
    expect(report.raw?.body).toBe(page);
  });

  it("names of prototype properties", async () => {
    const events =
      'data: {"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}\n\n';
    await probe(wholeResponse("200 OK", events, { ...STREAM, constructor: "2" }));
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });
});

describe("a nonstandard status", () => {
  it.each([999, 600, 799])("is reported as it is when it is %i", async (status) => {
    const { report } = await probe(wholeResponse(`${status} Odd`, "{}"));
    expect(report).toMatchObject({ status, verdict: "direct", ok: false });
  });

  it.each(["101 Switching Protocols", "000 None"])(
    "is reported as not HTTP when it is %s",
    async (status) => {
      const { report } = await probe(wholeResponse(status, ""));
      expect(report).toMatchObject({ status: null, verdict: "unreachable" });
      expect(report.diagnosis?.rule).toBe("not_http");
    },
  );

  it("is reported when control characters follow it", async () => {
    const { report } = await probe(wholeResponse("401 \u001b[31mred", "{}"));
    expect(report).toMatchObject({ status: 401, verdict: "direct" });
  });
});

describe("the key is sent once and to one host", () => {
  const STATUSES = [301, 302, 303, 307, 308] as const;
  let second: HostileHost;
  beforeEach(async () => {
    second = await startHost(wholeResponse("200 OK", CHAT_STREAM, STREAM));
  });

  describe.each<[string, (port: string) => string]>([
    ["another host on this computer", (port) => `http://127.0.0.1:${port}/v1/chat/completions`],
    ["this computer by name", (port) => `http://localhost:${port}/`],
    ["this computer in another spelling", (port) => `http://2130706433:${port}/`],
    ["this computer over IPv6", (port) => `http://[::ffff:127.0.0.1]:${port}/`],
    [
      "another host with a provider's name as user name",
      (port) => `http://api.openai.com@127.0.0.1:${port}/`,
    ],
    ["another host without a scheme", (port) => `//127.0.0.1:${port}/x`],
    ["a file", () => "file:///etc/passwd"],
    ["a Windows network share", () => "file:\\\\server\\share"],
    ["a data URL", () => "data:text/event-stream,data: [DONE]"],
    ["a script", () => "javascript:alert(1)"],
    ["the app's own page", () => "app://mux-settings/index.html"],
  ])("when it is redirected to %s", (_, locationOf) => {
    it.each(STATUSES)("with HTTP %i", async (status) => {
      const location = locationOf(new URL(second.origin).port);
      const { report, host } = await probe(
        wholeResponse(`${status} Elsewhere`, "", {
          location,
          refresh: `0;url=${location}`,
          "alt-svc": `h2="${new URL(second.origin).host}"`,
          link: `<${location}>; rel=preload`,
        }),
      );
      expect(report).toMatchObject({ ok: false, status, diagnosis: { rule: "redirected" } });
      expect(host.requests()).toHaveLength(1);
      expect(host.requests()[0]).toContain(KEY);
      expect(second.requests()).toEqual([]);
    });
  });

  it("when a host's own fetch could follow redirects", async () => {
    const first = await startHost(wholeResponse("307 Elsewhere", "", { location: second.origin }));
    const result = await probeRoute({
      provider: provider("mine", { baseUrl: `${first.origin}/v1`, apiKey: KEY }),
      route: "saved",
      env: {},
      log: recordingLog(),
      model: "m",
      fetch: globalThis.fetch,
    });
    expect(result).toMatchObject({ success: true, data: { ok: false } });
    expect(first.requests()).toHaveLength(1);
    expect(second.requests()).toEqual([]);
  });

  it("when the model calls a tool", async () => {
    const call = {
      tool_calls: [
        { index: 0, id: "1", type: "function", function: { name: "fetch", arguments: "{}" } },
      ],
    };
    const events = `data: ${JSON.stringify({ choices: [{ delta: call, finish_reason: "tool_calls" }] })}\n\ndata: [DONE]\n\n`;
    const { host } = await probe(wholeResponse("200 OK", events, STREAM));
    expect(host.requests()).toHaveLength(1);
  });

  it("and not shown in part when a text is cut", async () => {
    for (let before = 180; before < 245; before += 5) {
      const message = `${"x".repeat(before)} ${KEY}`;
      const { report } = await probe(wholeResponse("400 Bad", errorOf(message), JSON_TYPE));
      expect(JSON.stringify(report)).not.toContain(KEY.slice(0, 6));
    }
  });

  it("and not shown when invisible characters split it", async () => {
    const pieces = Array.from(KEY).join("\u200b");
    const { report } = await probe(wholeResponse("400 Bad", errorOf(pieces), JSON_TYPE));
    expect(JSON.stringify(report)).not.toContain(KEY.slice(0, 6));
  });
});

it("keeps the process alive when a host disconnects before its response is read", async () => {
  // undici 7 throws in a socket event here, where no caller can catch it.
  const uncaught: unknown[] = [];
  const onUncaught = (error: unknown): void => void uncaught.push(error);
  process.on("uncaughtException", onUncaught);
  const disconnected: Promise<unknown>[] = [];
  const host = await startHost((socket) => {
    const body = Buffer.alloc(64 * 1024, "x");
    const headers = { "content-length": String(body.length), connection: "close" };
    disconnected.push(once(socket, "close"));
    wholeResponse("200 OK", body, headers)(socket);
  });
  const client = await openHttpClient({ env: {}, log: recordingLog() });
  try {
    const response = await client.fetch(host.origin);
    await Promise.all(disconnected);
    expect(uncaught).toEqual([]);
    expect((await response.arrayBuffer()).byteLength).toBe(64 * 1024);
  } finally {
    process.off("uncaughtException", onUncaught);
    await client.close();
  }
});

function errorOf(message: string): string {
  return JSON.stringify({ error: { message } });
}

function manyErrors(): string {
  return JSON.stringify({
    success: false,
    error: Array.from({ length: 1500 }, (_, code) => ({ code, message: "no" })),
  });
}

function entries(
  count: number,
  make: (index: number) => readonly [string, string],
): readonly (readonly [string, string])[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
