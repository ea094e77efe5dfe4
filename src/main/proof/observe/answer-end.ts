/** Reads how an answer says that it ended, on every wire: Anthropic's, OpenAI's two, Google's. */
import { saysDone, streamEvents } from "./answer-stream";
import type { Exchange } from "./exchange";
import { documentedReason, type EndKind, type Wire } from "./finish-reasons";
import { firstAt, isObject, objectAt, textOf, type JsonObject } from "./json";

export interface DocumentedEnd {
  readonly kind: EndKind;
  /** As the answer spells it. */
  readonly reason: string;
  /** The AI SDK has no name for this normal end. */
  readonly unknownToSdk: boolean;
}

export type AnswerEnd =
  | DocumentedEnd
  /** `open`: it stopped without an end; `unexplained`: it ended without a reason; `unread`: no events. */
  | { readonly kind: "open" | "unexplained" | "unread" };

interface Reported {
  readonly wire: Wire;
  /** Which of several answers to one request it is about. */
  readonly choice: number;
  readonly reason: string;
}

/**
 * Reads the end of an answer from its first and its last part. A refusal or an error counts wherever
 * it is; otherwise the last reason counts, since some providers report one with every event.
 */
export function answerEnd({ body, tail }: Pick<Exchange, "body" | "tail">): AnswerEnd {
  const events = [...streamEvents(body), ...streamEvents(tail)];
  const refusal = events.map(refusalIn).find((reason) => reason !== "");
  if (refusal !== undefined) return endOf("refused", refusal);
  const reported = events.flatMap(reportedIn);
  const last = new Map<string, DocumentedEnd>();
  for (const { wire, choice, reason } of reported) {
    const row = documentedReason(wire, reason);
    const end = endOf(row?.end ?? "unusual", reason, row?.unknownToSdk);
    if (end.kind !== "normal" && end.kind !== "unusual") return end;
    last.set(`${wire} ${choice}`, end);
  }
  const ends = [...last.values()];
  const decisive = ends.find(({ kind }) => kind !== "normal") ?? ends[0];
  const stopped = events.some(({ type }) => type === "message_stop");
  if (decisive === undefined) {
    if (stopped || saysDone(body) || saysDone(tail)) return { kind: "unexplained" };
    return { kind: events.length > 0 ? "open" : "unread" };
  }
  // Anthropic gives the reason one event before the end.
  const unstopped = !stopped && reported.some(({ wire }) => wire === "messages");
  return decisive.kind === "normal" && unstopped ? { kind: "open" } : decisive;
}

function endOf(kind: EndKind, reason: string, unknownToSdk = false): DocumentedEnd {
  return { kind, reason, unknownToSdk };
}

function reportedIn(event: JsonObject): readonly Reported[] {
  return [
    ...choicesIn(event, "choices", "finish_reason", "chat"),
    ...choicesIn(event, "candidates", "finishReason", "generateContent"),
    ...[objectAt(event, "delta"), objectAt(event, "message")]
      .map((holder) => textOf(holder["stop_reason"]))
      .filter(Boolean)
      .map((reason): Reported => ({ wire: "messages", choice: 0, reason })),
    ...statusesIn(event),
  ];
}

/** An empty text is no reason: some providers send it until the end. */
function choicesIn(event: JsonObject, list: string, member: string, wire: Wire) {
  const choices: unknown = event[list];
  if (!Array.isArray(choices)) return [];
  return choices.filter(isObject).flatMap((choice, position): readonly Reported[] => {
    const reason = textOf(choice[member]);
    const index = choice["index"];
    return reason === ""
      ? []
      : [{ wire, choice: typeof index === "number" ? index : position, reason }];
  });
}

/** xAI once ended with `response.done`, which says nothing by itself. */
const LAST_RESPONSE = /^response\.(completed|incomplete|failed|cancelled|done)$/;

/** What the event's name says and what the response in it says: both have to be a normal end. */
function statusesIn(event: JsonObject): readonly Reported[] {
  const named = LAST_RESPONSE.exec(textOf(event["type"]))?.[1];
  if (named === undefined) return [];
  const response = objectAt(event, "response");
  const why = textOf(objectAt(response, "incomplete_details")["reason"]);
  return [named, textOf(response["status"])].flatMap((status, choice): readonly Reported[] => {
    if (status === "" || status === "done") return [];
    const reason = status === "incomplete" && why !== "" ? `incomplete: ${why}` : status;
    return [{ wire: "responses", choice, reason }];
  });
}

/** The model's own refusal, or Google's of a prompt, which has no candidate and so no reason to finish. */
function refusalIn(event: JsonObject): string {
  const refused = [
    objectAt(firstAt(event, "choices"), "delta")["refusal"],
    event["type"] === "response.refusal.done" ? event["refusal"] : undefined,
  ];
  return (
    textOf(objectAt(event, "promptFeedback")["blockReason"]) ||
    (refused.some((text) => textOf(text) !== "") ? "refusal" : "")
  );
}
