import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
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

const MB = 1024 * 1024;
const KEY = "sk-canary-0123456789abcdefghijklmnopqrstuv";
const STREAM = { "content-type": "text/event-stream" };
const JSON_TYPE = { "content-type": "application/json" };

const open: HostileHost[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((host) => host.close()));
});

async function hostile(answer: Responder): Promise<HostileHost> {
  const host = await openHostileHost(answer);
  open.push(host);
  return host;
}

interface Ran {
  readonly report: TestReport;
  readonly host: HostileHost;
  readonly ms: number;
  /**
   * The most that the process worked before anything else in it had its turn, in milliseconds of CPU:
   * other programs on the machine do not count.
   */
  readonly heldUpMs: number;
}

async function against(answer: Responder, timeLimitMs = 15_000): Promise<Ran> {
  const host = await hostile(answer);
  let [last, heldUpMs] = [process.cpuUsage(), 0];
  const tick = (): void => {
    const { user, system } = process.cpuUsage(last);
    heldUpMs = Math.max(heldUpMs, (user + system) / 1000);
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
  return { report: result.data, host, ms, heldUpMs };
}

// The SDK is loaded by the first test of all, which holds everything up for a moment.
beforeAll(async () => {
  await against(wholeResponse("200 OK", CHAT_STREAM, STREAM));
}, 60_000);

/** Of everything that a report may carry to the window and the disk. */
function size(report: TestReport): number {
  return JSON.stringify(report).length;
}

describe("an answer without an end is broken off", () => {
  const filler = Buffer.alloc(64 * 1024, "x");
  const bomb = Buffer.concat(Array.from({ length: 16 }, () => gzipSync(Buffer.alloc(64 * MB))));
  const twice = gzipSync(bomb);
  const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
  const brotli = brotliCompressSync(Buffer.alloc(256 * MB), quick);
  const deflated = deflateSync(Buffer.alloc(256 * MB), { level: 1 });
  const event = 'data: {"choices":[{"delta":{"content":"OK"}}]}\n\n'.repeat(100);

  it.each<[string, Responder]>([
    ["a stream of words", endlessResponse(responseHead("200 OK", STREAM), event)],
    ["a line that never ends", endlessResponse(`${responseHead("200 OK", STREAM)}data: `, filler)],
    [
      "a gigabyte with a 200",
      endlessResponse(responseHead("200 OK", JSON_TYPE), filler, 16 * 1024),
    ],
    [
      "a gigabyte of error",
      endlessResponse(responseHead("500 Oops", JSON_TYPE), filler, 16 * 1024),
    ],
    [
      "a gigabyte of chunks",
      endlessResponse(
        responseHead("400 Bad", { "transfer-encoding": "chunked" }),
        Buffer.concat([Buffer.from("10000\r\n"), filler, Buffer.from("\r\n")]),
      ),
    ],
    [
      "a gigabyte in a megabyte",
      wholeResponse("200 OK", bomb, { ...STREAM, "content-encoding": "gzip" }),
    ],
    [
      "a bomb of Brotli's",
      wholeResponse("200 OK", brotli, { ...STREAM, "content-encoding": "br" }),
    ],
    ["a bomb of deflate's", wholeResponse("500 Oops", deflated, { "content-encoding": "deflate" })],
    [
      "the same, compressed twice",
      wholeResponse("500 Oops", twice, { "content-encoding": "gzip, gzip" }),
    ],
  ])("%s", async (_, answer) => {
    const memory = process.memoryUsage().rss;
    const { report, host, heldUpMs } = await against(answer);
    expect(report).toMatchObject({ ok: false, diagnosis: { rule: "answer_too_long" } });
    expect(report.raw?.truncated).toBe(true);
    // What left the host lies in the buffers of both sides, not with us.
    expect(host.bytesSent()).toBeLessThan(32 * MB);
    expect(process.memoryUsage().rss - memory).toBeLessThan(256 * MB);
    expect(heldUpMs).toBeLessThan(1500);
    expect(size(report)).toBeLessThan(128 * 1024);
  });

  it("a thousand layers of compression", async () => {
    const layers = Array.from({ length: 500 }, () => "gzip").join(", ");
    const { report } = await against(wholeResponse("200 OK", "x", { "content-encoding": layers }));
    expect(report).toMatchObject({ ok: false, verdict: "unreachable" });
  });

  it("ten thousand headers", async () => {
    const headers = Object.fromEntries(entries(10_000, (i) => [`x-header-${i}`, "value"]));
    const { report, heldUpMs } = await against(wholeResponse("200 OK", CHAT_STREAM, headers));
    expect(report).toMatchObject({ ok: false, status: null, diagnosis: { rule: "not_http" } });
    expect(heldUpMs).toBeLessThan(800);
    expect(size(report)).toBeLessThan(16 * 1024);
  });

  it("ten thousand headers, where a host's own fetch takes them", async () => {
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
    expect(size(result.data)).toBeLessThan(64 * 1024);
  });

  it("headers without an end", async () => {
    const { report, host } = await against(
      endlessResponse("HTTP/1.1 200 OK\r\n", "a: b\r\n".repeat(1000)),
    );
    expect(report).toMatchObject({ ok: false, diagnosis: { rule: "not_http" } });
    expect(host.bytesSent()).toBeLessThan(32 * MB);
  });
});

describe("an answer that breaks off after it said that it was done", () => {
  const chunked = `${CHAT_STREAM.length.toString(16)}\r\n${CHAT_STREAM}\r\n`;

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ["its length", { "content-length": String(CHAT_STREAM.length + 1) }, CHAT_STREAM],
    ["its last chunk", { "transfer-encoding": "chunked" }, chunked],
  ])("is no success when the connection ends before %s", async (_, headers, body) => {
    const { report } = await against(wholeResponse("200 OK", body, { ...STREAM, ...headers }));
    expect(report).toMatchObject({ ok: false, diagnosis: { rule: "answer_broke_off" } });
  });
});

