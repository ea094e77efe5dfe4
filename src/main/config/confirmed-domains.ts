/** The custom domains that the user has confirmed, each for one gateway, kept in settings.json. */
import type { ConfirmedDomains } from "../../shared/gateway-domain";
import { isSameGateway } from "../../shared/gateways";
import { success, type Result } from "../../shared/result";
import { openJsonFile } from "../disk/json-file";
import { elementsOf, lightFormat, type Members } from "../disk/light-format";
import type { Log } from "../text/log";

interface SavedDomain {
  /** The providers.jsonc that the confirmation applies to. */
  readonly file: string;
  readonly accountId: string;
  readonly gatewayName: string;
  readonly host: string;
}

interface Settings {
  readonly version: 1;
  readonly domains?: readonly SavedDomain[];
}

const FORMAT = lightFormat<Settings>(({ version, domains }) => {
  if (version !== 1) return null;
  // A list with an entry that cannot be read confirms nothing.
  const known = elementsOf(domains, domainOf);
  return known === null ? { version } : { version, domains: known };
});

function domainOf({ file, accountId, gatewayName, host }: Members): SavedDomain | null {
  return typeof file === "string" &&
    typeof accountId === "string" &&
    typeof gatewayName === "string" &&
    typeof host === "string"
    ? { file, accountId, gatewayName, host }
    : null;
}

export interface DomainConfirmations {
  /** Those of this providers.jsonc, including those of other processes. Never rejects. */
  readonly read: () => Promise<ConfirmedDomains>;
  /** Fails with a file system or lock error. */
  readonly confirm: (domains: ConfirmedDomains) => Promise<Result<null>>;
  /** Fails with a file system or lock error. */
  readonly revoke: (domains: ConfirmedDomains) => Promise<Result<null>>;
}

export interface DomainConfirmationOptions {
  /** Null keeps the confirmations in memory until the process ends. */
  readonly settingsFile: string | null;
  /** Absolute path of the providers.jsonc. A confirmation does not count for another one. */
  readonly providersFile: string;
  readonly log: Log;
}

/** Opens the confirmed domains in settings.json. */
export function openDomainConfirmations(options: DomainConfirmationOptions): DomainConfirmations {
  const { settingsFile, providersFile, log } = options;
  const settings = openJsonFile<Settings>({
    file: settingsFile,
    schema: FORMAT,
    // Version 0.1.0 expects `homes` in every file.
    empty: () => ({ version: 1, homes: [] }),
    log,
  });
  const change = async (
    update: (domains: ConfirmedDomains) => ConfirmedDomains,
  ): Promise<Result<null>> => {
    const changed = await settings.change((before) => {
      const others = (before.domains ?? []).filter(({ file }) => file !== providersFile);
      const own = update(ownDomains(before, providersFile));
      return {
        ...before,
        domains: others.concat(
          own.map(({ accountId, gatewayName, host }) => {
            return { file: providersFile, accountId, gatewayName, host };
          }),
        ),
      };
    });
    return changed.success ? success(null) : changed;
  };
  return {
    read: async () => ownDomains(await settings.read(), providersFile),
    confirm: (domains) => change((before) => [...without(before, domains), ...domains]),
    revoke: (domains) => change((before) => without(before, domains)),
  };
}

function ownDomains({ domains = [] }: Settings, providersFile: string): ConfirmedDomains {
  return domains.flatMap(({ file, accountId, gatewayName, host }) =>
    file === providersFile ? [{ accountId, gatewayName, host }] : [],
  );
}

function without(domains: ConfirmedDomains, removed: ConfirmedDomains): ConfirmedDomains {
  return domains.filter((domain) => !removed.some((each) => isSameGateway(each, domain)));
}
