/** Collects the findings about a failed route test that diagnosis rules match. */
import type { Route } from "../../../shared/view";
import type { Exchange, Phase } from "../observe/exchange";
import type { GatewayDomain } from "../observe/gateway-hosts";
import { readResponseEnd, type ResponseEnd } from "../observe/response-end";
import { whoAnswered, type Answer } from "../observe/who-answered";
import type { EndKind } from "./diagnosis-rule";

export interface FailedProbe {
  /** The display name in mux. */
  readonly providerName: string;
  readonly model: string;
  /** The requested route. */
  readonly expected: Route;
  /** When the test ended. */
  readonly endedAt: Date;
  /** The failed request, or null when none was sent. */
  readonly exchange: Exchange | null;
  /** URL of a request that was refused because it is not below the base URL, or null. */
  readonly refusedUrl: string | null;
  /** The time limit in milliseconds if it was reached, else null. */
  readonly timedOutAfterMs: number | null;
  /** Problems with the environment's certificates and proxies. */
  readonly problems: readonly string[];
  /** The AI SDK's error message, for a failure that no exchange shows. */
  readonly sdkMessage: string | null;
  /** The AI SDK's finish reason, or null. */
  readonly sdkFinishReason: string | null;
  /** The custom domain of the tested gateway, or null. */
  readonly domain?: GatewayDomain | null;
}

export interface Findings {
  readonly probe: FailedProbe;
  readonly exchange: Exchange | null;
  readonly answer: Answer;
  /** The network failure, or null. */
  readonly network: { readonly phase: Phase; readonly text: string } | null;
  readonly end: ResponseEnd;
  /** Null for a response with another status than HTTP 2xx, and without a response. */
  readonly endKind: EndKind | null;
}

/** Collects the findings, starting from who sent the response. */
export function findingsOf(probe: FailedProbe): Findings {
  const { exchange } = probe;
  const answer = whoAnswered(exchange, probe.domain ?? null);
  const end = readResponseEnd(exchange ?? { text: "" });
  const network = networkOf(probe, answer);
  return { probe, exchange, answer, network, end, endKind: endKindOf(probe, answer, end) };
}

/** An error in the response takes precedence over a connection that was lost after it. */
function networkOf(
  { exchange, timedOutAfterMs }: FailedProbe,
  { body }: Answer,
): Findings["network"] {
  if (!exchange) return null;
  const { failure, status } = exchange;
  if (failure === null && timedOutAfterMs === null && status !== null) return null;
  if (status !== null && body.kind !== "other" && body.kind !== "empty") return null;
  const phase = status === null ? (failure?.phase ?? "response") : "body";
  return { phase, text: [...(failure?.codes ?? []), ...(failure?.messages ?? [])].join("\n") };
}

function endKindOf(
  { exchange, sdkFinishReason }: FailedProbe,
  { body }: Answer,
  end: ResponseEnd,
): EndKind | null {
  const status = exchange?.status ?? null;
  if (status === null || status < 200 || status >= 300) return null;
  if (body.kind === "empty") return "empty";
  // The SDK is a witness of its own.
  const filtered = sdkFinishReason === "content-filter";
  switch (end.kind) {
    case "refused":
      return "filtered";
    case "open":
      return filtered ? "filtered" : "truncated";
    case "normal":
    case "unread":
      return filtered ? "filtered" : "malformed";
    case "shortage":
    case "failed":
    case "unusual":
    case "unexplained":
      return end.kind;
    default:
      return end satisfies never;
  }
}
