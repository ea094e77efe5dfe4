/** Reads streamed responses in each wire format: Anthropic's, both of OpenAI's, Google's. */
import { firstAt, isObject, objectAt, parseJson, textOf, type JsonObject } from "./json";

/** The events of a stream that are JSON objects, in order; invalid ones are skipped. */
export function streamEvents(text: string): readonly JsonObject[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.startsWith("data:"))
    .map((line) => parseJson(line.slice("data:".length).trim()))
    .filter(isObject);
}

/** The model that the response names, or null. */
export function respondingModel(text: string): string | null {
  const whole = parseJson(text);
  for (const event of isObject(whole) ? [whole] : streamEvents(text)) {
    for (const holder of [event, objectAt(event, "message"), objectAt(event, "response")]) {
      const name = textOf(holder["model"]) || textOf(holder["modelVersion"]);
      if (name !== "") return name;
    }
  }
  return null;
}

/** Whether a part of a stream contains text or reasoning of the model. */
export function holdsToken(text: string): boolean {
  return streamEvents(text).some((event) =>
    contentPieces(event).some((content) => textOf(content) !== ""),
  );
}

/** Whether a stream has the `[DONE]` line that ends OpenAI's chat format. */
export function hasDoneLine(text: string): boolean {
  return /^data: ?\[DONE\]/m.test(text);
}

/** Anthropic and responses have content in `delta`, chat in `choices`, Google in `candidates`. */
function contentPieces(event: JsonObject): readonly unknown[] {
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
