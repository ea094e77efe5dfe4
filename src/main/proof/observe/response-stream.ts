/** Reads streamed responses in each wire format: Anthropic's, both of OpenAI's, Google's. */
import type { Exchange } from "./exchange";
import { firstAt, isObject, objectAt, parseJson, textOf, type JsonObject } from "./json";

/** More broken events than any response has; the SDK has failed at the first, and each takes its time. */
const MOST_BROKEN = 1000;

/**
 * The events of a stream that are JSON objects, in order (WHATWG HTML, server-sent events: three kinds
 * of line ends, data in several lines). Broken ones are left out. An object on a line that is none of
 * a stream counts, since whoever breaks a response off may write an error behind it.
 */
export function streamEvents(text: string): readonly JsonObject[] {
  const events: JsonObject[] = [];
  let broken = 0;
  const read = (json: string): boolean => {
    if (broken > MOST_BROKEN || !/^\s*\{/.test(json)) return false;
    const value = parseJson(json);
    if (isObject(value)) events.push(value);
    else broken += 1;
    return isObject(value);
  };
  let data: string[] = [];
  const endOfEvent = (): void => {
    // Some servers leave the empty line between two events out.
    if (!read(data.join("\n")) && data.length > 1) data.forEach(read);
    data = [];
  };
  for (const line of text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/)) {
    if (line.startsWith("data:")) data.push(line.slice("data:".length));
    else if (line === "") endOfEvent();
    else read(line);
  }
  endOfEvent();
  return events;
}

const known = new WeakMap<Pick<Exchange, "text">, readonly JsonObject[]>();

/** The events of a recorded response, read once: several judges ask for them. */
export function eventsOf(response: Pick<Exchange, "text">): readonly JsonObject[] {
  const events = known.get(response) ?? streamEvents(response.text);
  known.set(response, events);
  return events;
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
