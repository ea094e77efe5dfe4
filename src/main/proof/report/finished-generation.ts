/** Decides whether a generation finished normally, from the recorded response and the AI SDK's result. */
import { classifyResponse } from "../observe/response-body";
import { readResponseEnd, type ResponseEnd } from "../observe/response-end";
import type { Exchange } from "../observe/exchange";

/** The end of the generation as the AI SDK reports it. */
export interface Generation {
  /** The SDK's finish reason ("stop", "length", "content-filter" …); null without an end. */
  readonly finishReason: string | null;
  /** The provider's own finish reason, or null. */
  readonly rawFinishReason: string | null;
  /** The SDK's error message, or null. */
  readonly error: string | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
}

export interface EndedGeneration {
  readonly generation: Generation;
  /** The time limit in milliseconds if it was reached, else null. */
  readonly timedOutAfterMs: number | null;
}

/**
 * Whether the generation ended normally: the response is complete and without an error, its finish
 * reason is documented as normal for its wire format, and the SDK agrees.
 */
export function isFinished(
  { generation, timedOutAfterMs }: EndedGeneration,
  exchange: Exchange | null,
): boolean {
  if (exchange === null || exchange.status === null || timedOutAfterMs !== null) return false;
  if (exchange.status < 200 || exchange.status >= 300 || !exchange.complete) return false;
  if (exchange.failure !== null || generation.error !== null) return false;
  if (classifyResponse(exchange).kind !== "other") return false;
  return sdkAgrees(generation, readResponseEnd(exchange));
}

const NORMAL_FOR_SDK: ReadonlySet<string | null> = new Set(["stop", "length", "tool-calls"]);

/** The SDK reports "other" for unknown reasons, including documented ones of some vendors. */
function sdkAgrees({ finishReason, rawFinishReason }: Generation, end: ResponseEnd): boolean {
  if (end.kind !== "normal") return false;
  if (NORMAL_FOR_SDK.has(finishReason)) return true;
  return end.unknownToSdk && finishReason === "other" && rawFinishReason === end.reason;
}
