/** The panel's calls to the user's Cloudflare account. They take names and return views. */
import type { CustomProviderInput } from "../../shared/account";
import { failure } from "../../shared/errors";
import { checkAccountId } from "../../shared/gateway-names";
import {
  isSameGateway,
  keyOfGateway,
  type DomainKey,
  type GatewayKey,
} from "../../shared/gateways";
import type { TestReport } from "../../shared/report";
import { success, type Result } from "../../shared/result";
import type { ProvidersView } from "../../shared/view";
import type { Log } from "../text/log";
import { textsIn } from "../text/texts-in";
import { asksGateways } from "./account-calls";
import type { Api } from "./api";
import { openApiClient } from "./api-client";
import type { CloudflareAccount } from "./cloudflare-account";
import { openConnection, type Connection } from "./connection";
import { createCustomProvider, findCustomProvider, hostOf, type Hosted } from "./custom-providers";
import { examine } from "./doctor";
import { checkNames, createGateway, readDetails, readDomains } from "./gateway-calls";
import { settingsOf } from "./gateway-settings";
import { listAccounts } from "./list-accounts";
import { isLogId, LOG_PAUSES_MS, proveByLog } from "./log-proof";
import { openPace } from "./pace";
import { readRequests, type RequestSources } from "./requests";
import type { RoutedSince } from "./routed-segments";
import type { SentTests } from "./sent-tests";
import { readTraffic } from "./traffic";
import type { SecretStore } from "./secret-store";

export interface AccountOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  readonly secrets: SecretStore | null;
  /** The file as it is now. */
  readonly view: () => Promise<ProvidersView>;
  /** The providers in the file, with their secrets. */
  readonly saved: () => Promise<unknown>;
  /** Called after each connection and disconnection. */
  readonly onChange?: () => void;
  /** When the file was last changed, in milliseconds since 1970; null if that is not known. */
  readonly changedAt: () => Promise<number | null>;
  /** The route tests of this process. */
  readonly tests: SentTests;
  /** Since when providers use their gateways. */
  readonly routedSince: RoutedSince;
  readonly diagnose: RequestSources["diagnose"];
  /** Sends one test over a provider's saved route. */
  readonly test: (provider: string) => Promise<Result<TestReport>>;
  /** For tests. */
  readonly pausesMs?: readonly number[];
  readonly logPausesMs?: readonly number[];
  readonly timeLimitMs?: number;
  readonly storeLimitMs?: number;
}

export interface OpenAccount
  extends CloudflareAccount, Pick<Connection, "hasToken" | "secretsNow" | "changesNow"> {
  /** Fails with `domain_not_active` unless the account lists the domain as active. Asks each time. */
  readonly checkDomain: (domain: DomainKey) => Promise<Result<null>>;
  readonly close: () => Promise<void>;
}

