/** Decides whether a generation is finished: on the wire and for the AI SDK, as two witnesses. */
import { readAnswer } from "../observe/answer-body";
import { answerEnd, type AnswerEnd } from "../observe/answer-end";
import type { Exchange } from "../observe/exchange";

/** How the AI SDK saw the generation end. */
export interface Generation {
  /** In the SDK's words ("stop", "length", "content-filter" …); null when it came to no end. */
  readonly finishReason: string | null;
  /** In the provider's words, or null. */
  readonly rawFinishReason: string | null;
  /** What the SDK said was wrong, or null. */
  readonly error: string | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
}

export interface Ended {
  readonly generation: Generation;
  /** The time limit in milliseconds when it ran out, else null. */
  readonly outOfTime: number | null;
}

/**
 * Whether the generation came to a normal end: the answer arrived whole, names a reason that its wire
 * format documents as normal, holds no error, and the SDK agrees. Anything else is a failure.
 */
export function isFinished({ generation, outOfTime }: Ended, exchange: Exchange | null): boolean {
  if (exchange === null || exchange.status === null || outOfTime !== null) return false;
  if (exchange.status < 200 || exchange.status >= 300 || !exchange.complete) return false;
  if (exchange.failure !== null || generation.error !== null) return false;
  if (readAnswer(exchange).kind !== "other") return false;
  return agrees(generation, answerEnd(exchange));
}

const NORMAL_FOR_SDK: ReadonlySet<string | null> = new Set(["stop", "length", "tool-calls"]);

/** "other" is the SDK's word for names that it does not know; a vendor's own name can be one. */
function agrees({ finishReason, rawFinishReason }: Generation, end: AnswerEnd): boolean {
  if (end.kind !== "normal") return false;
  if (NORMAL_FOR_SDK.has(finishReason)) return true;
  return end.unknownToSdk && finishReason === "other" && rawFinishReason === end.reason;
}
