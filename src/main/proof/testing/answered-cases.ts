/** For tests: whole configurations with the response to their request, and who sent it. */
import type { Culprit, Verdict } from "../../../shared/report";
import type { GatewayBlock } from "../../mux/provider-config";
import { ACCOUNT_ID, block } from "./provider";
import { apiError } from "./wire-formats";

export interface AnsweredCase {
  readonly when: string;
  readonly provider: string;
  readonly values?: Readonly<Record<string, unknown>>;
  /** Null: without a gateway. */
  readonly block: GatewayBlock | null;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly verdict: Verdict;
  readonly culprit: Culprit;
  readonly rule: string;
  /** The kind of the diagnosis's action, or null. */
  readonly act: string | null;
}

const EDGE = { server: "cloudflare", "cf-ray": "9aa0000000000000-AMS" };
const JSON_TYPE = { "content-type": "application/json" };
const HTML_TYPE = { "content-type": "text/html; charset=UTF-8" };
const PASSED_ON = { ...EDGE, ...JSON_TYPE, "cf-aig-log-id": "01K", "cf-aig-step": "0" };

const compatible = (baseUrl: string) => ({ providerType: "openai-compatible", baseUrl });
const WORKERS_AI = compatible(`https://api.cloudflare.com/client/v4/accounts/${ACCOUNT_ID}/ai/v1`);

function edgeProblem(code: number, status: number, title: string): string {
  return JSON.stringify({
    type: `https://developers.cloudflare.com/support/error-${code}/`,
    title: `Error ${code}: ${title}`,
    status,
    detail: title,
    error_code: code,
    ray_id: "9aa",
    cloudflare_error: true,
    retryable: false,
  });
}

const anthropicError = (message: string) =>
  JSON.stringify({ type: "error", error: { type: "invalid_request_error", message } });

/** Through the gateway, with the provider's JSON passed on. */
const passedOn = {
  block: block(),
  headers: PASSED_ON,
  verdict: "gateway",
  culprit: "provider",
} as const;

