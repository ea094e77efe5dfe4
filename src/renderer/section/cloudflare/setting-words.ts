/** A gateway's settings in words: in full for its card, and short for a list. */
import type { GatewayDomain, GatewaySettings } from "../../../shared/account";
import { countOf, moneyOf, periodOf } from "../words/account-figures";
import { accountWords } from "../words/account-words";
import { duration } from "../words/report-words";

const { settings: texts, traits } = accountWords;

export interface SettingLine {
  readonly name: string;
  readonly text: string;
}

/** Every setting that matters to mux, in the order of the dashboard. */
export function settingLines(
  settings: GatewaySettings,
  domains: readonly GatewayDomain[] | null,
): readonly SettingLine[] {
  const { names } = texts;
  return [
    { name: names.authentication, text: authenticationOf(settings) },
    { name: names.logs, text: logsOf(settings) },
    { name: names.cache, text: cacheOf(settings) },
    { name: names.rateLimit, text: rateOf(settings) },
    { name: names.retries, text: retriesOf(settings) },
    { name: names.spend, text: spendOf(settings) },
    {
      name: names.keys,
      text: keysOf(settings),
    },
    { name: names.guardrails, text: guardrailsOf(settings) },
    { name: names.dlp, text: dlpOf(settings) },
    { name: names.domains, text: domainsOf(domains) },
  ];
}

/** Differences between the gateways of a list, in a few words each. */
export function traitsOf(settings: GatewaySettings): readonly string[] {
  const { authentication, collectsLogs, cacheSeconds, rateLimit, retries } = settings;
  const isGuarded = settings.guardrails.prompts || settings.guardrails.responses;
  const isChecked = settings.dlp.requests || settings.dlp.responses;
  return [
    ...(authentication === null ? [] : [authentication ? traits.authentication : traits.open]),
    ...(collectsLogs === null ? [] : [collectsLogs ? traits.logs : traits.noLogs]),
    ...(cacheSeconds === null || cacheSeconds === 0 ? [] : [traits.cache(periodOf(cacheSeconds))]),
    ...(rateLimit === null
      ? []
      : [traits.rate(countOf(rateLimit.requests), perPeriod(rateLimit.seconds))]),
    ...(retries === null ? [] : [traits.retries]),
    ...(settings.spendLimits.length === 0 ? [] : [traits.spend]),
    ...(settings.requiresProviderKey ? [traits.keys] : []),
    ...(isGuarded ? [traits.guardrails] : []),
    ...(isChecked ? [traits.dlp] : []),
  ];
}

function authenticationOf({ authentication }: GatewaySettings): string {
  if (authentication === null) return texts.unknown;
  return authentication ? texts.authenticated : texts.open_gateway;
}

function logsOf({ collectsLogs, logLimit }: GatewaySettings): string {
  if (collectsLogs === null) return texts.unknown;
  if (!collectsLogs) return texts.logsOff;
  return logLimit === null
    ? texts.logsOn
    : texts.logRows(countOf(logLimit.rows), logLimit.whenFull);
}

function cacheOf({ cacheSeconds }: GatewaySettings): string {
  if (cacheSeconds === null) return texts.unknown;
  return cacheSeconds === 0 ? texts.cacheOff : texts.cacheOn(periodOf(cacheSeconds));
}

function rateOf({ rateLimit, unread }: GatewaySettings): string {
  if (rateLimit === null) return unread.includes("rateLimit") ? texts.unknown : texts.rateNone;
  return texts.rate(countOf(rateLimit.requests), perPeriod(rateLimit.seconds));
}

function retriesOf({ retries, unread }: GatewaySettings): string {
  if (retries === null) return unread.includes("retries") ? texts.unknown : texts.retriesNone;
  return texts.retries(retries.attempts, duration(retries.delayMs));
}

function spendOf({ spendLimits, unread }: GatewaySettings): string {
  if (spendLimits.length === 0) {
    return unread.includes("spendLimits") ? texts.unknown : texts.spendNone;
  }
  return spendLimits
    .map(({ limit, seconds }) =>
      texts.spend(moneyOf(limit), seconds === null ? null : perPeriod(seconds)),
    )
    .join(", ");
}

function keysOf({ requiresProviderKey, unread }: GatewaySettings): string {
  if (requiresProviderKey) return texts.keysRequired;
  return unread.includes("requiresProviderKey") ? texts.unknown : texts.keysOptional;
}

function guardrailsOf({ guardrails, unread }: GatewaySettings): string {
  const { prompts, responses } = guardrails;
  if (prompts || responses) return texts.guardrails(prompts, responses);
  return unread.includes("guardrails") ? texts.unknown : texts.off;
}

function dlpOf({ dlp, unread }: GatewaySettings): string {
  const { requests, responses, blocks } = dlp;
  if (requests || responses) return texts.dlp(requests, responses, blocks);
  return unread.includes("dlp") ? texts.unknown : texts.off;
}

function domainsOf(domains: readonly GatewayDomain[] | null): string {
  if (domains === null) return texts.domainsUnknown;
  if (domains.length === 0) return texts.domainsNone;
  return domains
    .map(
      ({ host, isActive, status }) =>
        `${host} (${isActive ? texts.active : accountWords.choose.domainState(status)})`,
    )
    .join(", ");
}

/** A period without a 1: "minute" or "hour", as in "100 per minute". */
function perPeriod(seconds: number): string {
  return periodOf(seconds).replace(/^1 /u, "").replace(/^min$/u, "minute").replace(/^h$/u, "hour");
}