/** Opens the account. Nothing is sent before a call. */
export function openAccount(options: AccountOptions): OpenAccount {
  const { env, log, view, tests, timeLimitMs, logPausesMs = LOG_PAUSES_MS } = options;
  const hasNonce = (nonce: string) => tests.hasNonce(nonce);
  const client = openApiClient({ env, log, ...(timeLimitMs === undefined ? {} : { timeLimitMs }) });
  const knownAccounts = async () => accountsOf(await view());
  const isSaved = async (token: string) =>
    textsIn(await options.saved()).some((text) => text.includes(token));
  const startPaced = openPace();
  const connection = openConnection({ ...options, client, knownAccounts, isSaved });
  /** The last shown host of each provider. A custom provider is created for no other host. */
  const shownHosts = new Map<string, string>();

  const inAccount = async <T>(
    accountId: string,
    calls: (api: Api, signal: AbortSignal) => Promise<Result<T>>,
  ): Promise<Result<T>> => {
    const valid = checkAccountId(accountId);
    return valid.success ? connection.use(calls) : valid;
  };
  const ofGateway = async <T>(
    gateway: GatewayKey,
    calls: (api: Api, signal: AbortSignal) => Promise<Result<T>>,
  ): Promise<Result<T>> => {
    const valid = checkNames(gateway);
    return valid.success ? connection.use(calls) : valid;
  };

  /** The provider's host now, if its settings are those that the caller has seen. */
  const seenHost = async ({ provider, seen }: CustomProviderInput): Promise<Result<Hosted>> => {
    const now = (await view()).providers.find(({ id }) => id === provider);
    if (now === undefined) return failure("provider_unknown", { provider });
    return now.mark === seen ? hostOf(now) : failure("conflict", { provider });
  };

  const details = (gateway: GatewayKey) =>
    ofGateway(gateway, async (api, signal) =>
      readDetails(api, gateway, keylessUsers(await view(), gateway), signal),
    );
  const accounts = () => connection.use(listAccounts);
  const logRow: CloudflareAccount["logRow"] = async (input) => {
    const { logId } = input;
    if (!isLogId(logId)) return failure("log_id_invalid");
    const test = tests.find(input);
    if (test === null) return failure("test_not_remembered");
    return ofGateway(test.gateway, (api, signal) =>
      proveByLog(api, test, logId, { pausesMs: logPausesMs, paced: startPaced(), signal }),
    );
  };

  return {
    status: connection.status,
    connect: connection.connect,
    disconnect: connection.disconnect,
    accounts,
    gateways: ({ accountId }) =>
      inAccount(accountId, async (api, signal) => {
        const listed = await api.list({ ...asksGateways(accountId), signal }, api.schemas.gateway);
        if (!listed.success) return listed;
        return success({
          gateways: listed.data.rows.map((gateway) => settingsOf(accountId, gateway, api.schemas)),
        });
      }),
    settings: details,
    createGateway: (input) => ofGateway(input, (api, signal) => createGateway(api, input, signal)),
    customProvider: (input) =>
      inAccount(input.accountId, async (api, signal) => {
        const hosted = await seenHost(input);
        if (!hosted.success) return hosted;
        const found = await findCustomProvider(api, input.accountId, hosted.data, signal);
        if (found.success) shownHosts.set(input.provider, hosted.data.host);
        return found;
      }),
    createCustomProvider: (input) =>
      inAccount(input.accountId, async (api, signal) => {
        const hosted = await seenHost(input);
        if (!hosted.success) return hosted;
        const shown = shownHosts.get(input.provider) ?? hosted.data.host;
        if (shown !== hosted.data.host) {
          return failure("conflict", { provider: input.provider });
        }
        return createCustomProvider(api, input.accountId, hosted.data, signal);
      }),
    logRow,
    traffic: (input) =>
      ofGateway(input, async (api, signal) => {
        const [shown, changedAt] = [await view(), await options.changedAt()];
        const now = Date.now();
        const settled = options.routedSince.settled(shown, input, changedAt, now);
        return readTraffic(api, input, { view: shown, settled, hasNonce, now }, signal);
      }),
    requests: (input) =>
      ofGateway(input, (api, signal) =>
        readRequests(api, input, { diagnose: options.diagnose, hasNonce }, signal),
      ),
    doctor: async (gateway) => {
      const valid = checkNames(gateway);
      if (!valid.success) return valid;
      const report = await examine(gateway, {
        view: await view(),
        accounts,
        details: () => details(gateway),
        test: options.test,
        prove: (test) => logRow({ ...gateway, ...test, route: "saved" }),
      });
      return success(report);
    },
    checkDomain: (domain) =>
      ofGateway(domain, async (api, signal) => {
        const { host } = domain;
        const listed = await readDomains(api, domain, signal);
        if (!listed.success) return listed;
        const isActive = listed.data.some((each) => each.host === host && each.isActive);
        return isActive ? success(null) : failure("domain_not_active", { host });
      }),
    hasToken: connection.hasToken,
    secretsNow: connection.secretsNow,
    changesNow: connection.changesNow,
    close: async () => {
      connection.close();
      await client.close();
    },
  };
}

/** The accounts that blocks and the environment name, the usual one first. */
function accountsOf({ gateways, environmentGateway }: ProvidersView): readonly string[] {
  const usual = [...gateways].sort((a, b) => Number(b.isUsual) - Number(a.isUsual));
  const named = usual.map(({ accountId }) => accountId);
  const all = environmentGateway === null ? named : [...named, environmentGateway.accountId];
  return [...new Set(all)].filter((accountId) => checkAccountId(accountId).success);
}

/** Names of the providers behind a gateway that have no key. */
function keylessUsers({ providers }: ProvidersView, gateway: GatewayKey): readonly string[] {
  return providers.flatMap(({ name, route, keySource, gateway: block }) => {
    const isUser = route === "gateway" && block !== null;
    return isUser && keySource === "none" && isSameGateway(keyOfGateway(block), gateway)
      ? [name]
      : [];
  });
}
