/** Decides from the evidence in a response who sent it: the common start of verdict and diagnosis. */
import type { NumberedError } from "./edge-error";
import { responseHeader, type Exchange } from "./exchange";
import {
  isOnDomain,
  isOnGatewayHost,
  mayBeDomain,
  misspellingOf,
  type GatewayDomain,
} from "./gateway-hosts";
import { isObject, textOf } from "./json";
import { middleboxOf, redirectsElsewhere } from "./middlebox";
import { providerErrorInText, type ProviderError } from "./provider-error";
import { classifyResponse, type ResponseBody } from "./response-body";
import { eventsOf, hasDoneLine } from "./response-stream";

/**
 * - `gateway`: AI Gateway itself refused the request
 * - `provider_through_gateway`: the gateway passed on the provider's response
 * - `provider_directly`: the provider, without a gateway
 * - `edge`: Cloudflare's edge, in front of the gateway or of the provider
 * - `network`: the network in between: a web filter, a proxy or a login page; also without a response
 * - `computer`: nothing was sent
 * - `unknown`: the response does not show its sender
 */
export type Sender =
  | "gateway"
  | "provider_through_gateway"
  | "provider_directly"
  | "edge"
  | "network"
  | "computer"
  | "unknown";

/**
 * Why the form of a response does not prove its sender. `certificate`: it was not verified;
 * `spelling`: the gateway's host was called in another spelling; `domain`: Cloudflare has not
 * confirmed the custom domain; `behind`: a provider behind the gateway could have sent it;
 * `unmarked`: it has no header of the gateway.
 */
export type Doubt = "certificate" | "spelling" | "domain" | "behind" | "unmarked";

export interface Answer {
  readonly sender: Sender;
  /** Whether the gateway's host was called, in its correct spelling. */
  readonly atGateway: boolean;
  /** Whether a `cf-aig-*` header or a gateway error shows the gateway, which then was at that host. */
  readonly showsGateway: boolean;
  /** Null if the sender is proven, or if nothing about it is claimed. */
  readonly doubt: Doubt | null;
  readonly body: ResponseBody;
  /** The provider's error if a provider sent the response. */
  readonly providerError: ProviderError | null;
  /** The errors of the gateway, Cloudflare's API or the edge if one of them sent the response. */
  readonly numbered: readonly NumberedError[];
  /** The name of the product in between if the network responded, possibly empty; else null. */
  readonly middlebox: string | null;
}

/** Only the gateway sends these; providers that use Cloudflare as their own CDN do not. */
const GATEWAY_HEADER = /^cf-aig-/;

/** The `cf-aig-*` headers of a response. */
export function gatewayHeaders({ headers }: Exchange): Exchange["headers"] {
  return headers.filter(([name]) => GATEWAY_HEADER.test(name));
}

/**
 * Classifies a response by its evidence, strongest first: headers and errors of the gateway on its
 * host, signs of Cloudflare's edge, signs of the network, the provider's own form. `cf-ray` alone
 * shows neither the gateway nor the edge as the sender, because every response through Cloudflare
 * has it. `domain` is the custom domain of the tested gateway, or null.
 */
export function whoAnswered(
  exchange: Exchange | null,
  domain: GatewayDomain | null = null,
): Answer {
  if (exchange === null) return nothing("computer", { kind: "empty" });
  const body = classifyResponse(exchange);
  if (exchange.status === null) {
    return { ...nothing("network", body), atGateway: isOnGatewayHost(exchange.url, domain) };
  }
  const atGateway = isOnGatewayHost(exchange.url, domain);
  const onGatewayHost = atGateway || misspellingOf(exchange.url) !== null;
  const found = onGatewayHost ? atGatewaysHost(exchange, body) : atProvidersHost(exchange, body);
  const claims = /^(?:gateway|provider)/.test(found.sender);
  return {
    sender: found.sender,
    atGateway,
    showsGateway: onGatewayHost && (isMarked(exchange) || isGatewayError(exchange, body)),
    doubt: claims ? (weakness(exchange, domain) ?? found.doubt) : null,
    body,
    providerError: found.sender.startsWith("provider") ? sentError(exchange, body) : null,
    numbered: numberedErrorsOf(found.sender, body),
    middlebox: found.sender === "network" ? (middleboxOf(exchange) ?? serverOf(exchange)) : null,
  };
}

