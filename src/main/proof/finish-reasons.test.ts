import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import type { ProviderConfig } from "../mux/provider-config";
import { readResponseEnd } from "./observe/response-end";
import { FINISH_REASONS, type Wire } from "./observe/finish-reasons";
import {
  openInterceptingProxy,
  type Reply,
  type InterceptingProxy,
} from "./testing/intercepting-proxy";
import { provider, recordingLog } from "./testing/provider";
import { CHAT_STREAM, RESPONSES_STREAM, streamEndedWith } from "./testing/wire-formats";
import { probeRoute } from "./probe-route";

const CHAT = provider("mine", { baseUrl: "https://llm.example.com/v1" });
const OPENAI_CHAT = provider("openai", { wireFormat: "chatCompletions" });
const DEEPSEEK = provider("deepseek");
const OPENROUTER = provider("openrouter");
const RESPONSES = provider("openai");
const XAI = provider("xai");
const MESSAGES = provider("anthropic");
const GOOGLE = provider("google");

const PATHS: Readonly<Record<Wire, string>> = {
  chat: "/chat/completions",
  responses: "/responses",
  messages: "/messages",
  generateContent: ":streamGenerateContent",
};

const OK = "ok";
const NOT_NORMAL = "ended_unusually";
const FAILED = "ended_by_error";
const FILTERED = "filtered";
const SHORTAGE = "ended_by_shortage";
const NO_REASON = "ended_without_reason";

/** Every reason in the SDK's packages and the providers' documentation, and some unknown ones. */
const TABLE: readonly (readonly [Wire, reason: string | null, ProviderConfig[], result: string])[] =
  [
    ["chat", "stop", [CHAT, OPENAI_CHAT, DEEPSEEK, OPENROUTER], OK],
    ["chat", "length", [CHAT, OPENAI_CHAT, DEEPSEEK, OPENROUTER], OK],
    ["chat", "tool_calls", [CHAT, OPENAI_CHAT, DEEPSEEK, OPENROUTER], OK],
    ["chat", "function_call", [CHAT, OPENAI_CHAT, OPENROUTER], OK],
    ["chat", "model_length", [CHAT], OK],
    ["chat", "eos", [CHAT], OK],
    ["chat", "content_filter", [CHAT, OPENAI_CHAT, DEEPSEEK, OPENROUTER], FILTERED],
    ["chat", "sensitive", [CHAT], FILTERED],
    ["chat", "insufficient_system_resource", [DEEPSEEK, CHAT, OPENROUTER], SHORTAGE],
    ["chat", "error", [OPENROUTER, CHAT, OPENAI_CHAT, DEEPSEEK], FAILED],
    ["chat", "abort", [CHAT, OPENAI_CHAT], FAILED],
    ["chat", "cancelled", [CHAT], FAILED],
    ["chat", "time_limit", [CHAT], FAILED],
    ["chat", "network_error", [CHAT], FAILED],
    ["chat", "a_new_reason", [CHAT, OPENAI_CHAT, DEEPSEEK, OPENROUTER], NOT_NORMAL],
    ["chat", "STOP", [CHAT], NOT_NORMAL],
    ["chat", "end_turn", [CHAT], NOT_NORMAL],
    ["chat", "toString", [CHAT], NOT_NORMAL],
    ["chat", "", [CHAT, OPENAI_CHAT, DEEPSEEK, OPENROUTER], NO_REASON],
    ["chat", null, [CHAT, OPENAI_CHAT, DEEPSEEK, OPENROUTER], NO_REASON],

    ["responses", "completed", [RESPONSES, XAI], OK],
    ["responses", "incomplete: max_output_tokens", [RESPONSES, XAI], OK],
    ["responses", "incomplete: content_filter", [RESPONSES, XAI], FILTERED],
    ["responses", "incomplete: length", [XAI], NOT_NORMAL],
    ["responses", "incomplete: a_new_reason", [RESPONSES, XAI], NOT_NORMAL],
    ["responses", "incomplete", [RESPONSES, XAI], NOT_NORMAL],
    ["responses", "failed", [RESPONSES, XAI], FAILED],
    ["responses", "cancelled", [RESPONSES, XAI], FAILED],
    ["responses", "in_progress", [RESPONSES, XAI], NOT_NORMAL],
    ["responses", "queued", [RESPONSES], NOT_NORMAL],
    ["responses", "stop", [XAI], NOT_NORMAL],
    ["responses", "length", [XAI], NOT_NORMAL],
    ["responses", "max_output_tokens", [XAI], NOT_NORMAL],
    ["responses", "tool_calls", [XAI], NOT_NORMAL],
    ["responses", "function_call", [XAI], NOT_NORMAL],
    ["responses", "content_filter", [XAI], NOT_NORMAL],
    ["responses", "a_new_status", [RESPONSES, XAI], NOT_NORMAL],

    ["messages", "end_turn", [MESSAGES], OK],
    ["messages", "max_tokens", [MESSAGES], OK],
    ["messages", "stop_sequence", [MESSAGES], OK],
    ["messages", "tool_use", [MESSAGES], OK],
    ["messages", "pause_turn", [MESSAGES], OK],
    ["messages", "model_context_window_exceeded", [MESSAGES], OK],
    ["messages", "refusal", [MESSAGES], FILTERED],
    ["messages", "compaction", [MESSAGES], NOT_NORMAL],
    ["messages", "a_new_reason", [MESSAGES], NOT_NORMAL],
    ["messages", null, [MESSAGES], NO_REASON],

    ["generateContent", "STOP", [GOOGLE], OK],
    ["generateContent", "MAX_TOKENS", [GOOGLE], OK],
    ["generateContent", "SAFETY", [GOOGLE], FILTERED],
    ["generateContent", "RECITATION", [GOOGLE], FILTERED],
    ["generateContent", "BLOCKLIST", [GOOGLE], FILTERED],
    ["generateContent", "PROHIBITED_CONTENT", [GOOGLE], FILTERED],
    ["generateContent", "SPII", [GOOGLE], FILTERED],
    ["generateContent", "IMAGE_SAFETY", [GOOGLE], FILTERED],
    ["generateContent", "IMAGE_PROHIBITED_CONTENT", [GOOGLE], FILTERED],
    ["generateContent", "IMAGE_RECITATION", [GOOGLE], FILTERED],
    ["generateContent", "MALFORMED_FUNCTION_CALL", [GOOGLE], FAILED],
    ["generateContent", "MALFORMED_RESPONSE", [GOOGLE], FAILED],
    ["generateContent", "UNEXPECTED_TOOL_CALL", [GOOGLE], FAILED],
    ["generateContent", "TOO_MANY_TOOL_CALLS", [GOOGLE], FAILED],
    ["generateContent", "MISSING_THOUGHT_SIGNATURE", [GOOGLE], FAILED],
    ["generateContent", "FINISH_REASON_UNSPECIFIED", [GOOGLE], NOT_NORMAL],
    ["generateContent", "LANGUAGE", [GOOGLE], NOT_NORMAL],
    ["generateContent", "OTHER", [GOOGLE], NOT_NORMAL],
    ["generateContent", "IMAGE_OTHER", [GOOGLE], NOT_NORMAL],
    ["generateContent", "NO_IMAGE", [GOOGLE], NOT_NORMAL],
    ["generateContent", "CONTINUATION", [GOOGLE], NOT_NORMAL],
    ["generateContent", "A_NEW_REASON", [GOOGLE], NOT_NORMAL],
    ["generateContent", "stop", [GOOGLE], NOT_NORMAL],
    ["generateContent", null, [GOOGLE], "truncated"],
  ];

