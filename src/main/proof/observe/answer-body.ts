/** Whose words an answer's body is: the gateway's, Cloudflare's, a provider's, an edge's; by its shape alone. */
import { streamEvents } from "./answer-stream";
import type { Exchange } from "./exchange";
import { firstAt, isObject, objectAt, parseJson, textOf, type JsonObject } from "./json";

/** An error that Cloudflare gives a number. */
export interface NumberedError {
  readonly code: number;
  readonly message: string;
}

/** A provider's error, of whatever shape, brought to one. */
export interface ProviderError {
  /** What the provider calls it: `error.type`, `error.code`, `error.status` and such, in small letters. */
  readonly names: readonly string[];
  readonly message: string;
}

export type AnswerBody =
  /** `{"success":false,"error":[…]}` or an `AiGatewayError`: AI Gateway's own. */
  | { readonly kind: "gateway"; readonly errors: readonly NumberedError[] }
  /** `{"success":false,"errors":[…]}`: Cloudflare's API in front of the gateway. */
  | { readonly kind: "cloudflare-api"; readonly errors: readonly NumberedError[] }
  | { readonly kind: "provider"; readonly error: ProviderError }
  /** `error code: 1010`, alone or inside a page: Cloudflare's edge. Its 5xx are told by their status. */
  | { readonly kind: "edge"; readonly error: NumberedError }
  | { readonly kind: "html" }
  | { readonly kind: "empty" }
  | { readonly kind: "other" };

/**
 * Classifies a body. Shapes: Cloudflare's documentation and the providers' own; a gateway's error is
 * told from a provider's by `error` being an array, or by its name.
 */
function readAnswerBody(text: string): AnswerBody {
  const trimmed = text.trim();
  if (trimmed === "") return { kind: "empty" };
  const edge = /\berror code: (1\d{3})\b/i.exec(trimmed);
  if (edge && (trimmed.length < 40 || trimmed.startsWith("<"))) {
    return { kind: "edge", error: { code: Number(edge[1]), message: edge[0] } };
  }
  if (trimmed.startsWith("<")) return { kind: "html" };
  const json = parseJson(trimmed);
  if (json !== undefined) return readJson(json);
  return readStream(trimmed);
}

/** The same for a recorded answer: an error in its last part counts, too. */
export function readAnswer({ body, tail }: Pick<Exchange, "body" | "tail">): AnswerBody {
  const first = readAnswerBody(body);
  return first.kind === "other" && tail !== "" ? readStream(tail) : first;
}

/** Errors arrive in the middle of a stream too, under a status of 200. */
function readStream(text: string): AnswerBody {
  for (const event of streamEvents(text)) {
    const body = readJson(event);
    if (body.kind !== "other") return body;
  }
  return { kind: "other" };
}

function readJson(json: unknown): AnswerBody {
  // Google answers a list with one error in it when it was asked for a stream.
  const value: unknown = Array.isArray(json) ? json[0] : json;
  if (!isObject(value)) return { kind: "other" };
  if (value["success"] === false) {
    const own = numbered(value["error"]);
    if (own.length > 0) return { kind: "gateway", errors: own };
    if (value["name"] === "AiGatewayError") return { kind: "gateway", errors: [named(value)] };
    const api = numbered(value["errors"]);
    if (api.length > 0) return { kind: "cloudflare-api", errors: api };
  }
  const error = providerError(value);
  return error === null ? { kind: "other" } : { kind: "provider", error };
}

function numbered(list: unknown): readonly NumberedError[] {
  if (!Array.isArray(list)) return [];
  return list
    .filter(isObject)
    .filter((item) => typeof item["code"] === "number" && typeof item["message"] === "string")
    .map((item) => ({ code: Number(item["code"]), message: String(item["message"]) }));
}

function named(value: JsonObject): NumberedError {
  const code = value["internalCode"];
  return { code: typeof code === "number" ? code : 0, message: textOf(value["message"]) };
}

/**
 * `{"error":{…}}` (Anthropic, OpenAI, Google, OpenRouter, DeepSeek …), also inside a choice
 * (OpenRouter), `{"error":"…"}` (xAI, Ollama),
 * `{"type":"response.failed","response":{"error":{…}}}` and `{"type":"error",…}` (streams of
 * OpenAI's responses), `{"message":"…","type":"…_error"}` (Cerebras), `{"message":"…"}`,
 * `{"detail":"…"}` and lists of faults in their place (Mistral and others).
 */
function providerError(value: JsonObject): ProviderError | null {
  const error =
    value["error"] ?? objectAt(value, "response")["error"] ?? firstAt(value, "choices")["error"];
  if (isObject(error)) {
    const upstream = textOf(objectAt(error, "metadata")["raw"]);
    return {
      names: namesOf([error["type"], error["code"], error["status"], ...reasons(error["details"])]),
      message: [textOf(error["message"]), upstream].filter(Boolean).join(" "),
    };
  }
  if (typeof error === "string") return { names: namesOf([value["code"]]), message: error };
  const message = textIn(value["message"] ?? value["detail"]);
  return message !== "" && isErrorItself(value)
    ? { names: namesOf([value["type"], value["code"]]), message }
    : null;
}

/** What tells an error from the other things that have a message. */
function isErrorItself(value: JsonObject): boolean {
  const type = textOf(value["type"]);
  if (type.endsWith("error") || /^error$/i.test(textOf(value["object"]))) return true;
  return "detail" in value || !("choices" in value || "type" in value);
}

/** A text, or a list of what is wrong with the request (Mistral, FastAPI), at `detail` or not. */
function textIn(message: unknown): string {
  if (typeof message === "string") return message;
  const list = isObject(message) ? message["detail"] : message;
  if (!Array.isArray(list)) return textOf(list);
  return list
    .filter(isObject)
    .map((each) => textOf(each["msg"]))
    .filter(Boolean)
    .join("; ");
}

/** Google hides the telling name in `details[].reason`. */
function reasons(details: unknown): readonly unknown[] {
  return Array.isArray(details) ? details.filter(isObject).map((each) => each["reason"]) : [];
}

function namesOf(values: readonly unknown[]): readonly string[] {
  return values
    .filter((value) => typeof value === "string" || typeof value === "number")
    .map((value) => String(value).toLowerCase());
}
