/** Finds out which sender's form a response body has. Other senders can use the same form. */
import { eventsOf } from "./response-stream";
import type { Exchange } from "./exchange";
import { edgeErrorInJson, edgeErrorInText, type NumberedError } from "./edge-error";
import { isObject, parseJson, textOf, type JsonObject } from "./json";
import { providerErrorIn, providerErrorInText, type ProviderError } from "./provider-error";

export type ResponseBody =
  /**
   * The form of AI Gateway's errors. `own`: no other service is known to use it, unlike that of the
   * gateway's policies, `{"success":false,"error":{…}}`, which counts on the gateway's host only.
   */
  | {
      readonly kind: "gateway";
      readonly errors: readonly NumberedError[];
      readonly own: boolean;
      /** The same body, read as a provider's error. */
      readonly asProvider: ProviderError;
    }
  /** The form of Cloudflare's API, and of Workers AI: `{"success":false,"errors":[…]}`. */
  | {
      readonly kind: "cloudflare-api";
      readonly errors: readonly NumberedError[];
      readonly asProvider: ProviderError;
    }
  | { readonly kind: "provider"; readonly error: ProviderError }
  /** The form of Cloudflare's edge: JSON, `error code: 1010` or a page. */
  | { readonly kind: "edge"; readonly error: NumberedError; readonly isPage: boolean }
  | { readonly kind: "html" }
  | { readonly kind: "empty" }
  | { readonly kind: "other" };

/** Classifies a body by its form. Source: documentation of Cloudflare and the providers. */
export function classifyResponse(response: Pick<Exchange, "text">): ResponseBody {
  const trimmed = response.text.trim();
  if (trimmed === "") return { kind: "empty" };
  const error = edgeErrorInText(trimmed);
  if (error !== null) return { kind: "edge", error, isPage: trimmed.startsWith("<") };
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
  if (typeof value === "string") {
    const error = providerErrorInText(value);
    return error === null ? { kind: "other" } : { kind: "provider", error };
  }
  if (!isObject(value)) return { kind: "other" };
  const edge = edgeErrorInJson(value);
  if (edge !== null) return { kind: "edge", error: edge, isPage: false };
  const own = gatewayErrorsIn(value);
  if (own.length > 0) {
    return { kind: "gateway", errors: own, own: true, asProvider: numberedAsProvider(own) };
  }
  const api = value["success"] === false ? numberedErrors(value["errors"]) : [];
  if (api.length > 0) {
    return { kind: "cloudflare-api", errors: api, asProvider: numberedAsProvider(api) };
  }
  const error = providerErrorIn(value);
  if (error === null) return { kind: "other" };
  if (value["success"] === false && isObject(value["error"]) && error.message !== "") {
    const errors = [{ code: null, message: error.message }];
    return { kind: "gateway", errors, own: false, asProvider: error };
  }
  return { kind: "provider", error };
}

/** `name` and `internalCode` are the stable members; older errors have only a list `error`. */
function gatewayErrorsIn(value: JsonObject): readonly NumberedError[] {
  const code = value["internalCode"];
  if (value["name"] === "AiGatewayError" || (typeof code === "number" && "name" in value)) {
    const message = textOf(value["message"]) || textOf(value["description"]);
    return [{ code: typeof code === "number" ? code : null, message }];
  }
  return value["success"] === false ? numberedErrors(value["error"]) : [];
}

function numberedErrors(list: unknown): readonly NumberedError[] {
  if (!Array.isArray(list)) return [];
  return list
    .filter(isObject)
    .filter((item) => typeof item["code"] === "number" && typeof item["message"] === "string")
    .map((item) => ({ code: Number(item["code"]), message: String(item["message"]) }));
}

/** Names each code `cloudflare_<code>`, so that it is not confused with an HTTP status. */
function numberedAsProvider(errors: readonly NumberedError[]): ProviderError {
  return {
    names: errors.flatMap(({ code }) => (code === null ? [] : [`cloudflare_${code}`])),
    message: errors[0]?.message ?? "",
  };
}
