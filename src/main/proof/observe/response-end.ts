/** Reads the end of a response in each wire format: Anthropic's, both of OpenAI's, Google's. */
import { eventsOf, hasDoneLine } from "./response-stream";
import type { Exchange } from "./exchange";
import { documentedReason, type EndKind, type Wire } from "./finish-reasons";
import { objectAt, objectsAt, textOf, type JsonObject } from "./json";

export interface DocumentedEnd {
  readonly kind: EndKind;
  /** As it is written in the response. */
  readonly reason: string;
  /** A normal end for which the AI SDK has no name. */
  readonly unknownToSdk: boolean;
}

export type ResponseEnd =
  | DocumentedEnd
  /** `open`: cut off before its end; `unexplained`: ended without a reason; `unread`: no events. */
  | { readonly kind: "open" | "unexplained" | "unread" };

interface ReportedReason {
  readonly wire: Wire;
  /** Index among several choices of one response. */
  readonly choice: number;
  readonly reason: string;
}

/**
 * Reads the end of a response from all of its events. A refusal or an error takes precedence wherever
 * it is. Otherwise the last reason counts, since some providers send one with every event.
 */
export function readResponseEnd(response: Pick<Exchange, "text">): ResponseEnd {
  const events = eventsOf(response);
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
    if (stopped || hasDoneLine(response.text)) return { kind: "unexplained" };
    return { kind: events.length > 0 ? "open" : "unread" };
  }
  // Anthropic sends the reason one event before the end.
  const isCutOff = !stopped && reported.some(({ wire }) => wire === "messages");
  return decisive.kind === "normal" && isCutOff ? { kind: "open" } : decisive;
}

function endOf(kind: EndKind, reason: string, unknownToSdk = false): DocumentedEnd {
  return { kind, reason, unknownToSdk };
}

function reportedIn(event: JsonObject): readonly ReportedReason[] {
  return [
    ...choicesIn(event, "choices", "finish_reason", "chat"),
    ...choicesIn(event, "candidates", "finishReason", "generateContent"),
    ...[objectAt(event, "delta"), objectAt(event, "message")]
      .map((holder) => textOf(holder["stop_reason"]))
      .filter(Boolean)
      .map((reason): ReportedReason => ({ wire: "messages", choice: 0, reason })),
    ...statusesIn(event),
  ];
}

/** Ignores empty reasons, which some providers send until the end. */
function choicesIn(event: JsonObject, list: string, member: string, wire: Wire) {
  return objectsAt(event, list).flatMap((choice, position): readonly ReportedReason[] => {
    const reason = textOf(choice[member]);
    const index = choice["index"];
    return reason === ""
      ? []
      : [{ wire, choice: typeof index === "number" ? index : position, reason }];
  });
}

/** Includes xAI's former `response.done`, which has no meaning without the response's status. */
const LAST_RESPONSE = /^response\.(completed|incomplete|failed|cancelled|done)$/;

/** Two reasons, the event's name and its response's status: both must be a normal end. */
function statusesIn(event: JsonObject): readonly ReportedReason[] {
  const named = LAST_RESPONSE.exec(textOf(event["type"]))?.[1];
  if (named === undefined) return [];
  const response = objectAt(event, "response");
  const why = textOf(objectAt(response, "incomplete_details")["reason"]);
  return [named, textOf(response["status"])].flatMap(
    (status, choice): readonly ReportedReason[] => {
      if (status === "" || status === "done") return [];
      const reason = status === "incomplete" && why !== "" ? `incomplete: ${why}` : status;
      return [{ wire: "responses", choice, reason }];
    },
  );
}

/** A refusal by the model, or of the prompt by Google, which then sends no finish reason. */
function refusalIn(event: JsonObject): string {
  const inChoices = objectsAt(event, "choices").flatMap((choice) => [
    objectAt(choice, "delta")["refusal"],
    objectAt(choice, "message")["refusal"],
  ]);
  const refused = [
    ...inChoices,
    event["type"] === "response.refusal.done" ? event["refusal"] : undefined,
    // Older versions of the AI SDK do not report it.
    event["type"] === "response.refusal.delta" ? event["delta"] : undefined,
  ];
  return (
    textOf(objectAt(event, "promptFeedback")["blockReason"]) ||
    (refused.some((text) => textOf(text) !== "") ? "refusal" : "")
  );
}
