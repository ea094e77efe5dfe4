/** Reads a provider's error from its own format. */
import { isObject, objectAt, objectsAt, textOf, type JsonObject } from "./json";

/** A provider's error, normalized from its own format. */
export interface ProviderError {
  /** Values of `error.type`, `error.code`, `error.status` and similar members, in lower case. */
  readonly names: readonly string[];
  readonly message: string;
}

/**
 * Reads these forms:
 * - `{"error":{…}}`: Anthropic, OpenAI, Google, DeepSeek, and OpenRouter, also inside a choice
 * - `{"error":"…"}`: xAI, Ollama
 * - `{"type":"response.failed","response":{"error":{…}}}`, `{"type":"error",…}`: OpenAI's streams
 * - `{"message":"…","type":"…_error"}`: Cerebras
 * - `{"message":"…"}`, `{"detail":"…"}`, or a list of invalid fields: Mistral and others
 * - `{"status":403,"title":"…"}`: NVIDIA
 * - `{"errors":[…]}`: watsonx
 * - `{"code":401,"msg":"…"}`: z.ai
 * - `{"base_resp":{…}}`: MiniMax
 */
export function providerErrorIn(value: JsonObject): ProviderError | null {
  return errorMember(value) ?? ownMessage(value) ?? otherForms(value);
}

/** A short text in place of JSON, as some servers send with an error status. */
export function providerErrorInText(text: string): ProviderError | null {
  const trimmed = text.trim();
  return trimmed === "" || trimmed.length > 2000 ? null : { names: [], message: trimmed };
}

function errorMember(value: JsonObject): ProviderError | null {
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
  if (typeof error === "string") {
    return { names: namesOf([value["code"], value["error_type"]]), message: error };
  }
  if (isUnusualError(error)) return { names: namesOf([error]), message: firstMessage(error) };
  return null;
}

function ownMessage(value: JsonObject): ProviderError | null {
  const message = messageIn(value["message"]) || messageIn(value["detail"]);
  if (message === "" || !isErrorItself(value)) return null;
  const names = [value["type"], value["code"], value["reason"], value["title"]];
  return { names: namesOf(names), message };
}

function otherForms(value: JsonObject): ProviderError | null {
  const { status, code } = value;
  const title = textOf(value["title"]);
  if (title !== "" && typeof status === "number" && status >= 400) {
    return { names: namesOf([status]), message: title };
  }
  const msg = textOf(value["msg"]);
  if (msg !== "" && value["success"] === false) return { names: namesOf([code]), message: msg };
  const base = objectAt(value, "base_resp");
  const baseMessage = textOf(base["status_msg"]);
  if (baseMessage !== "" && base["status_code"] !== 0) {
    return { names: namesOf([base["status_code"]]), message: baseMessage };
  }
  const [first] = objectsAt(value, "errors");
  const message = textOf(first?.["message"]);
  return first && message !== "" ? { names: namesOf([first["code"]]), message } : null;
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
  const list = isObject(message)
    ? (message["detail"] ?? message["error"] ?? message["message"])
    : message;
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
