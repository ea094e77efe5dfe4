/** Reports for the gallery: one for each verdict and one for each culprit. */
import type { Culprit, Diagnosis, TestReport, Verdict } from "../../shared/report";
import { GATEWAY_URL, report } from "./sample-reports";

const DIRECT_URL = "https://api.anthropic.com/v1/messages";
const LOGS = {
  label: "Open the gateway's logs",
  url: "https://dash.cloudflare.com/?to=/:account/ai/ai-gateway",
} as const;

const REQUEST = {
  method: "POST",
  url: GATEWAY_URL,
  headers: [
    ["content-type", "application/json"],
    ["x-api-key", "[redacted]"],
  ],
  body: '{"model":"claude-haiku-4-5","max_tokens":16,"messages":[{"role":"user","content":"Hi"}]}',
} as const;

const DIAGNOSES: { readonly [Each in Culprit]: Diagnosis } = {
  gateway: {
    culprit: "gateway",
    rule: "gateway_2009",
    short: "Token missing",
    title: "The gateway asks for a token.",
    meaning: "It is an authenticated gateway, and the request brought no token that it accepts.",
    action: "Create a token with the permission AI Gateway: Run and enter it as the gateway token.",
    act: { kind: "enter_token" },
    link: { label: "Create a token", url: "https://dash.cloudflare.com/?to=/:account/api-tokens" },
  },
  provider: {
    culprit: "provider",
    rule: "provider_key",
    short: "Key rejected",
    title: "Anthropic does not accept the API key.",
    meaning: "The request passed the gateway and reached api.anthropic.com, which refused the key.",
    action: "Check the key in mux’s Providers settings; it may be revoked or of another workspace.",
    act: { kind: "check_key" },
    link: LOGS,
  },
  edge: {
    culprit: "edge",
    rule: "edge_522",
    short: "Server not reachable",
    title: "Cloudflare’s edge could not reach what lies behind it (error 522).",
    meaning: "Neither the gateway nor the provider answered in time.",
    action: "Try again in a minute; if it stays so, look at cloudflarestatus.com.",
    act: { kind: "test_again", notBefore: null },
    link: null,
  },
  network: {
    culprit: "network",
    rule: "tls_intercepted",
    short: "Certificate not trusted",
    title: "Somebody between here and Cloudflare shows a certificate of their own.",
    meaning: "A company’s proxy or a virus scanner reads the connection, so it was not used.",
    action:
      "Add your company's root certificate to this computer's trusted certificates, then restart the app. Or name its PEM file in MUX_SETTINGS_CA_CERTS.",
    act: null,
    link: null,
  },
  computer: {
    culprit: "computer",
    rule: "host_unknown",
    short: "Host not found",
    title: "This computer cannot find gateway.ai.cloudflare.com.",
    meaning: "The name could not be looked up: there is no network, or its DNS does not answer.",
    action: "Check the connection, a VPN above all, then test again.",
    act: { kind: "test_again", notBefore: null },
    link: null,
  },
  unknown: {
    culprit: "unknown",
    rule: "unknown",
    short: "Unknown error",
    title: "The request failed for a reason that is not known here.",
    meaning: "The answer had status 418 and nothing else that could be read.",
    action: "Look at the answer under Details.",
    act: null,
    link: null,
  },
};

export const VERDICTS: { readonly [Each in Verdict]: TestReport } = {
  gateway: report({
    request: REQUEST,
    evidence: [
      { kind: "host", text: "Called gateway.ai.cloudflare.com" },
      { kind: "header", text: "cf-aig-log-id: 01KAR4J6" },
    ],
  }),
  direct: report({
    verdict: "direct",
    expected: "direct",
    evidence: [{ kind: "host", text: "Called api.anthropic.com" }],
    request: { ...REQUEST, url: DIRECT_URL },
    cache: null,
    logId: null,
  }),
  unproven: report({
    verdict: "unproven",
    evidence: [{ kind: "host", text: "Called gateway.ai.cloudflare.com" }],
    cache: null,
    logId: null,
  }),
  bypassed: report({
    verdict: "bypassed",
    evidence: [
      {
        kind: "redirect",
        text: "gateway.ai.cloudflare.com sent the request on to api.anthropic.com",
      },
    ],
    request: { ...REQUEST, url: DIRECT_URL },
    cache: null,
    logId: null,
    notes: [
      {
        code: "base_url_from_environment",
        message: "ANTHROPIC_BASE_URL in the environment names another address.",
      },
    ],
  }),
  unreachable: refused("network", "unreachable"),
};

