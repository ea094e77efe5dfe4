/** Derives the items of the checklist from the findings. */
import type { AccountsView, DoctorItem, GatewayDetailsView, LogProof } from "../../shared/account";
import { GATEWAYS_PAGE, gatewayLogsPage, gatewayPage } from "../../shared/dashboard";
import type { GatewayError } from "../../shared/errors";
import type { GatewayKey } from "../../shared/gateways";
import type { Diagnosis, TestReport } from "../../shared/report";
import type { Result } from "../../shared/result";

export interface Tested {
  readonly id: string;
  readonly name: string;
  readonly result: Result<TestReport>;
}

/** All findings, from which the items are derived. */
export interface Findings {
  readonly gateway: GatewayKey;
  readonly accounts: Result<AccountsView>;
  readonly details: Result<GatewayDetailsView>;
  readonly tests: readonly Tested[];
  /** The proof of the first test that succeeded; null if none did. */
  readonly proof: { readonly name: string; readonly result: Result<LogProof> } | null;
}

type Outcome = Omit<DoctorItem, "check">;

/** All checks in their order. */
export function itemsOf(findings: Findings): readonly DoctorItem[] {
  const one = (check: DoctorItem["check"], outcome: Outcome): DoctorItem => ({ check, ...outcome });
  return [
    one("account", accountOf(findings)),
    one("gateway", gatewayOf(findings)),
    one("gateway_token", tokenOf(findings)),
    ...keysOf(findings).map((outcome) => one("provider_keys", outcome)),
    one("logging", loggingOf(findings)),
    one("cache", cacheOf(findings)),
    one("rate_limit", rateLimitOf(findings)),
    one("region", regionOf(findings)),
  ];
}

const NOTHING = { fix: null, url: null, provider: null } as const;

function ok(message: string): Outcome {
  return { ...NOTHING, state: "ok", message };
}

/** A question that could not be asked or answered. */
function unknown(message: string, fix: string | null = null): Outcome {
  return { ...NOTHING, state: "unknown", message, fix };
}

/** Errors of the token are failures; others leave the question open. */
function unanswered({ code, message }: GatewayError): Outcome {
  if (code === "account_not_connected") {
    return unknown("No Cloudflare account is connected, so this was not asked.");
  }
  const state = code.startsWith("api_token_") ? "failed" : "unknown";
  return { ...NOTHING, state, message };
}

const CONNECT = "Connect your Cloudflare account with an API token.";

function accountOf({ gateway, accounts, details }: Findings): Outcome {
  if (details.success) {
    const name = accounts.success ? nameIn(accounts.data, gateway.accountId) : null;
    return ok(`The API token sees the account${name === null ? "" : ` “${name}”`}.`);
  }
  if (!accounts.success) {
    const isUnconnected = accounts.error.code === "account_not_connected";
    return { ...unanswered(accounts.error), fix: isUnconnected ? CONNECT : null };
  }
  const { isComplete, accounts: listed } = accounts.data;
  const own = listed.find(({ accountId }) => accountId === gateway.accountId);
  if (own !== undefined) {
    return ok(`The API token sees the account${own.name === null ? "" : ` “${own.name}”`}.`);
  }
  if (!isComplete) return unanswered(details.error);
  return {
    ...NOTHING,
    state: "failed",
    message: `The account ${gateway.accountId} is not one of yours.`,
    fix: "Check the account ID, or connect with a token of that account.",
  };
}

function nameIn({ accounts }: AccountsView, accountId: string): string | null {
  return accounts.find((account) => account.accountId === accountId)?.name ?? null;
}

function gatewayOf({ gateway, details, tests }: Findings): Outcome {
  if (details.success) return ok(`The gateway “${gateway.gatewayName}” exists.`);
  if (details.error.code === "api_not_found") {
    return {
      ...NOTHING,
      state: "failed",
      message: details.error.message,
      fix: "Check the name, or create the gateway.",
      url: GATEWAYS_PAGE,
    };
  }
  const refused = withDiagnosis(tests, ({ rule }) => rule === "gateway_2001");
  if (refused !== null) return refusedBy(refused, gateway);
  const answered = tests.some(({ result }) => result.success && result.data.verdict === "gateway");
  if (answered) return ok(`The gateway “${gateway.gatewayName}” answered a test.`);
  return unanswered(details.error);
}

const TOKEN = /^(?:gateway_2009|cloudflare_authentication)$/;

function tokenOf({ gateway, details, tests }: Findings): Outcome {
  const refused = withDiagnosis(
    tests,
    ({ rule, act }) => TOKEN.test(rule) || act?.kind === "enter_token",
  );
  if (refused !== null) return refusedBy(refused, gateway);
  const isOpen = details.success && details.data.settings.authentication === false;
  // These passed the gateway's own checks, because the provider answered or refused.
  const passed = tests.flatMap(({ result }) =>
    result.success &&
    result.data.verdict === "gateway" &&
    (result.data.ok || result.data.diagnosis?.culprit === "provider")
      ? [result.data]
      : [],
  );
  if (passed.length > 0) {
    if (isOpen) return ok("The gateway needs no token.");
    return passed.some(sentToken)
      ? ok("The gateway accepts its token.")
      : ok("The gateway took a test without a token, so anyone who knows its name can use it.");
  }
  return tests.length === 0
    ? unknown(
        "No provider uses this gateway, so its token was not tested.",
        "Put a provider behind the gateway.",
      )
    : unknown("No test came through the gateway, so its token was not tested.");
}

