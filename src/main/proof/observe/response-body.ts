/** Finds out from a response body alone who wrote it: AI Gateway, Cloudflare or a provider. */
import { eventsOf } from "./response-stream";
import type { Exchange } from "./exchange";
import { isObject, objectAt, objectsAt, parseJson, textOf, type JsonObject } from "./json";

/** An error with one of Cloudflare's numeric codes. */
export interface NumberedError {
  readonly code: number;
  readonly message: string;
}

/** A provider's error, normalized from its own format. */
export interface ProviderError {
  /** Values of `error.type`, `error.code`, `error.status` and similar members, in lower case. */
  readonly names: readonly string[];
  readonly message: string;
}

export type ResponseBody =
  /** From AI Gateway: `{"success":false,"error":[…]}` or an `AiGatewayError`. */
  | { readonly kind: "gateway"; readonly errors: readonly NumberedError[] }
  /** From Cloudflare's API in front of the gateway: `{"success":false,"errors":[…]}`. */
  | { readonly kind: "cloudflare-api"; readonly errors: readonly NumberedError[] }
  | { readonly kind: "provider"; readonly error: ProviderError }
  /** From Cloudflare's edge: `error code: 1010`, alone or in a page. Its 5xx are recognized by status. */
  | { readonly kind: "edge"; readonly error: NumberedError }
  | { readonly kind: "html" }
  | { readonly kind: "empty" }
  | { readonly kind: "other" };

/**
 * Classifies a response. An AI Gateway error differs from a provider's by its name or because `error` is
 * an array. Source: documentation of Cloudflare and the providers.
 */
export function classifyResponse(response: Pick<Exchange, "text">): ResponseBody {
  const trimmed = response.text.trim();
  if (trimmed === "") return { kind: "empty" };
  const edge = /\berror code: (1\d{3})\b/i.exec(trimmed);
  if (edge && (trimmed.length < 40 || trimmed.startsWith("<"))) {
    return { kind: "edge", error: { code: Number(edge[1]), message: edge[0] } };
  }
  if (trimmed.startsWith("<")) return { kind: "html" };
  const json = parseJson(trimmed);
  if (json !== undefined) return readJson(json);
  return readStream(response);
}

/** A web page is not part of a stream, so a proxy has added it. */
const PAGE_LINE = /^<(?:!doctype|html)\b/im;

/** A stream with status 200 can contain an error at any point. */
function readStream(response: Pick<Exchange, "text">): ResponseBody {
  for (const event of eventsOf(response)) {
    const body = readJson(event);
    if (body.kind !== "other") return body;
  }
  return { kind: PAGE_LINE.test(response.text) ? "html" : "other" };
}

function readJson(json: unknown): ResponseBody {
  // Google responds to a streaming request with a list that contains the error.
  const value: unknown = Array.isArray(json) ? json[0] : json;
  if (!isObject(value)) return { kind: "other" };
  if (value["success"] === false) {
    const own = numberedErrors(value["error"]);
    if (own.length > 0) return { kind: "gateway", errors: own };
    if (value["name"] === "AiGatewayError") return { kind: "gateway", errors: [namedError(value)] };
    const api = numberedErrors(value["errors"]);
    if (api.length > 0) return { kind: "cloudflare-api", errors: api };
  }
  const error = providerError(value);
  return error === null ? { kind: "other" } : { kind: "provider", error };
}

function numberedErrors(list: unknown): readonly NumberedError[] {
  if (!Array.isArray(list)) return [];
  return list
    .filter(isObject)
    .filter((item) => typeof item["code"] === "number" && typeof item["message"] === "string")
    .map((item) => ({ code: Number(item["code"]), message: String(item["message"]) }));
}

function namedError(value: JsonObject): NumberedError {
  const code = value["internalCode"];
  return { code: typeof code === "number" ? code : 0, message: textOf(value["message"]) };
}

/**
 * Reads `{"error":{…}}` (Anthropic, OpenAI, Google, OpenRouter, DeepSeek …), also inside a choice
 * (OpenRouter), `{"error":"…"}` (xAI, Ollama),
 * `{"type":"response.failed","response":{"error":{…}}}` and `{"type":"error",…}` (streams of
 * OpenAI's responses), `{"message":"…","type":"…_error"}` (Cerebras), `{"message":"…"}`,
 * `{"detail":"…"}` and lists of invalid fields in place of a text (Mistral and others).
 */
function providerError(value: JsonObject): ProviderError | null {
  const inChoices = objectsAt(value, "choices").map((choice) => choice["error"]);
  const error: unknown = [value["error"], objectAt(value, "response")["error"], ...inChoices].find(
    (each) => each !== undefined && each !== null,
  );
  if (isObject(error)) {
    const upstream = textOf(objectAt(error, "metadata")["raw"]);
    return {
      names: namesOf([
        error["type"],
        error["code"],
        error["status"],
        ...reasonsIn(error["details"]),
      ]),
      message: [textOf(error["message"]), upstream].filter(Boolean).join(" "),
    };
  }
  if (typeof error === "string") return { names: namesOf([value["code"]]), message: error };
  if (isUnusualError(error)) return { names: namesOf([error]), message: firstMessage(error) };
  const message = messageIn(value["message"] ?? value["detail"]);
  return message !== "" && isErrorItself(value)
    ? { names: namesOf([value["type"], value["code"]]), message }
    : null;
}

/** Whether `true`, a number or a list is in the place of an error. */
function isUnusualError(error: unknown): boolean {
  return Array.isArray(error) ? error.length > 0 : error === true || Number(error ?? 0) > 0;
}

function firstMessage(error: unknown): string {
  const first: unknown = Array.isArray(error) ? error[0] : null;
  return isObject(first) ? textOf(first["message"]) : textOf(first);
}

/** Whether an object with a message is an error: other events have messages too. */
function isErrorItself(value: JsonObject): boolean {
  const type = textOf(value["type"]);
  if (type.endsWith("error") || /^error$/i.test(textOf(value["object"]))) return true;
  return "detail" in value || !("choices" in value || "type" in value);
}

/** A text, or a list of the request's errors (Mistral, FastAPI), directly or in `detail`. */
function messageIn(message: unknown): string {
  if (typeof message === "string") return message;
  const list = isObject(message) ? message["detail"] : message;
  if (!Array.isArray(list)) return textOf(list);
  return list
    .filter(isObject)
    .map((each) => textOf(each["msg"]))
    .filter(Boolean)
    .join("; ");
}

/** Google's specific error name is in `details[].reason`. */
function reasonsIn(details: unknown): readonly unknown[] {
  return Array.isArray(details) ? details.filter(isObject).map((each) => each["reason"]) : [];
}

function namesOf(values: readonly unknown[]): readonly string[] {
  return values
    .filter((value) => typeof value === "string" || typeof value === "number")
    .map((value) => String(value).toLowerCase());
}