export const ANSWERED_CASES: readonly AnsweredCase[] = [
  {
    when: "the edge blocks a direct request with JSON (1010)",
    provider: "openai",
    values: { headers: { Accept: "application/json" } },
    block: null,
    status: 403,
    headers: { ...EDGE, ...JSON_TYPE },
    body: edgeProblem(1010, 403, "Access denied"),
    verdict: "direct",
    culprit: "edge",
    rule: "edge_firewall",
    act: null,
  },
  {
    when: "the edge limits the rate in front of the gateway with problem+json (1015)",
    provider: "openai",
    block: block(),
    status: 429,
    headers: { ...EDGE, "content-type": "application/problem+json" },
    body: edgeProblem(1015, 429, "You are being rate limited"),
    verdict: "unproven",
    culprit: "edge",
    rule: "edge_rate_limited",
    act: "test_again",
  },
  {
    when: "the edge limits the rate of a direct request with a page (1015)",
    provider: "openai",
    block: null,
    status: 429,
    headers: { ...EDGE, ...HTML_TYPE },
    body: '<!DOCTYPE html><html><head><title>Access denied</title></head><body><h1><span data-translate="error">Error</span>\n<span>1015</span></h1></body></html>',
    verdict: "direct",
    culprit: "edge",
    rule: "edge_rate_limited",
    act: "test_again",
  },
  {
    when: "the edge asks for a browser check",
    provider: "anthropic",
    block: null,
    status: 403,
    headers: { ...EDGE, ...HTML_TYPE, "cf-mitigated": "challenge" },
    body: "<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>",
    verdict: "direct",
    culprit: "edge",
    rule: "edge_challenge",
    act: null,
  },
  {
    ...passedOn,
    when: "the provider's server sends a page with HTTP 502 through the gateway",
    provider: "deepseek",
    status: 502,
    headers: { ...PASSED_ON, ...HTML_TYPE },
    body: "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>",
    rule: "provider_failed",
    act: "test_again",
  },
  {
    ...passedOn,
    when: "the provider's own firewall sends a page through the gateway",
    provider: "groq",
    values: compatible("https://api.groq.com/openai/v1"),
    status: 403,
    headers: { ...PASSED_ON, ...HTML_TYPE },
    body: "<!DOCTYPE html><html><head><title>Attention Required! | Cloudflare</title></head><body>You are unable to access groq.com</body></html>",
    rule: "provider_firewall",
    act: "test_direct",
  },
  {
    when: "a web filter blocks the gateway's host",
    provider: "anthropic",
    block: block(),
    status: 403,
    headers: { "content-type": "text/html", server: "Zscaler/6.2" },
    body: "<html><head><title>Internet Security</title></head><body>Category: Generative AI. Blocked by your organization.</body></html>",
    verdict: "unproven",
    culprit: "network",
    rule: "network_blocked",
    act: "test_again",
  },
  {
    when: "a web filter redirects to its login",
    provider: "anthropic",
    block: block(),
    status: 307,
    headers: { location: "https://gateway.filter.example/auth?origurl=x", server: "Zscaler/6.2" },
    body: "",
    verdict: "unproven",
    culprit: "network",
    rule: "network_login",
    act: "test_again",
  },
  {
    when: "the gateway's error has only a name and an internal code",
    provider: "anthropic",
    block: block(),
    status: 401,
    headers: { ...EDGE, ...JSON_TYPE },
    body: JSON.stringify({
      name: "AiGatewayError",
      internalCode: 2009,
      httpCode: 401,
      message: "Unauthorized",
    }),
    verdict: "gateway",
    culprit: "gateway",
    rule: "gateway_2009",
    act: "enter_token",
  },
  {
    when: "a policy of the gateway denies access",
    provider: "anthropic",
    block: block(),
    status: 403,
    headers: { ...EDGE, ...JSON_TYPE },
    body: JSON.stringify({ success: false, error: { message: "Access denied by policy" } }),
    verdict: "gateway",
    culprit: "gateway",
    rule: "gateway_policy",
    act: "open_page",
  },
  {
    when: "a policy's spending limit is reached",
    provider: "anthropic",
    block: block(),
    status: 429,
    headers: { ...EDGE, ...JSON_TYPE },
    body: JSON.stringify({
      success: false,
      error: { message: "Spending limit exceeded", bucket: "b", spent: 1000.42, limit: 1000 },
    }),
    verdict: "gateway",
    culprit: "gateway",
    rule: "gateway_policy_limit",
    act: "open_page",
  },
  {
    ...passedOn,
    when: "a provider has its error at the top, with a type (Cerebras)",
    provider: "cerebras",
    values: compatible("https://api.cerebras.ai/v1"),
    status: 401,
    body: JSON.stringify({
      message: "Wrong API Key",
      type: "invalid_request_error",
      param: "api_key",
      code: "wrong_api_key",
    }),
    rule: "provider_key_refused",
    act: "check_key",
  },
  {
    ...passedOn,
    when: "a provider lists the invalid fields in message.detail (Mistral)",
    provider: "mistral",
    values: compatible("https://api.mistral.ai/v1"),
    status: 422,
    body: JSON.stringify({
      object: "error",
      message: { detail: [{ type: "extra_forbidden", loc: ["body", "x"], msg: "Not permitted" }] },
      type: "invalid_request_error",
      param: null,
      code: null,
    }),
    rule: "provider_request_refused",
    act: "choose_model",
  },
  {
    ...passedOn,
    when: "a provider lists the invalid fields in message (Mistral)",
    provider: "mistral",
    values: compatible("https://api.mistral.ai/v1"),
    status: 422,
    body: JSON.stringify({
      object: "Error",
      message: [{ type: "extra_forbidden", loc: ["body", "x"], msg: "Not permitted" }],
      type: "invalid_request_error",
      code: 3001,
    }),
    rule: "provider_request_refused",
    act: "choose_model",
  },
  {
    ...passedOn,
    when: "the account's own spend limit is reached (Anthropic)",
    provider: "anthropic",
    status: 400,
    body: anthropicError(
      "You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.",
    ),
    rule: "provider_spend_limit",
    act: null,
  },
  {
    ...passedOn,
    when: "the key is a login's token (Anthropic)",
    provider: "anthropic",
    status: 400,
    body: anthropicError(
      "This credential is only authorized for use with Claude Code and cannot be used for other API requests.",
    ),
    rule: "provider_login_token",
    act: "check_key",
  },
  {
    ...passedOn,
    when: "the organization is disabled (Anthropic)",
    provider: "anthropic",
    status: 400,
    body: anthropicError("This organization has been disabled."),
    rule: "provider_account_disabled",
    act: "check_key",
  },
  {
    ...passedOn,
    when: "the key's own limit is reached (OpenRouter)",
    provider: "openrouter",
    status: 403,
    body: JSON.stringify({ error: { message: "Key limit exceeded (total limit).", code: 403 } }),
    rule: "provider_key_limit",
    act: "check_key",
  },
  {
    when: "Workers AI refuses its key",
    provider: "wai",
    values: WORKERS_AI,
    block: null,
    status: 401,
    headers: { ...EDGE, ...JSON_TYPE },
    body: apiError(10000, "Authentication error"),
    verdict: "direct",
    culprit: "provider",
    rule: "provider_key_refused",
    act: "check_key",
  },
  {
    ...passedOn,
    when: "Workers AI refuses its key behind the gateway",
    provider: "wai",
    values: WORKERS_AI,
    block: block({ segment: "workers-ai" }),
    status: 401,
    body: apiError(10000, "Authentication error"),
    rule: "provider_key_refused",
    act: "check_key",
  },
  {
    when: "the free allocation of Workers AI is used up",
    provider: "wai",
    values: WORKERS_AI,
    block: null,
    status: 429,
    headers: { ...EDGE, ...JSON_TYPE },
    body: JSON.stringify({
      errors: [
        {
          message: "AiError: you have used up your daily free allocation of 10,000 neurons",
          code: 4006,
        },
      ],
      success: false,
      result: {},
      messages: [],
    }),
    verdict: "direct",
    culprit: "provider",
    rule: "provider_free_allocation",
    act: null,
  },
];
