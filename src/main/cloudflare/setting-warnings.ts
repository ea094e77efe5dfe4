/** Settings of a gateway that break or surprise agents, each in a sentence. */
import type { GatewaySettings, SettingWarning } from "../../shared/account";
import { gatewayLogsPage, gatewayPage } from "../../shared/dashboard";
import { listed } from "../../shared/listed";
import { countWords, timeWords } from "./figures";

interface Circumstances {
  readonly areLogsFull: boolean;
  /** Names of the providers behind this gateway that have no key. */
  readonly keyless: readonly string[];
}

/** The warnings, worst first. */
export function settingWarnings(
  settings: GatewaySettings,
  { areLogsFull, keyless }: Circumstances,
): readonly SettingWarning[] {
  const { rateLimit, retries, cacheSeconds, guardrails, dlp, spendLimits, logLimit } = settings;
  const page = gatewayPage(settings);
  const logs = gatewayLogsPage(settings);
  const warnings: (SettingWarning | null)[] = [
    settings.requiresProviderKey && keyless.length > 0
      ? {
          code: "requires_key",
          message: `This gateway refuses requests without a key, and ${listed(keyless, 4)} ${keyless.length === 1 ? "has" : "have"} none.`,
          url: page,
        }
      : null,
    settings.authentication === false
      ? {
          code: "open_gateway",
          message: "The gateway needs no token, so anyone who knows its name can use it.",
          url: page,
        }
      : null,
    spendLimits.length > 0
      ? { code: "spend_limit", message: spendSentence(spendLimits), url: page }
      : null,
    rateLimit === null
      ? null
      : {
          code: "rate_limit",
          message: `More than ${countWords(rateLimit.requests, "request")} in ${timeWords(rateLimit.seconds)} are refused, which parallel agents reach quickly.`,
          url: page,
        },
    retries === null
      ? null
      : {
          code: "retries",
          message: `The gateway repeats a failed request up to ${countWords(retries.attempts, "time")}, so an error can take minutes to arrive.`,
          url: page,
        },
    dlp.responses
      ? {
          code: "response_dlp",
          message:
            "Data loss prevention checks responses, so a response arrives only when it is complete.",
          url: page,
        }
      : null,
    cacheSeconds !== null && cacheSeconds > 0
      ? {
          code: "caching",
          message: `Caching is on: identical requests may be answered from the cache for ${timeWords(cacheSeconds)}.`,
          url: page,
        }
      : null,
    guardrails.prompts || guardrails.responses
      ? {
          code: "guardrails",
          message: `Guardrails check ${guarded(guardrails)}, and can refuse an agent's request.`,
          url: page,
        }
      : null,
    areLogsFull && logLimit !== null
      ? {
          code: "logs_full",
          message: `The log is full with ${countWords(logLimit.rows, "row")}, so new requests are not logged. Delete old ones.`,
          url: logs,
        }
      : null,
    settings.collectsLogs === false
      ? {
          code: "logs_off",
          message:
            "Logging is off, so Cloudflare's log can neither confirm tests nor show requests.",
          url: page,
        }
      : null,
  ];
  return warnings.filter((warning) => warning !== null);
}

function spendSentence(limits: GatewaySettings["spendLimits"]): string {
  const [{ limit, seconds } = { limit: 0, seconds: null }] = limits;
  const amount = `$${limit.toLocaleString("en-US", { maximumFractionDigits: 2 })}`;
  const period = seconds === null ? "" : ` in ${timeWords(seconds)}`;
  const more = limits.length > 1 ? ` There are ${limits.length} such limits.` : "";
  return `After spending ${amount}${period}, the gateway refuses requests.${more}`;
}

function guarded({ prompts, responses }: GatewaySettings["guardrails"]): string {
  if (prompts && responses) return "prompts and responses";
  return prompts ? "prompts" : "responses";
}
