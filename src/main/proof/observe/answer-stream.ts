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

/** Whether a stream has the line that ends OpenAI's chat and its like. */
export function saysDone(text: string): boolean {
  return /^data: ?\[DONE\]/m.test(text);
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