interface Found {
  readonly sender: Sender;
  readonly doubt: Doubt | null;
}

function nothing(sender: Sender, body: ResponseBody): Answer {
  return {
    sender,
    atGateway: false,
    showsGateway: false,
    doubt: null,
    body,
    providerError: null,
    numbered: [],
    middlebox: null,
  };
}

function sentBy(sender: Sender, doubt: Doubt | null = null): Found {
  return { sender, doubt };
}

function atGatewaysHost(exchange: Exchange, body: ResponseBody): Found {
  if (isGatewayError(exchange, body)) return sentBy("gateway", isStep(exchange) ? "behind" : null);
  if (isMarked(exchange)) return sentBy("provider_through_gateway");
  if (isEdge(exchange, body)) return sentBy("edge");
  const viaCloudflare = isViaCloudflare(exchange);
  if (middleboxOf(exchange) !== null) return sentBy("network");
  if (!viaCloudflare && redirectsElsewhere(exchange)) return sentBy("network");
  if (body.kind === "cloudflare-api") return sentBy("gateway", "unmarked");
  if (isProviderForm(exchange, body)) return sentBy("provider_through_gateway", "unmarked");
  if (!viaCloudflare) return sentBy("network");
  // The gateway itself responds with JSON.
  return sentBy(body.kind === "html" ? "edge" : "unknown");
}

function atProvidersHost(exchange: Exchange, body: ResponseBody): Found {
  if (isEdge(exchange, body)) return sentBy("edge");
  if (middleboxOf(exchange) !== null) return sentBy("network");
  // A gateway's own error from another host: a domain that is not configured, or an imitation.
  if (body.kind === "gateway" && body.own) return sentBy("unknown");
  const isProvider = isProviderForm(exchange, body) || hasProviderHeader(exchange);
  return sentBy(isProvider || isBehindEdge(exchange, body) ? "provider_directly" : "unknown");
}

/** Headers that only services for models send. */
const PROVIDER_HEADER =
  /^(?:x-ratelimit-|anthropic-|openai-|x-groq-|x-ds-trace-id$|llm_provider-|x-litellm-|fireworks-|mistral-correlation-id$|cerebras-)/;

function hasProviderHeader({ headers }: Exchange): boolean {
  return headers.some(([name]) => PROVIDER_HEADER.test(name));
}

/** A page that came through Cloudflare's edge but is not the edge's is the server's behind it. */
function isBehindEdge(exchange: Exchange, body: ResponseBody): boolean {
  const isError = exchange.status !== null && exchange.status >= 400;
  return isError && body.kind === "html" && isViaCloudflare(exchange);
}

/**
 * The form of the gateway's policies is not its own: when a later step responded, a provider may
 * have sent it, unless the message is one of the policies'.
 */
function isGatewayError(exchange: Exchange, body: ResponseBody): boolean {
  if (body.kind !== "gateway") return false;
  if (body.own || !isStep(exchange)) return true;
  return body.errors.some(({ message }) => POLICY.test(message));
}

/** The messages of the gateway's policies (AI Gateway, features/policies). */
const POLICY = /^(?:access denied by policy|spending limit exceeded)/i;

/** Statuses that only the edge sends; 529 is also Anthropic's. */
const EDGE_STATUS = /^(?:52[0-7]|530)$/;