describe("an answer that comes slowly has the time limit and no more", () => {
  const drip =
    (start: string, drop: string): Responder =>
    (socket) => {
      socket.write(start);
      const timer = setInterval(() => socket.write(drop), 5);
      socket.once("close", () => clearInterval(timer));
    };

  it.each<[string, string, Responder]>([
    ["nothing at all", "timeout_answer", () => undefined],
    ["a head, letter by letter", "timeout_answer", drip("HTTP/1.1 200 OK\r\nx: ", "x")],
    ["hints, and hints again", "timeout_answer", drip("", "HTTP/1.1 103 Early Hints\r\n\r\n")],
    ["comments", "timeout_body", drip(responseHead("200 OK", STREAM), ": still here\n\n")],
    ["an error, letter by letter", "timeout_body", drip(responseHead("500 Oops"), "x")],
  ])("%s", async (_, rule, answer) => {
    const { report, ms } = await against(answer, 400);
    expect(report).toMatchObject({ ok: false, diagnosis: { rule } });
    expect(ms).toBeLessThan(3000);
  });

  it("even when a host's own fetch does not listen", async () => {
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

describe("an answer that is hard to read is read at once", () => {
  it.each<[string, string]>([
    ["one long word", "a".repeat(64 * 1024)],
    ["dashes and stars", "a-**".repeat(16 * 1024)],
    ["stars", "*".repeat(64 * 1024)],
    ["a message that nearly fits many rules", errorOf("models/".repeat(9000))],
    ["another", errorOf("model ".repeat(10_000))],
    ["line ends", "\r".repeat(64 * 1024)],
    ["lists in lists", "[".repeat(64 * 1024)],
    ["objects in objects", `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`],
    ["an event on each line", "data:{}\n".repeat(8 * 1024)],
    ["thousands of errors", manyErrors()],
    ["a page", `<${"<a ".repeat(20_000)}`],
  ])("%s", async (_, body) => {
    const { report, heldUpMs } = await against(wholeResponse("400 Bad", body, JSON_TYPE));
    expect(report).toMatchObject({ ok: false, status: 400, verdict: "direct" });
    expect(heldUpMs).toBeLessThan(800);
    expect(size(report)).toBeLessThan(128 * 1024);
  });

  it("thousands of single events, and the moment of the first word is found", async () => {
    const { report, heldUpMs } = await against((socket) => {
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
    expect(heldUpMs).toBeLessThan(1500);
  });
});

describe("a report stays small and can be kept", () => {
  it.each<[string, Responder]>([
    [
      "hundreds of gateway headers",
      wholeResponse("400 Bad", "{}", Object.fromEntries(entries(600, (i) => [`cf-aig-${i}`, "v"]))),
    ],
    ["a long log id", wholeResponse("400 Bad", "{}", { "cf-aig-log-id": "x".repeat(12_000) })],
    [
      "a long way to go",
      wholeResponse("302 Found", "", { location: `https://x/${"y".repeat(12_000)}` }),
    ],
    [
      "a long name of a model",
      wholeResponse("200 OK", `data: {"model":"${"m".repeat(60_000)}"}\n\n`),
    ],
    ["a long error", wholeResponse("400 Bad", gatewayError(2009, "long ".repeat(12_000)))],
  ])("%s", async (_, answer) => {
    const { report } = await against(answer);
    expect(size({ ...report, raw: null })).toBeLessThan(8 * 1024);
    expect(size(report)).toBeLessThan(64 * 1024);
    expect(report.evidence.length).toBeLessThan(32);
  });

  it("where a stranger's error at the gateway's own host is thousands of characters long", async () => {
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
    await rm(folder, { recursive: true });
  });
});

describe("a stranger's words act on nothing", () => {
  const ACTING = /[^\P{Cc}\t\n]|[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Cs}/u;

  /** Every text in a report, wherever it stands. */
  function textsOf(value: unknown): readonly string[] {
    if (typeof value === "string") return [value];
    if (typeof value !== "object" || value === null) return [];
    return Object.values(value).flatMap(textsOf);
  }

  it.each<[string, string]>([
    ["a terminal's escapes", "\u001b[31mred\u001b]0;title\u0007\u009b2J"],
    ["turned text", "\u202egnp.exe\u202c \u2066x\u2069 \u200fy \u061c"],
    ["hidden text", "se\u200bcret \u2060\ufeff \u{e0041}"],
    ["broken text", "half \ud83d of it"],
    ["nulls and carriage returns", "a\u0000b\rc"],
  ])("%s", async (_, words) => {
    const { report } = await against(
      wholeResponse("401 No", JSON.stringify({ error: { message: words } }), JSON_TYPE),
    );
    const asItIs = await against(
      wholeResponse("401 No", words, { ...JSON_TYPE, "x-said": "\u009b31m" }),
    );
    expect(report.diagnosis?.meaning).toMatch(/␛|\[U\+[0-9A-F]{4}|\u2400/);
    for (const text of [...textsOf(report), ...textsOf(asItIs.report)]) {
      expect(text).not.toMatch(ACTING);
    }
  });

  const NO_UTF8 = Buffer.from([0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0xf5, 0x80, 0xe2, 0x80]);

  it("bytes that are no UTF-8", async () => {
    const bytes = Buffer.concat([Buffer.from("{"), NO_UTF8]);
    const { report } = await against(wholeResponse("401 No", bytes, JSON_TYPE));
    expect(report.raw?.body).toMatch(/^\{\ufffd+$/);
    expect(report.diagnosis?.rule).toBe("status_unauthorized");
  });

  it("bytes that are no UTF-8 in a message, in a stream, and in headers", async () => {
    const message = Buffer.concat([
      Buffer.from('{"error":{"message":"no '),
      NO_UTF8,
      Buffer.from(' way"}}'),
    ]);
    const said = await against(wholeResponse("401 No", message, JSON_TYPE));
    expect(said.report.diagnosis?.meaning).toMatch(/no \ufffd+ way/);

    const stream = Buffer.concat([
      Buffer.from('data: {"model":"m","choices":[{"delta":{"content":"'),
      NO_UTF8,
      Buffer.from(`"}}]}\n\n${CHAT_STREAM}`),
    ]);
    const streamed = await against(wholeResponse("200 OK", stream, STREAM));
    expect(streamed.report).toMatchObject({ ok: true, status: 200 });
    expect(streamed.report.raw?.body).toContain("\ufffd");

    const named = await against(
      wholeResponse("401 No", "{}", {
        "cf-aig-log-id": NO_UTF8.toString("latin1"),
        "x-said": "\u00ff",
      }),
    );
    expect(named.report).toMatchObject({ ok: false, status: 401, verdict: "bypassed" });
    for (const { report } of [said, streamed, named]) {
      for (const text of textsOf(report)) expect(text).not.toMatch(ACTING);
    }
  });

  it("a key with such bytes between its letters", async () => {
    const inside = Buffer.concat([
      Buffer.from(`{"error":{"message":"${KEY.slice(0, 20)}`),
      Buffer.from([0xff]),
      Buffer.from(`${KEY.slice(20)} and ${KEY}"}}`),
    ]);
    const { report } = await against(wholeResponse("401 No", inside, JSON_TYPE));
    expect(JSON.stringify(report)).not.toContain(KEY);
  });

  it("a page with a script is text like any other", async () => {
    const page = "<html><script>alert(1)</script><img src=x onerror=alert(1)>";
    const { report } = await against(
      wholeResponse("403 No", page, { "content-type": "text/html" }),
    );
    expect(report.diagnosis?.rule).toBe("html");
    expect(report.raw?.body).toBe(page);
  });

  it("names that objects have by nature change no object", async () => {
    const events =
      'data: {"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}\n\n';
    await against(wholeResponse("200 OK", events, { ...STREAM, constructor: "2" }));
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });
});

describe("a status that no standard has is reported as it is", () => {
  it.each([999, 600, 799])("%i", async (status) => {
    const { report } = await against(wholeResponse(`${status} Odd`, "{}"));
    expect(report).toMatchObject({ status, verdict: "direct", ok: false });
  });

  it.each(["101 Switching Protocols", "000 None"])("or as no HTTP at all: %s", async (status) => {
    const { report } = await against(wholeResponse(status, ""));
    expect(report).toMatchObject({ status: null, verdict: "unreachable" });
    expect(report.diagnosis?.rule).toBe("not_http");
  });

  it("with control characters behind it", async () => {
    const { report } = await against(wholeResponse("401 \u001b[31mred", "{}"));
    expect(report).toMatchObject({ status: 401, verdict: "direct" });
  });
});

describe("the key goes to one host, once", () => {
  const STATUSES = [301, 302, 303, 307, 308] as const;
  let second: HostileHost;
  beforeEach(async () => {
    second = await hostile(wholeResponse("200 OK", CHAT_STREAM, STREAM));
  });

  describe.each<[string, (port: string) => string]>([
    ["another host on this computer", (port) => `http://127.0.0.1:${port}/v1/chat/completions`],
    ["this computer by its name", (port) => `http://localhost:${port}/`],
    ["this computer in another spelling", (port) => `http://2130706433:${port}/`],
    ["this computer over IPv6", (port) => `http://[::ffff:127.0.0.1]:${port}/`],
    ["a stranger with a name in front", (port) => `http://api.openai.com@127.0.0.1:${port}/`],
    ["a stranger without a scheme", (port) => `//127.0.0.1:${port}/x`],
    ["a file", () => "file:///etc/passwd"],
    ["a file in Windows' spelling", () => "file:\\\\server\\share"],
    ["data", () => "data:text/event-stream,data: [DONE]"],
    ["script", () => "javascript:alert(1)"],
    ["the app's own page", () => "app://mux-settings/index.html"],
  ])("when it is sent on to %s", (_, place) => {
    it.each(STATUSES)("with a %i", async (status) => {
      const location = place(new URL(second.origin).port);
      const { report, host } = await against(
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

  it("also by a host's own fetch, which is told not to follow", async () => {
    const first = await hostile(wholeResponse("307 Elsewhere", "", { location: second.origin }));
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

  it("whatever tools a model asks for", async () => {
    const call = {
      tool_calls: [
        { index: 0, id: "1", type: "function", function: { name: "fetch", arguments: "{}" } },
      ],
    };
    const events = `data: ${JSON.stringify({ choices: [{ delta: call, finish_reason: "tool_calls" }] })}\n\ndata: [DONE]\n\n`;
    const { host } = await against(wholeResponse("200 OK", events, STREAM));
    expect(host.requests()).toHaveLength(1);
  });

  it("and no beginning of it is left where a text is cut", async () => {
    for (let before = 180; before < 245; before += 5) {
      const said = `${"x".repeat(before)} ${KEY}`;
      const { report } = await against(wholeResponse("400 Bad", errorOf(said), JSON_TYPE));
      expect(JSON.stringify(report)).not.toContain(KEY.slice(0, 6));
    }
  });

  it("and does not come together again from pieces", async () => {
    const pieces = Array.from(KEY).join("\u200b");
    const { report } = await against(wholeResponse("400 Bad", errorOf(pieces), JSON_TYPE));
    expect(JSON.stringify(report)).not.toContain(KEY.slice(0, 6));
  });
});

it("a host that hangs up while nobody reads its answer does not end the process", async () => {
  // undici 7 throws out of the socket's own event here, where nobody can catch it.
  const uncaught: unknown[] = [];
  const note = (error: unknown): void => void uncaught.push(error);
  process.on("uncaughtException", note);
  const hungUp: Promise<unknown>[] = [];
  const host = await hostile((socket) => {
    const body = Buffer.alloc(64 * 1024, "x");
    const headers = { "content-length": String(body.length), connection: "close" };
    hungUp.push(once(socket, "close"));
    wholeResponse("200 OK", body, headers)(socket);
  });
  const client = await openHttpClient({ env: {}, log: recordingLog() });
  try {
    const answer = await client.fetch(host.origin);
    await Promise.all(hungUp);
    expect(uncaught).toEqual([]);
    expect((await answer.arrayBuffer()).byteLength).toBe(64 * 1024);
  } finally {
    process.off("uncaughtException", note);
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
