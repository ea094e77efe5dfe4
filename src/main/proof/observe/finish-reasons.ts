/** The documented finish reasons of each wire format, and which of them are normal. */

/** The wire formats that the providers' AI SDK packages use. */
export type Wire = "chat" | "responses" | "messages" | "generateContent";

/**
 * `normal`: the generation finished or reached its token limit; `refused`: a content filter ended
 * it; `shortage`: the provider ran out of resources; `failed`: an error ended it; `unusual`: any
 * other reason, including undocumented ones.
 */
export type EndKind = "normal" | "refused" | "shortage" | "failed" | "unusual";

export interface FinishReason {
  readonly wire: Wire;
  /** As written on the wire; for responses the status, with the reason of an incomplete one. */
  readonly reason: string;
  readonly end: EndKind;
  /** The AI SDK's package does not know it and reports "other". */
  readonly unknownToSdk?: true;
  /** Where the reason is documented. */
  readonly source: string;
}

const OPENAI_CHAT = "platform.openai.com/docs/api-reference/chat-streaming, finish_reason";
const OPENAI_RESPONSES = "platform.openai.com/docs/api-reference/responses/object, status";
const ANTHROPIC = "platform.claude.com/docs/en/build-with-claude/handling-stop-reasons";
const GOOGLE = "ai.google.dev/api/generate-content, FinishReason";
const DEEPSEEK = "api-docs.deepseek.com/api/create-chat-completion, finish_reason";
const OPENROUTER = "openrouter.ai/docs/api-reference/overview, finish reason";
const MISTRAL = "docs.mistral.ai/api, CompletionResponseStreamChoice";
const TOGETHER = "docs.together.ai/reference/chat-completions, finish_reason";
const VLLM = "docs.vllm.ai, vllm.v1.engine, FinishReason; SGLang has the same";
const WATSONX = "cloud.ibm.com/apidocs/watsonx-ai, TextChatResultChoice";
const ZAI = "docs.z.ai/api-reference/llm/chat-completion, finish_reason";

/** Every documented reason, once per wire format. */
export const FINISH_REASONS: readonly FinishReason[] = [
  ...rows("chat", "normal", OPENAI_CHAT, ["stop", "length", "tool_calls", "function_call"]),
  ...rows("chat", "refused", OPENAI_CHAT, ["content_filter"]),
  ...rows("chat", "shortage", DEEPSEEK, ["insufficient_system_resource"]),
  ...rows("chat", "failed", OPENROUTER, ["error"]),
  // The limit of the model's context, similar to "length".
  { wire: "chat", reason: "model_length", end: "normal", unknownToSdk: true, source: MISTRAL },
  { wire: "chat", reason: "eos", end: "normal", unknownToSdk: true, source: TOGETHER },
  ...rows("chat", "failed", VLLM, ["abort"]),
  ...rows("chat", "failed", WATSONX, ["cancelled", "time_limit"]),
  ...rows("chat", "failed", ZAI, ["network_error"]),
  ...rows("chat", "refused", ZAI, ["sensitive"]),

  ...rows("responses", "normal", OPENAI_RESPONSES, ["completed", "incomplete: max_output_tokens"]),
  ...rows("responses", "refused", OPENAI_RESPONSES, ["incomplete: content_filter"]),
  ...rows("responses", "failed", OPENAI_RESPONSES, ["failed", "cancelled"]),
  ...rows("responses", "unusual", OPENAI_RESPONSES, ["incomplete", "in_progress", "queued"]),

  ...rows("messages", "normal", ANTHROPIC, [
    "end_turn",
    "max_tokens",
    "stop_sequence",
    "tool_use",
    "pause_turn",
    "model_context_window_exceeded",
  ]),
  ...rows("messages", "refused", ANTHROPIC, ["refusal"]),
  // Only for requests that enable compaction, which a route test does not.
  ...rows("messages", "unusual", "platform.claude.com/docs/en/build-with-claude/compaction", [
    "compaction",
  ]),

  ...rows("generateContent", "normal", GOOGLE, ["STOP", "MAX_TOKENS"]),
  ...rows("generateContent", "refused", GOOGLE, [
    "SAFETY",
    "RECITATION",
    "BLOCKLIST",
    "PROHIBITED_CONTENT",
    "SPII",
    "IMAGE_SAFETY",
    "IMAGE_PROHIBITED_CONTENT",
    "IMAGE_RECITATION",
  ]),
  ...rows("generateContent", "failed", GOOGLE, [
    "MALFORMED_FUNCTION_CALL",
    "MALFORMED_RESPONSE",
    "UNEXPECTED_TOOL_CALL",
    "TOO_MANY_TOOL_CALLS",
    "MISSING_THOUGHT_SIGNATURE",
  ]),
  ...rows("generateContent", "unusual", GOOGLE, [
    "FINISH_REASON_UNSPECIFIED",
    "LANGUAGE",
    "OTHER",
    "IMAGE_OTHER",
    "NO_IMAGE",
  ]),
  // More of the response follows, with another finish reason.
  ...rows("generateContent", "unusual", "@ai-sdk/google, mapGoogleFinishReason", ["CONTINUATION"]),
];

const BY_NAME: ReadonlyMap<string, FinishReason> = new Map(
  FINISH_REASONS.map((row) => [`${row.wire} ${row.reason}`, row]),
);

/** The row of a reason, or null for an undocumented one. */
export function documentedReason(wire: Wire, reason: string): FinishReason | null {
  return BY_NAME.get(`${wire} ${reason}`) ?? null;
}

function rows(
  wire: Wire,
  end: EndKind,
  source: string,
  reasons: readonly string[],
): readonly FinishReason[] {
  return reasons.map((reason) => ({ wire, reason, end, source }));
}
