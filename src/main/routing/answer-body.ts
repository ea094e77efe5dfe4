/** Whose words an answer's body is: the gateway's, Cloudflare's, a provider's, an edge's; by its shape alone. */

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
  /** `error code: 1010`, alone or inside a page: Cloudflare's edge. */
  | { readonly kind: "edge"; readonly error: NumberedError }
  | { readonly kind: "html" }
  | { readonly kind: "empty" }
  | { readonly kind: "other" };

/**
 * Classifies a body. Shapes: Cloudflare's documentation and the providers' own; a gateway's error is
 * told from a provider's by `error` being an array, or by its name.
 */
export function readAnswerBody(text: string): AnswerBody {
  const trimmed = text.trim();
  if (trimmed === "") return { kind: "empty" };
  const edge = /\berror code: (\d{3,5})\b/i.exec(trimmed);
  if (edge && (trimmed.length < 40 || trimmed.startsWith("<"))) {
    return { kind: "edge", error: { code: Number(edge[1]), message: edge[0] } };
  }
  if (trimmed.startsWith("<")) return { kind: "html" };
  const json = parseJson(trimmed);
  if (json !== undefined) return readJson(json);
  return readStream(trimmed);
}

/** The events of a stream that are JSON, in order. Broken ones are left out. */
export function streamEvents(text: string): readonly unknown[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.startsWith("data:"))
    .map((line) => parseJson(line.slice("data:".length).trim()))
    .filter((event) => event !== undefined);
}

/** The model that the answer says it comes from, or null; every wire names it in another place. */
export function answeredModel(text: string): string | null {
  const whole = parseJson(text);
  for (const event of whole === undefined ? streamEvents(text) : [whole]) {
    if (!isObject(event)) continue;
    for (const holder of [event, event["message"], event["response"]]) {
      if (!isObject(holder)) continue;
      const name = holder["model"] ?? holder["modelVersion"];
      if (typeof name === "string" && name !== "") return name;
    }
  }
  return null;
}

/** Whether a (part of a) stream holds a piece of the answer, be it thought or said. */
export function holdsToken(text: string): boolean {
  return streamEvents(text).some((event) => isObject(event) && pieces(event).some(isText));
}

/** Whether a stream says in its own wire's words that it has come to its end. */
export function saysItsEnd(text: string): boolean {
  return /^data: ?\[DONE\]/m.test(text) || streamEvents(text).some(isEnd);
}

/** Anthropic and responses have events for it; chat and Google give a reason with the last piece. */
function isEnd(event: unknown): boolean {
  if (!isObject(event)) return false;
  const { type, choices, candidates } = event;
  if (/^(?:message_stop|response\.completed|response\.incomplete)$/.test(textOf(type))) return true;
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  if (isObject(choice) && isText(choice["finish_reason"])) return true;
  const candidate: unknown = Array.isArray(candidates) ? candidates[0] : undefined;
  return isObject(candidate) && isText(candidate["finishReason"]);
}

/** Where the wires keep them: Anthropic and responses in `delta`, chat in `choices`, Google in `candidates`. */
function pieces(event: Readonly<Record<string, unknown>>): readonly unknown[] {
  const { delta, choices, candidates } = event;
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  const chat = isObject(choice) && isObject(choice["delta"]) ? choice["delta"] : {};
  const candidate: unknown = Array.isArray(candidates) ? candidates[0] : undefined;
  const content = isObject(candidate) && isObject(candidate["content"]) ? candidate["content"] : {};
  const parts = Array.isArray(content["parts"]) ? content["parts"].filter(isObject) : [];
  return [
    delta,
    ...(isObject(delta) ? [delta["text"], delta["thinking"]] : []),
    chat["content"],
    chat["reasoning"],
    chat["reasoning_content"],
    ...parts.map((part) => part["text"]),
  ];
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
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

function named(value: Readonly<Record<string, unknown>>): NumberedError {
  const code = value["internalCode"];
  return { code: typeof code === "number" ? code : 0, message: textOf(value["message"]) };
}

/**
 * `{"error":{…}}` (Anthropic, OpenAI, Google, OpenRouter, DeepSeek …), `{"error":"…"}` (xAI, Ollama),
 * `{"type":"response.failed","response":{"error":{…}}}` and `{"type":"error",…}` (streams of
 * OpenAI's responses), `{"message":"…"}` and `{"detail":"…"}` (Mistral, Cerebras and others).
 */
function providerError(value: Readonly<Record<string, unknown>>): ProviderError | null {
  const response = value["response"];
  const error = value["error"] ?? (isObject(response) ? response["error"] : undefined);
  if (isObject(error)) {
    const metadata = isObject(error["metadata"]) ? textOf(error["metadata"]["raw"]) : "";
    return {
      names: namesOf([error["type"], error["code"], error["status"], ...reasons(error["details"])]),
      message: [textOf(error["message"]), metadata].filter(Boolean).join(" "),
    };
  }
  if (typeof error === "string") return { names: namesOf([value["code"]]), message: error };
  const message = value["message"] ?? value["detail"];
  const isError = value["type"] === "error" || value["object"] === "error" || "detail" in value;
  if (typeof message === "string" && (isError || !("choices" in value || "type" in value))) {
    return { names: namesOf([value["type"], value["code"]]), message };
  }
  return null;
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

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