function isEdge(exchange: Exchange, body: ResponseBody): boolean {
  if (!isViaCloudflare(exchange)) return false;
  if (responseHeader(exchange, "cf-mitigated") !== null || body.kind === "edge") return true;
  if (isAccessLogin(exchange)) return true;
  const isBare = body.kind === "html" || body.kind === "empty" || body.kind === "other";
  return isBare && EDGE_STATUS.test(String(exchange.status));
}

/** Whether Cloudflare Access, which can protect a custom domain, asks for a login. */
export function isAccessLogin(exchange: Exchange): boolean {
  return /^https:\/\/[^/]+\.cloudflareaccess\.com\//.test(
    responseHeader(exchange, "location") ?? "",
  );
}

function isViaCloudflare(exchange: Exchange): boolean {
  return (
    serverOf(exchange).toLowerCase() === "cloudflare" ||
    responseHeader(exchange, "cf-ray") !== null ||
    responseHeader(exchange, "cf-mitigated") !== null
  );
}

function serverOf(exchange: Exchange): string {
  return responseHeader(exchange, "server") ?? "";
}

function isMarked(exchange: Exchange): boolean {
  return gatewayHeaders(exchange).length > 0;
}

function isStep(exchange: Exchange): boolean {
  return responseHeader(exchange, "cf-aig-step") !== null;
}

/** Whether the body is a provider's error or part of a generation; a page can be added to either. */
function isProviderForm(exchange: Exchange, body: ResponseBody): boolean {
  if (body.kind === "html") return false;
  return providerErrorOf(body) !== null || holdsGeneration(exchange);
}

const GENERATION_MEMBERS = ["choices", "candidates", "promptFeedback", "usageMetadata"] as const;
const GENERATION_TYPES = /^(?:message_|content_block_|response\.|ping$)/;

function holdsGeneration(exchange: Exchange): boolean {
  if (hasDoneLine(exchange.text)) return true;
  return eventsOf(exchange).some(
    (event) =>
      GENERATION_MEMBERS.some((member) => member in event) ||
      GENERATION_TYPES.test(textOf(event["type"])) ||
      (isObject(event["message"]) && event["done"] !== undefined),
  );
}

/** The provider's error, which can be a short text with an error status. */
function sentError(exchange: Exchange, body: ResponseBody): ProviderError | null {
  const known = providerErrorOf(body);
  if (known !== null || body.kind !== "other") return known;
  const isError = exchange.status !== null && exchange.status >= 400;
  return isError ? providerErrorInText(exchange.text) : null;
}

function providerErrorOf(body: ResponseBody): ProviderError | null {
  switch (body.kind) {
    case "provider":
      return body.error;
    case "gateway":
    case "cloudflare-api":
      return body.asProvider;
    case "edge":
    case "html":
    case "empty":
    case "other":
      return null;
    default:
      return body satisfies never;
  }
}

function numberedErrorsOf(sender: Sender, body: ResponseBody): readonly NumberedError[] {
  if (sender === "edge") return body.kind === "edge" ? [body.error] : [];
  if (sender !== "gateway" && sender !== "unknown") return [];
  return body.kind === "gateway" || body.kind === "cloudflare-api" ? body.errors : [];
}

/** Why nothing in the response is proof, or null. Plain HTTP has no certificate to verify. */
function weakness(exchange: Exchange, domain: GatewayDomain | null): Doubt | null {
  if (misspellingOf(exchange.url) !== null) return "spelling";
  if (exchange.url.startsWith("https:") && exchange.tls.check !== "verified") return "certificate";
  return isOnUnlistedDomain(exchange, domain) ? "domain" : null;
}

/** Also where only the response says that the host is a custom domain. */
function isOnUnlistedDomain(exchange: Exchange, domain: GatewayDomain | null): boolean {
  const { url } = exchange;
  if (isOnDomain(url, domain)) return domain?.listed !== true;
  return isMarked(exchange) && !isOnGatewayHost(url, domain) && mayBeDomain(url);
}
