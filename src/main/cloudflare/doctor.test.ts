/** The checklist reports only observed successes, and names a fix for each failure. */
import { describe, expect, it } from "vitest";

import type { DoctorCheck, GatewayDetailsView, LogProof } from "../../shared/account";
import { failure, type ErrorCode, gatewayError } from "../../shared/errors";
import type { Diagnosis, TestReport } from "../../shared/report";
import { success } from "../../shared/result";
import { NEW_GATEWAY } from "../../shared/testing/gateway-settings";
import { diagnoseLogged } from "../proof/diagnosis/logged-failure";
import { itemsOf, type Findings } from "./doctor-items";
import { settingWarnings } from "./setting-warnings";
import { ROUTED_REPORT } from "./testing/routed-report";

const ACCOUNT_ID = "0123456789abcdef0123456789abcdef";
const KEY = { accountId: ACCOUNT_ID, gatewayName: "my-gateway" };

const SETTINGS: GatewayDetailsView["settings"] = { ...KEY, ...NEW_GATEWAY };

function details(extra: Partial<GatewayDetailsView["settings"]> = {}) {
  const settings = { ...SETTINGS, ...extra };
  const warnings = settingWarnings(settings, { areLogsFull: false, keyless: [] });
  return success({ settings, domains: [], warnings });
}

const CONFIRMED: LogProof = { state: "confirmed", row: null, differences: [], message: "It has." };

/** The diagnosis of a response, by the product's own rules. */
function diagnosis(status: number, body: object): Diagnosis {
  return diagnoseLogged({
    ...KEY,
    segment: "openai",
    providerName: "OpenAI",
    model: "m",
    status,
    body: JSON.stringify(body),
    at: 0,
  });
}

const atGateway = (code: number, message: string) => ({
  success: false,
  result: [],
  messages: [],
  error: [{ code, message }],
});
const tested = (report: Partial<TestReport> = {}) => [
  { id: "openai", name: "OpenAI", result: success({ ...ROUTED_REPORT, ...report }) },
];
const failedWith = (found: Diagnosis) => tested({ ok: false, diagnosis: found });

const HEALTHY: Findings = {
  gateway: KEY,
  accounts: success({ accounts: [{ accountId: ACCOUNT_ID, name: "Ada" }], isComplete: true }),
  details: details(),
  tests: tested(),
  proof: { name: "OpenAI", result: success(CONFIRMED) },
};

function item(check: DoctorCheck, findings: Partial<Findings>) {
  return itemsOf({ ...HEALTHY, ...findings }).find((each) => each.check === check);
}

describe("the checklist", () => {
  it("has every check in its order, all passed, when everything works", () => {
    const items = itemsOf(HEALTHY);
    expect(items.map(({ check, state }) => `${check} ${state}`)).toEqual([
      "account ok",
      "gateway ok",
      "gateway_token ok",
      "provider_keys ok",
      "logging ok",
      "cache ok",
      "rate_limit ok",
      "region ok",
    ]);
    expect(items.every(({ fix, url }) => fix === null && url === null)).toBe(true);
    expect(items[4]?.message).toBe("Logging is on, and the log has the test of OpenAI.");
  });

  it("passes nothing when nothing could be found out", () => {
    const refused = failure("account_not_connected");
    const items = itemsOf({
      gateway: KEY,
      accounts: refused,
      details: refused,
      tests: [],
      proof: null,
    });
    expect(items.map(({ state }) => state)).toEqual(Array.from({ length: 8 }, () => "unknown"));
    expect(items[0]?.fix).toBe("Connect your Cloudflare account with an API token.");
  });

  it("checks what a test shows without a connection", () => {
    const refused = failure("account_not_connected");
    const items = itemsOf({ ...HEALTHY, accounts: refused, details: refused, proof: null });
    expect(items.map(({ state }) => state)).toEqual([
      "unknown",
      "ok",
      "ok",
      "ok",
      "unknown",
      "unknown",
      "unknown",
      "ok",
    ]);
  });
});

const notFound = failure("api_not_found", { what: "gateway “my-gateway”" });
const strangers = success({
  accounts: [{ accountId: "f".repeat(32), name: "B" }],
  isComplete: true,
});
const wrongKey = diagnosis(401, { error: { message: "no", code: "invalid_api_key" } });
const unauthorized = diagnosis(401, atGateway(2009, "Unauthorized"));
const limited = diagnosis(429, atGateway(2003, "Rate limited"));
const wrongRegion = diagnosis(403, {
  error: { message: "Country not supported", code: "unsupported_country_region_territory" },
});