let proxy: InterceptingProxy;
beforeAll(async () => {
  proxy = await openInterceptingProxy();
});
afterEach(() => proxy.reset());
afterAll(() => proxy.close());

/** The result of a probe that gets this reply: "ok", or the rule of its diagnosis. */
async function resultOf(config: ProviderConfig, reply: Reply): Promise<string> {
  proxy.respondWith(() => reply);
  const probed = await probeRoute({
    provider: config,
    route: "saved",
    env: proxy.env,
    log: recordingLog(),
    // Older Grok models use chat completions.
    model: config === XAI ? "grok-4.5" : "the-model",
  });
  if (!probed.success) throw new Error(probed.error.message);
  const { ok, diagnosis } = probed.data;
  return ok
    ? `${OK}${diagnosis === null ? "" : ", with a diagnosis"}`
    : (diagnosis?.rule ?? "none");
}

describe("finish reasons", () => {
  const rows = TABLE.flatMap(([wire, reason, configs, result]) =>
    configs.map((config) => [wire, config.id, reason, result, config] as const),
  );
  it.each(rows)("of %s: %s with %j results in %s", async (wire, _, reason, result, config) => {
    expect(await resultOf(config, { body: streamEndedWith(PATHS[wire], reason) })).toBe(result);
  });

  it("are all in this test's table, each once", () => {
    const covered = new Set(TABLE.map(([wire, reason]) => `${wire} ${reason}`));
    const names = FINISH_REASONS.map(({ wire, reason }) => `${wire} ${reason}`);
    expect(names.filter((name) => !covered.has(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  const require = createRequire(import.meta.url);
  it.each<[Wire, string, string, prefix: string]>([
    ["chat", "@ai-sdk/openai", "mapOpenAIFinishReason", ""],
    ["chat", "@ai-sdk/openai-compatible", "mapOpenAICompatibleFinishReason", ""],
    ["chat", "@ai-sdk/deepseek", "mapDeepSeekFinishReason", ""],
    ["chat", "@openrouter/ai-sdk-provider", "mapToUnified", ""],
    ["responses", "@ai-sdk/openai", "mapOpenAIResponseFinishReason", "incomplete: "],
    ["responses", "@ai-sdk/xai", "mapXaiResponsesFinishReason", ""],
    ["messages", "@ai-sdk/anthropic", "mapAnthropicStopReason", ""],
    ["generateContent", "@ai-sdk/google", "mapGoogleFinishReason", ""],
  ])("of %s are in this test's table when %s maps them in %s", async (wire, name, map, prefix) => {
    const source = await readFile(require.resolve(name), "utf8");
    const [, body = ""] =
      new RegExp(`function ${map}(?:\\$1)?\\(([^]*?)default:`).exec(source) ?? [];
    const named = [...body.matchAll(/case "(\w+)"/g)].map(([, reason]) => `${prefix}${reason}`);
    const ofWire = TABLE.filter(([each]) => each === wire);
    const covered = new Set(ofWire.map(([, reason]) => reason));
    expect(named.length).toBeGreaterThan(1);
    expect(named.filter((reason) => !covered.has(reason))).toEqual([]);
  });
});

describe("a final event whose name and status differ", () => {
  const ended = (type: string, response: object) =>
    RESPONSES_STREAM.replace(
      /data: \{"type":"response\.completed".*\n\n$/,
      `data: ${JSON.stringify({ type, response: { usage: null, ...response } })}\n\n`,
    );
  const cut = { incomplete_details: { reason: "max_output_tokens" } };

  it.each<[string, object, string]>([
    ["response.completed", { status: "failed" }, FAILED],
    ["response.failed", { status: "completed" }, FAILED],
    ["response.failed", cut, FAILED],
    ["response.incomplete", { status: "completed" }, NOT_NORMAL],
    ["response.completed", { status: "in_progress" }, NOT_NORMAL],
    ["response.incomplete", { status: "incomplete", ...cut }, OK],
  ])("succeeds only when both are normal: %s with %j", async (type, response, result) => {
    expect(await resultOf(RESPONSES, { body: ended(type, response) })).toBe(result);
  });
});

describe("a choice with an error", () => {
  it("is diagnosed from the provider's message", async () => {
    const choice = {
      index: 0,
      delta: { content: "" },
      finish_reason: "error",
      error: { code: 502, message: "Insufficient credits" },
    };
    const body = `data: ${JSON.stringify({ id: "gen-1", choices: [choice] })}\n\ndata: [DONE]\n\n`;
    expect(await resultOf(OPENROUTER, { body })).toBe("provider_no_credit");
  });
});

describe("a refusal of the model", () => {
  it("fails when the finish reason is normal", async () => {
    const refusal = {
      choices: [{ index: 0, delta: { refusal: "I cannot." }, finish_reason: null }],
    };
    const body = `data: ${JSON.stringify(refusal)}\n\n${CHAT_STREAM}`;
    for (const config of [CHAT, OPENAI_CHAT]) {
      expect(await resultOf(config, { body })).toBe(FILTERED);
    }
  });
});

describe("the AI SDK's result", () => {
  const place = { item_id: "item_1", output_index: 0, content_index: 0 };
  const refusal = { type: "response.refusal.delta", ...place, delta: "I cannot." };

  it("fails a response with a refusal when its end is normal", async () => {
    const body = RESPONSES_STREAM.replace(
      /data: .*output_text\.delta.*\n\n/,
      `data: ${JSON.stringify(refusal)}\n\n`,
    );
    expect(await resultOf(RESPONSES, { body })).toBe(FILTERED);
  });

  it("fails a response when its status is missing", async () => {
    const body = RESPONSES_STREAM.replace(
      /"status":"completed"(?=,"output":\[\{)/,
      '"status":null',
    );
    expect(await resultOf(XAI, { body })).toBe("malformed");
  });
});

describe("a response longer than the kept head", () => {
  const word = (content: string) =>
    `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`;
  const wordOf = (kib: number) => word("w".repeat(kib * 1024 - word("").length));
  /** A few long words and the rest in short ones, because every word takes time. */
  const words = (kib: number) =>
    wordOf(16).repeat(Math.floor(kib / 16)) + wordOf(1).repeat(kib % 16);
  const end = (reason: string | null) => streamEndedWith(PATHS.chat, reason);

  it.each([65, 200, 320, 321, 1500])("succeeds when %i KiB end normally", async (kib) => {
    expect(await resultOf(CHAT, { body: `${words(kib)}${end("stop")}` })).toBe(OK);
  });

  it.each([63, 64, 65, 200, 321, 1500])(
    "fails when a content filter ends it after %i KiB",
    async (kib) => {
      expect(await resultOf(CHAT, { body: `${words(kib)}${end("content_filter")}` })).toBe(
        FILTERED,
      );
    },
  );

  it("fails when the content filter is in the middle, where only the SDK reads it", async () => {
    const body = `${words(100)}${end("content_filter").replace("data: [DONE]\n\n", "")}`;
    expect(await resultOf(CHAT, { body: `${body}${": wait\n\n".repeat(40_000)}` })).toBe(FILTERED);
  });

  it("fails when an error arrives after 200 KiB", async () => {
    const error = `data: ${JSON.stringify({ error: { message: "Overloaded" } })}\n\n`;
    expect(await resultOf(CHAT, { body: `${words(200)}${error}${end("stop")}` })).toBe(
      "provider_overloaded",
    );
  });

  it.each([
    ["an unknown reason", "a_new_reason", NOT_NORMAL],
    ["no reason", null, NO_REASON],
  ])("fails when %s ends it after 400 KiB", async (_, reason, result) => {
    expect(await resultOf(CHAT, { body: `${words(400)}${end(reason)}` })).toBe(result);
  });

  it("fails when it is cut off after 400 KiB", async () => {
    expect(await resultOf(CHAT, { body: words(400) })).toBe("truncated");
  });

  it("succeeds when the last event alone has 200 KiB", async () => {
    const body = RESPONSES_STREAM.replace(
      /(response\.completed.*"text":")OK/,
      `$1${"w".repeat(200_000)}`,
    );
    expect(body.length).toBeGreaterThan(200_000);
    expect(await resultOf(RESPONSES, { body })).toBe(OK);
  });

  it("fails when it exceeds the limit", async () => {
    expect(await resultOf(CHAT, { body: `${words(2100)}${end("stop")}` })).toBe("answer_too_long");
  });
});

describe("an empty response with HTTP 200", () => {
  const all = [CHAT, OPENAI_CHAT, DEEPSEEK, OPENROUTER, RESPONSES, XAI, MESSAGES, GOOGLE];

  it.each(["", "\n\n"])("fails when the body is %j", async (body) => {
    for (const config of all) expect(await resultOf(config, { body })).toBe("empty_answer");
  });

  it("fails when it has only the [DONE] line", async () => {
    for (const config of all) {
      expect(await resultOf(config, { body: "data: [DONE]\n\n" })).toBe(NO_REASON);
    }
  });

  it("fails when it has only comments", async () => {
    for (const config of all) {
      expect(await resultOf(config, { body: ": PROCESSING\n\n" })).toBe("malformed");
    }
  });
});

describe("the last of several finish reasons", () => {
  const candidate = (finishReason: string) =>
    `data: ${JSON.stringify({ candidates: [{ content: { parts: [{ text: "O" }] }, finishReason }] })}\n\n`;
  const read = (...reasons: readonly string[]) =>
    readResponseEnd({ text: reasons.map(candidate).join("") });

  it("counts when the others are normal or a continuation", () => {
    expect(read("STOP", "MAX_TOKENS")).toMatchObject({ kind: "normal", reason: "MAX_TOKENS" });
    expect(read("CONTINUATION", "STOP")).toMatchObject({ kind: "normal", reason: "STOP" });
    expect(read("STOP", "CONTINUATION")).toMatchObject({ kind: "unusual" });
  });

  it("does not count when a refusal or an error came before it", () => {
    expect(read("SAFETY", "STOP")).toMatchObject({ kind: "refused", reason: "SAFETY" });
    expect(read("MALFORMED_RESPONSE", "STOP")).toMatchObject({ kind: "failed" });
  });

  it("counts per choice when there are several", () => {
    const choices = [
      { index: 0, delta: {}, finish_reason: "stop" },
      { index: 1, delta: {}, finish_reason: "strange" },
    ];
    const body = `data: ${JSON.stringify({ choices })}\n\n`;
    expect(readResponseEnd({ text: body })).toMatchObject({
      kind: "unusual",
      reason: "strange",
    });
  });
});