export const CULPRITS: { readonly [Each in Culprit]: TestReport } = {
  gateway: refused("gateway", "gateway", 401),
  provider: refused("provider", "gateway", 401),
  edge: refused("edge", "unproven", 522),
  network: refused("network", "unreachable"),
  computer: refused("computer", "unreachable"),
  unknown: refused("unknown", "unproven", 418),
};

/** Tests of mux's own route, while it differs from the settings. */
export const DETOURS: { readonly [Name in "openrouter" | "direct"]: TestReport } = {
  openrouter: report({
    route: "mux",
    through: "OpenRouter",
    verdict: "direct",
    expected: "direct",
    evidence: [{ kind: "host", text: "Called openrouter.ai" }],
    request: { ...REQUEST, url: "https://openrouter.ai/api/v1/chat/completions" },
    cache: null,
    logId: null,
  }),
  direct: report({
    route: "mux",
    verdict: "direct",
    expected: "direct",
    evidence: [{ kind: "host", text: "Called api.anthropic.com" }],
    request: { ...REQUEST, url: DIRECT_URL },
    cache: null,
    logId: null,
  }),
};

/** One failure for each kind of action, as far as `CULPRITS` has none. */
export const ACTS: { readonly [Name in string]: TestReport } = {
  "gateway-name": failing("gateway", {
    short: "No such gateway",
    title: "Cloudflare cannot find the gateway my-gateway.",
    meaning: "The account has no gateway with this name, or the account ID is wrong.",
    action: "Compare both with the dashboard, or create the gateway there.",
    act: { kind: "edit_gateway_name" },
    link: { label: "Open your gateways", url: LOGS.url },
  }),
  model: failing("provider", {
    short: "Model not found",
    title: "Anthropic does not know the model claude-haiku-9.",
    meaning: "The request passed the gateway and reached Anthropic, which has no such model.",
    action: "Choose a model that your key may use.",
    act: { kind: "choose_model" },
    link: null,
  }),
  page: failing("gateway", {
    short: "Blocked by Guardrails",
    title: "The gateway’s Guardrails blocked the request.",
    meaning: "A rule on your gateway rejected the test’s short prompt.",
    action: "Check the Guardrails settings of the gateway.",
    act: { kind: "open_page" },
    link: { label: "Open the gateway", url: LOGS.url },
  }),
  "later-again": failing("provider", {
    short: "Rate limited",
    title: "Anthropic limits the rate of requests.",
    meaning: "The key has used up its requests for this minute.",
    action: "Wait until the limit resets.",
    act: { kind: "test_again", notBefore: "2026-11-23T07:13:30.000Z" },
    link: null,
  }),
  "test-direct": failing("unknown", {
    short: "No response from provider",
    title: "The gateway got no response from Anthropic.",
    meaning: "Cloudflare could not reach the provider, or the model or a stored key is wrong.",
    action: "Test without the gateway. If that fails too, the provider or the model is the cause.",
    act: { kind: "test_direct" },
    link: LOGS,
  }),
};

function failing(culprit: Culprit, changes: Partial<Diagnosis>): TestReport {
  const diagnosis = { ...DIAGNOSES[culprit], ...changes };
  return { ...refused(culprit, "gateway", 400), diagnosis };
}

function refused(culprit: Culprit, verdict: Verdict, status: number | null = null): TestReport {
  const responded = status !== null;
  const isDnsFailure = culprit === "computer";
  return report({
    verdict,
    ok: false,
    status,
    answeredModel: null,
    tokens: null,
    cache: null,
    logId: null,
    request: REQUEST,
    diagnosis: DIAGNOSES[culprit],
    evidence: responded
      ? [
          { kind: "host", text: "Called gateway.ai.cloudflare.com" },
          { kind: "status", text: `It responded ${status}` },
        ]
      : [{ kind: "network", text: isDnsFailure ? "ENOTFOUND" : "SELF_SIGNED_CERT_IN_CHAIN" }],
    timings: {
      dnsMs: isDnsFailure ? null : 4,
      tcpMs: isDnsFailure ? null : 11,
      tlsMs: responded ? 23 : null,
      firstByteMs: responded ? 180 : null,
      firstTokenMs: null,
      totalMs: 210,
    },
    raw: responded
      ? {
          status,
          headers: [["content-type", "application/json"]],
          body: '{"success":false,"error":[{"code":2009,"message":"Unauthorized"}]}',
          truncated: false,
        }
      : null,
  });
}
