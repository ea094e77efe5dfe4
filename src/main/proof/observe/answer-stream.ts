/** What a streamed answer says of itself, on every wire: Anthropic's, OpenAI's two, Google's. */
import { firstAt, isObject, objectAt, parseJson, textOf, type JsonObject } from "./json";

/** The events of a stream that are JSON objects, in order. Broken ones are left out. */
export function streamEvents(text: string): readonly JsonObject[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.startsWith("data:"))
    .map((line) => parseJson(line.slice("data:".length).trim()))
    .filter(isObject);
}

/** The model that the answer says it comes from, or null. */
export function answeredModel(text: string): string | null {
  const whole = parseJson(text);
  for (const event of isObject(whole) ? [whole] : streamEvents(text)) {
    for (const holder of [event, objectAt(event, "message"), objectAt(event, "response")]) {
      const name = textOf(holder["model"]) || textOf(holder["modelVersion"]);
      if (name !== "") return name;
    }
  }
  return null;
}

/** Whether a (part of a) stream holds a piece of the answer, be it thought or said. */
export function holdsToken(text: string): boolean {
  return streamEvents(text).some((event) => pieces(event).some((piece) => textOf(piece) !== ""));
}

/**
 * How a stream says that it has come to its end: `done`, or `refused` when a safety check ended it;
 * null when it does not say so. The SDK is no judge of that: a stream that just stops, or a web page
 * with a 200, is a finished answer to some of its packages.
 */
export function streamEnd(text: string): "done" | "refused" | null {
  const events = streamEvents(text);
  if (events.some(isRefusal)) return "refused";
  return /^data: ?\[DONE\]/m.test(text) || events.some(isEnd) ? "done" : null;
}

/** Anthropic and responses keep them in `delta`, chat in `choices`, Google in `candidates`. */
function pieces(event: JsonObject): readonly unknown[] {
  const delta = objectAt(event, "delta");
  const chat = objectAt(firstAt(event, "choices"), "delta");
  const part = firstAt(objectAt(firstAt(event, "candidates"), "content"), "parts");
  return [
    event["delta"],
    delta["text"],
    delta["thinking"],
    chat["content"],
    chat["reasoning"],
    chat["reasoning_content"],
    part["text"],
  ];
}

const END_TYPES = /^(?:message_stop|response\.completed|response\.incomplete)$/;

function isEnd(event: JsonObject): boolean {
  return (
    END_TYPES.test(textOf(event["type"])) ||
    textOf(firstAt(event, "choices")["finish_reason"]) !== "" ||
    textOf(firstAt(event, "candidates")["finishReason"]) !== ""
  );
}

const REFUSAL_REASONS =
  /^(?:refusal|content_filter|SAFETY|PROHIBITED_CONTENT|BLOCKLIST|RECITATION|SPII)$/;

/** Google blocks a prompt without any candidate, so without a reason to finish. */
function isRefusal(event: JsonObject): boolean {
  const incomplete = objectAt(objectAt(event, "response"), "incomplete_details");
  const reasons = [
    objectAt(event, "delta")["stop_reason"],
    firstAt(event, "choices")["finish_reason"],
    firstAt(event, "candidates")["finishReason"],
    incomplete["reason"],
  ];
  return (
    reasons.some((reason) => REFUSAL_REASONS.test(textOf(reason))) ||
    textOf(objectAt(event, "promptFeedback")["blockReason"]) !== ""
  );
}
