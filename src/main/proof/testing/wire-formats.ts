/** For tests: the shortest valid response in each wire format. */

/** The model that every response here names. */
export const ANSWERING_MODEL = "the-model-2026-01-01";

function events(...data: readonly unknown[]): string {
  return data
    .map((event) => `data: ${typeof event === "string" ? event : JSON.stringify(event)}\n\n`)
    .join("");
}

/** Anthropic's messages. */
export const ANTHROPIC_STREAM = events(
  {
    type: "message_start",
    message: {
      id: "msg_1",
      type: "message",
      role: "assistant",
      model: ANSWERING_MODEL,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 9, output_tokens: 1 },
    },
  },
  { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
  { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "OK" } },
  { type: "content_block_stop", index: 0 },
  {
    type: "message_delta",
    delta: { stop_reason: "end_turn", stop_sequence: null },
    usage: { output_tokens: 4 },
  },
  { type: "message_stop" },
);

/** OpenAI's and xAI's responses. */
export const RESPONSES_STREAM = events(
  { type: "response.created", response: response("in_progress", []) },
  {
    type: "response.output_item.added",
    output_index: 0,
    item: { type: "message", id: "item_1", role: "assistant", status: "in_progress", content: [] },
  },
  {
    type: "response.output_text.delta",
    item_id: "item_1",
    output_index: 0,
    content_index: 0,
    delta: "OK",
  },
  { type: "response.output_item.done", output_index: 0, item: outputMessage() },
  { type: "response.completed", response: response("completed", [outputMessage()]) },
);

/** OpenAI's chat completions, also used by compatible providers. */
export const CHAT_STREAM = events(
  chat({ delta: { role: "assistant", content: "OK" }, finish_reason: null }),
  {
    ...chat({ delta: {}, finish_reason: "stop" }),
    usage: { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 },
  },
  "[DONE]",
);

/** Google's generateContent. */
export const GOOGLE_STREAM = events({
  candidates: [{ content: { parts: [{ text: "OK" }], role: "model" }, finishReason: "STOP" }],
  modelVersion: ANSWERING_MODEL,
  usageMetadata: { promptTokenCount: 9, candidatesTokenCount: 4, totalTokenCount: 13 },
});

/** The response in the wire format of a request's path. */
export function streamFor(path: string): string {
  if (path.endsWith("/messages")) return ANTHROPIC_STREAM;
  if (path.endsWith("/responses")) return RESPONSES_STREAM;
  return path.includes(":streamGenerateContent") ? GOOGLE_STREAM : CHAT_STREAM;
}

/** The response in the wire format of the path, with another finish reason. */
export function streamEndedWith(path: string, reason: string | null): string {
  const stream = streamFor(path);
  const quoted = JSON.stringify(reason);
  if (path.endsWith("/responses")) return endedResponse(reason);
  return stream
    .replace('"finish_reason":"stop"', `"finish_reason":${quoted}`)
    .replace('"stop_reason":"end_turn"', `"stop_reason":${quoted}`)
    .replace('"finishReason":"STOP"', `"finishReason":${quoted}`);
}

/** `reason` is a status, or `incomplete: <reason>` for an incomplete response. */
function endedResponse(reason: string | null): string {
  const [status = "", why] = (reason ?? "").split(": ");
  const named = ["completed", "incomplete", "failed"].includes(status) ? status : "completed";
  const last = {
    type: `response.${named}`,
    response: {
      ...response("completed", [outputMessage()]),
      status: reason === null ? undefined : status,
      incomplete_details: why === undefined ? null : { reason: why },
      error: null,
    },
  };
  return RESPONSES_STREAM.replace(/data: \{"type":"response\.completed".*\n\n$/, events(last));
}

/** The body of an AI Gateway error, in the older shape. */
export function gatewayError(code: number, message: string): string {
  return JSON.stringify({ success: false, result: [], messages: [], error: [{ code, message }] });
}

/** The body of an AI Gateway error, in the newer shape. */
export function namedGatewayError(code: number, status: number, message: string): string {
  return JSON.stringify({
    success: false,
    result: [],
    messages: [],
    error: [{ code, message }],
    name: "AiGatewayError",
    httpCode: status,
    internalCode: code,
    message,
    description: message,
  });
}

/** The body of an error from Cloudflare's API, which sits in front of the gateway. */
export function apiError(code: number, message: string): string {
  return JSON.stringify({
    result: null,
    success: false,
    errors: [{ code, message }],
    messages: [],
  });
}

function response(status: string, output: readonly unknown[]) {
  return {
    id: "resp_1",
    object: "response",
    created_at: 1_790_000_000,
    model: ANSWERING_MODEL,
    status,
    output,
    usage: status === "completed" ? { input_tokens: 9, output_tokens: 4, total_tokens: 13 } : null,
  };
}

function outputMessage() {
  return {
    type: "message",
    id: "item_1",
    role: "assistant",
    status: "completed",
    content: [{ type: "output_text", text: "OK", annotations: [] }],
  };
}

function chat(choice: { readonly delta: unknown; readonly finish_reason: string | null }) {
  return {
    id: "chat_1",
    object: "chat.completion.chunk",
    created: 1_790_000_000,
    model: ANSWERING_MODEL,
    choices: [{ index: 0, ...choice }],
  };
}
