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
      text: settings.requiresProviderKey ? texts.keysRequired : texts.keysOptional,
    },
    { name: names.guardrails, text: guardrailsOf(settings) },
    { name: names.dlp, text: dlpOf(settings) },
    { name: names.domains, text: domainsOf(domains) },
  ];
}

/** What tells gateways of a list apart, in a few words each. */
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

function rateOf({ rateLimit }: GatewaySettings): string {
  if (rateLimit === null) return texts.rateNone;
  return texts.rate(countOf(rateLimit.requests), perPeriod(rateLimit.seconds));
}

function retriesOf({ retries }: GatewaySettings): string {
  if (retries === null) return texts.retriesNone;
  return texts.retries(retries.attempts, duration(retries.delayMs));
}

function spendOf({ spendLimits }: GatewaySettings): string {
  if (spendLimits.length === 0) return texts.spendNone;
  return spendLimits
    .map(({ limit, seconds }) =>
      texts.spend(moneyOf(limit), seconds === null ? null : perPeriod(seconds)),
    )
    .join(", ");
}

function guardrailsOf({ guardrails }: GatewaySettings): string {
  const { prompts, responses } = guardrails;
  return prompts || responses ? texts.guardrails(prompts, responses) : texts.off;
}

function dlpOf({ dlp }: GatewaySettings): string {
  const { requests, responses, blocks } = dlp;
  return requests || responses ? texts.dlp(requests, responses, blocks) : texts.off;
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

/** "minute", "h": without a 1, as in "100 per minute". */
function perPeriod(seconds: number): string {
  return periodOf(seconds).replace(/^1 /u, "").replace(/^min$/u, "minute").replace(/^h$/u, "hour");
}