/** A report of an earlier version has no headers. */
function sentToken({ request }: TestReport): boolean {
  const headers = request?.headers;
  return headers === undefined || headers.some(([name]) => name === "cf-aig-authorization");
}

function keysOf({ gateway, tests }: Findings): readonly Outcome[] {
  if (tests.length === 0) {
    return [unknown("No provider uses this gateway, so no key was tested.")];
  }
  return tests.map(({ id, name, result }): Outcome => {
    if (!result.success) {
      const { code, message } = result.error;
      const state = code.startsWith("key_") ? "failed" : "unknown";
      return { ...NOTHING, state, message, provider: id };
    }
    const { ok: isOk, diagnosis } = result.data;
    if (isOk) return { ...ok(`${name} accepted its key and answered.`), provider: id };
    if (diagnosis === null) return { ...unknown(`${name} did not answer.`), provider: id };
    if (diagnosis.culprit === "provider" || diagnosis.act?.kind === "check_key") {
      return refusedBy({ id, diagnosis }, gateway);
    }
    return {
      ...unknown(`The key of ${name} was not reached: ${diagnosis.title}`, diagnosis.action),
      provider: id,
    };
  });
}

function loggingOf({ gateway, details, proof }: Findings): Outcome {
  if (!details.success) return unanswered(details.error);
  const { settings, warnings } = details.data;
  const warning = warnings.find(({ code }) => code === "logs_off" || code === "logs_full");
  if (warning !== undefined) {
    return {
      ...NOTHING,
      state: "warning",
      message: warning.message,
      fix: "Change the log's settings in the dashboard.",
      url: warning.url,
    };
  }
  if (settings.collectsLogs === null) return unknown("Cloudflare does not say whether it logs.");
  if (proof === null) return ok("Logging is on.");
  if (!proof.result.success) return unanswered(proof.result.error);
  if (proof.result.data.state === "confirmed") {
    return ok(`Logging is on, and the log has the test of ${proof.name}.`);
  }
  return {
    ...NOTHING,
    state: "warning",
    message: proof.result.data.message,
    fix: "Open the log in the dashboard.",
    url: gatewayLogsPage(gateway),
  };
}

function cacheOf({ details }: Findings): Outcome {
  if (!details.success) return unanswered(details.error);
  const { settings, warnings } = details.data;
  const warning = warnings.find(({ code }) => code === "caching");
  if (warning !== undefined) {
    return {
      ...NOTHING,
      state: "warning",
      message: warning.message,
      fix: "Switch caching off if agents must get new answers.",
      url: warning.url,
    };
  }
  return settings.cacheSeconds === null
    ? unknown("Cloudflare does not say whether it caches.")
    : ok("Caching is off.");
}

function rateLimitOf({ gateway, details, tests }: Findings): Outcome {
  const reached = withDiagnosis(tests, ({ rule }) => rule === "gateway_2003");
  if (reached !== null) return refusedBy(reached, gateway);
  if (!details.success) return unanswered(details.error);
  const warning = details.data.warnings.find(({ code }) => code === "rate_limit");
  if (warning === undefined) {
    return details.data.settings.unread.includes("rateLimit")
      ? unknown("Cloudflare does not say whether there is a rate limit.")
      : ok("The gateway has no rate limit.");
  }
  return {
    ...NOTHING,
    state: "warning",
    message: warning.message,
    fix: "Raise the limit if agents work in parallel.",
    url: warning.url,
  };
}

/** Diagnoses of a refused region: by the provider, or by the edge in front of it. */
const REGION = /^(?:provider_region|edge_country)$/;

function regionOf({ gateway, tests }: Findings): Outcome {
  const refused = withDiagnosis(tests, ({ rule }) => REGION.test(rule));
  if (refused !== null) return refusedBy(refused, gateway);
  return tests.some(({ result }) => result.success && result.data.ok)
    ? ok("No provider refused the region of its test.")
    : unknown("No test succeeded, so the region was not checked.");
}

interface Refused {
  readonly id: string;
  readonly diagnosis: Diagnosis;
}

function withDiagnosis(
  tests: readonly Tested[],
  matches: (diagnosis: Diagnosis) => boolean,
): Refused | null {
  for (const { id, result } of tests) {
    if (!result.success) continue;
    const { diagnosis } = result.data;
    if (diagnosis !== null && matches(diagnosis)) return { id, diagnosis };
  }
  return null;
}

function refusedBy({ id, diagnosis }: Refused, gateway: GatewayKey): Outcome {
  const isAtGateway = diagnosis.culprit === "gateway";
  return {
    state: "failed",
    message: diagnosis.title,
    fix: diagnosis.action,
    url: isAtGateway ? gatewayPage(gateway) : null,
    provider: id,
  };
}
