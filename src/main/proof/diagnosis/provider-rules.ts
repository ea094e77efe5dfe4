/**
 * Rules for providers' errors. Source: the providers' documentation; real bodies from public issue
 * threads.
 */
import type { DiagnosisRule } from "./diagnosis-rule";

/**
 * Messages come before statuses: a 400 is an invalid key for Google and xAI but missing credit for
 * Anthropic, and a 429 is missing credit for OpenAI.
 */
export const PROVIDER_RULES: readonly DiagnosisRule[] = [
  {
    rule: "provider_no_credit",
    culprit: "provider",
    match: {
      in: "provider",
      // Rate limit messages may mention billing; "limit: 0" means that the model is paid-only.
      text: /^(?![^]*(?:rate_limit_exceeded|rate limit reached|quota exceeded for metric(?![^]*limit: 0\b)))[^]*(?:insufficient[ _](?:quota|balance|credits?|funds)|credit balance|exceeded your current quota|billing|purchase (?:more )?credits|out of credits|used all available credits|payment required|requires more credits|exceeded_current_quota)/i,
    },
    title: "The account at {provider} has no credit.",
    meaning: "The key is right; {provider} wants to be paid before it answers: {message}",
    action: "Add credit, or raise the limit, in your account at {provider}.",
  },
  {
    rule: "provider_no_credit",
    culprit: "provider",
    match: { in: "provider", text: /specified api usage limits|key limit exceeded/i },
    title: "A spending limit at {provider} is reached.",
    meaning: "The key is right, but a limit that you set at {provider} stops it: {message}",
    action: "Raise the limit in your account at {provider}, or wait until it starts again.",
  },
  {
    rule: "provider_key_refused",
    culprit: "provider",
    match: { in: "provider", text: /only authorized for use with claude code/i },
    title: "{provider} refused the API key.",
    meaning: "The key is the token of a login, not an API key: {message}",
    action: "Create an API key in your account at {provider}, and use that one.",
  },
  {
    rule: "provider_account_disabled",
    culprit: "provider",
    match: { in: "provider", text: /(?:organization|account) has been (?:disabled|deactivated)/i },
    title: "{provider} has disabled this account.",
    meaning: "The key is known, but its account may not send requests: {message}",
    action: "Contact the support of {provider}, or use a key of another account.",
  },
  {
    rule: "provider_key_refused",
    culprit: "provider",
    match: {
      in: "provider",
      text: /authentication_error|invalid_authentication|invalid[ _]api[ _]key|incorrect api key|api[ _]key[ _](?:not valid|invalid)|invalid (?:x-api-key|token|authentication|authorization)|no auth(?:entication)? credentials|authentication fails|unauthenticated|user not found|wrong api key|unregistered callers|api key (?:is )?(?:expired|disabled|blocked)/i,
    },
    title: "{provider} refused the API key.",
    meaning: "The request got through to {provider}, which does not know this key: {message}",
    action: "Copy the key of {provider} again; the gateway's token is not the matter.",
  },
  {
    rule: "provider_model_unknown",
    culprit: "provider",
    match: {
      in: "provider",
      text: /model_not_found|model(?:[^.]|\.(?=\w)){0,120}(?:not found|not exist|does not exist|not supported|is not a valid|not available)|not a valid model|unknown model|invalid model|model not exist|no endpoints found|resource_not_found_error|models\/\S+ is not found|not_found_error/i,
    },
    title: "{provider} has no model “{model}” for this key.",
    meaning: "Either there is no model of that name, or this account may not use it: {message}",
    action: "Choose another model for the test.",
  },
  {
    rule: "provider_refused_content",
    culprit: "provider",
    match: {
      in: "provider",
      text: /content[ _](?:policy|filter|management)|responsible_ai|safety|moderation|usage guidelines|content exists risk|prohibited_content|data_inspection_failed|invalid_prompt|flagged/i,
    },
    title: "{provider} refused the content.",
    meaning: "Its safety check stopped the test's short prompt or the answer: {message}",
    action: "Test again; if it stays so, choose another model.",
  },
  {
    rule: "provider_rate_limited",
    culprit: "provider",
    match: {
      in: "provider",
      text: /rate[ _-]?limit|too many requests|resource_exhausted|tokens per min|requests per min|quota exceeded/i,
    },
    title: "{provider} limits the rate of requests.",
    meaning: "The limit is the provider's, not the gateway's: {message}",
    action: "Wait {wait} and test again.",
  },
  {
    rule: "provider_overloaded",
    culprit: "provider",
    match: {
      in: "provider",
      text: /overloaded|service_unavailable|unavailable|engine_overloaded|capacity|try again later|server is busy/i,
    },
    title: "{provider} is overloaded.",
    meaning: "The request is right; the provider cannot answer it now: {message}",
    action: "Test again in a few minutes, or choose another model.",
  },
  {
    rule: "provider_region",
    culprit: "provider",
    match: {
      in: "provider",
      text: /location is not supported|unsupported_country|country, region, or territory|not available in your (?:region|country)/i,
    },
    title: "{provider} does not answer requests from this region.",
    meaning: "Behind a gateway, the region is the one of Cloudflare's machine: {message}",
    action: "Run the test directly to compare.",
  },
  {
    rule: "provider_permission",
    culprit: "provider",
    match: { in: "provider", status: /^403$/ },
    title: "{provider} does not allow this key to do that.",
    meaning: "The key is known, and lacks a permission: {message}",
    action: "Look at the key's permissions in your account at {provider}.",
  },
  {
    rule: "provider_permission",
    culprit: "provider",
    match: { in: "provider", text: /permission_(?:error|denied)|insufficient permissions/i },
    title: "{provider} does not allow this key to do that.",
    meaning: "The key is known, and lacks a permission: {message}",
    action: "Look at the key's permissions in your account at {provider}.",
  },
  {
    rule: "provider_key_refused",
    culprit: "provider",
    match: { in: "provider", status: /^401$/ },
    title: "{provider} refused the API key.",
    meaning: "The request got through to {provider}, which does not know this key: {message}",
    action: "Copy the key of {provider} again; the gateway's token is not the matter.",
  },
  {
    rule: "provider_no_credit",
    culprit: "provider",
    match: { in: "provider", status: /^402$/ },
    title: "The account at {provider} has no credit.",
    meaning: "The key is right; {provider} wants to be paid before it answers: {message}",
    action: "Add credit, or raise the limit, in your account at {provider}.",
  },
  {
    rule: "provider_address_unknown",
    culprit: "provider",
    match: { in: "provider", status: /^404$/ },
    title: "{provider} has nothing at this address.",
    meaning: "Model “{model}” or the path of the base URL is not known there: {message}",
    action: "Check the model; then the base URL, its /v1 above all.",
  },
  {
    rule: "provider_rate_limited",
    culprit: "provider",
    match: { in: "provider", status: /^429$/ },
    title: "{provider} limits the rate of requests.",
    meaning: "The limit is the provider's, not the gateway's: {message}",
    action: "Wait {wait} and test again.",
  },
  {
    rule: "provider_too_large",
    culprit: "provider",
    match: { in: "provider", status: /^413$/ },
    title: "{provider} finds the request too large.",
    meaning: "The test sends one short sentence, so something on the way adds to it: {message}",
    action: "Look at the provider's headers and at proxies on the way.",
  },
  {
    rule: "provider_request_refused",
    culprit: "provider",
    match: { in: "provider", status: /^4\d\d$/ },
    title: "{provider} did not accept the request.",
    meaning: "It said: {message}",
    action: "Try another model; some do not take the settings of this test.",
  },
  {
    rule: "provider_failed",
    culprit: "provider",
    match: { in: "provider", status: /^5\d\d$/ },
    title: "{provider} failed to answer.",
    meaning: "The error is on the provider's side: {message}",
    action: "Test again in a few minutes.",
  },
  {
    rule: "provider_failed_midway",
    culprit: "provider",
    match: { in: "provider" },
    title: "{provider} began to answer and then gave an error.",
    meaning: "It said: {message}",
    action: "Test again; if it stays so, choose another model.",
  },
];