it.each<[string, DoctorCheck, Partial<Findings>, string, string]>([
  [
    "the account is a stranger's",
    "account",
    {
      accounts: strangers,
      details: failure("api_permission_missing", { permission: null, account: null }),
    },
    "failed",
    "is not one of yours",
  ],
  [
    "the token was revoked",
    "account",
    { accounts: failure("api_token_unknown"), details: failure("api_token_unknown") },
    "failed",
    "does not accept",
  ],
  ["the gateway is missing", "gateway", { details: notFound }, "failed", "no gateway “my-gateway”"],
  [
    "the gateway refuses its token",
    "gateway_token",
    { tests: failedWith(unauthorized) },
    "failed",
    "rejected its token",
  ],
  [
    "a provider refuses its key",
    "provider_keys",
    { tests: failedWith(wrongKey) },
    "failed",
    "OpenAI rejected",
  ],
  [
    "the gateway let a wrong key pass",
    "gateway_token",
    { tests: failedWith(wrongKey) },
    "ok",
    "accepts",
  ],
  [
    "the gateway's limit was hit",
    "provider_keys",
    { tests: failedWith(limited) },
    "unknown",
    "was not reached",
  ],
  [
    "the gateway's limit was hit",
    "rate_limit",
    { tests: failedWith(limited) },
    "failed",
    "own rate limit",
  ],
  [
    "the gateway's limit was hit",
    "gateway_token",
    { tests: failedWith(limited) },
    "unknown",
    "not tested",
  ],
  [
    "a provider refuses the region",
    "region",
    { tests: failedWith(wrongRegion) },
    "failed",
    "region",
  ],
  ["no test succeeded", "region", { tests: failedWith(wrongKey) }, "unknown", "No test succeeded"],
  ["logging is off", "logging", { details: details({ collectsLogs: false }) }, "warning", "off"],
  [
    "the log does not have the test",
    "logging",
    {
      proof: {
        name: "OpenAI",
        result: success({ ...CONFIRMED, state: "not_found", message: "No row." }),
      },
    },
    "warning",
    "No row.",
  ],
  ["caching is on", "cache", { details: details({ cacheSeconds: 60 }) }, "warning", "1 min"],
  [
    "the cache is not known",
    "cache",
    { details: details({ cacheSeconds: null }) },
    "unknown",
    "say",
  ],
  [
    "the rate limit is not known",
    "rate_limit",
    { details: details({ unread: ["rateLimit"] }) },
    "unknown",
    "does not say",
  ],
  [
    "there is a rate limit",
    "rate_limit",
    { details: details({ rateLimit: { requests: 10, seconds: 60 } }) },
    "warning",
    "10 requests in 1 min",
  ],
  [
    "the gateway is open",
    "gateway_token",
    { details: details({ authentication: false }) },
    "ok",
    "needs no token",
  ],
  [
    "the gateway took a test without a token",
    "gateway_token",
    { details: notFound, tests: tested({ request: { method: "POST", url: "", headers: [] } }) },
    "ok",
    "without a token",
  ],
  ["no provider uses it", "provider_keys", { tests: [] }, "unknown", "No provider uses"],
  [
    "a test went elsewhere",
    "gateway_token",
    { tests: tested({ verdict: "unproven" }) },
    "unknown",
    "No test came",
  ],
])("reports when %s: %s", (_, check, findings, state, words) => {
  const found = item(check, findings);
  expect(found?.state).toBe(state);
  expect(found?.message).toContain(words);
  // The sentence about a refused API token includes the fix.
  expect(state === "failed" && check !== "account" && found?.fix === null).toBe(false);
});

it.each<[ErrorCode & ("key_missing" | "domain_unconfirmed"), string]>([
  ["key_missing", "failed"],
  ["domain_unconfirmed", "unknown"],
])("reports a provider whose test fails with %s as %s", (code, state) => {
  const error =
    code === "key_missing"
      ? gatewayError(code, { provider: "openai", variables: [] })
      : gatewayError(code, { host: "ai.example.com" });
  const tests = [{ id: "openai", name: "OpenAI", result: { success: false, error } as const }];
  expect(item("provider_keys", { tests })).toMatchObject({ state, provider: "openai" });
});
