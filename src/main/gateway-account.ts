/** Loads the part for the user's Cloudflare account at its first call. */
import { stat } from "node:fs/promises";

import { failure, type Failure } from "../shared/errors";
import type { DomainKey } from "../shared/gateways";
import type { Result } from "../shared/result";
import type { ProvidersView } from "../shared/view";
import type { AccountState } from "./config/live-file";
import type { GatewayBlock } from "./mux/provider-config";
import type { AccountOptions, OpenAccount } from "./cloudflare/account";
import type { CloudflareAccount } from "./cloudflare/cloudflare-account";
import type { TestReport } from "../shared/report";
import type { LoggedFailure } from "./cloudflare/requests";
import { RoutedSince, routedSegments } from "./cloudflare/routed-segments";
import { SentTests } from "./cloudflare/sent-tests";
import { diagnoseLogged } from "./proof/diagnosis/logged-failure";
import { textsIn } from "./text/texts-in";
import { aboutError } from "./text/unexpected-error";

export interface PreparedOptions extends Pick<
  AccountOptions,
  "env" | "log" | "secrets" | "view" | "saved" | "test" | "onChange"
> {
  /** Absolute path of providers.jsonc. */
  readonly file: string;
}

/** The account's calls, and what the rest of the gateway needs of it. */
export interface GatewayAccount {
  readonly calls: CloudflareAccount;
  /** Fails with `domain_not_active` unless the connected account lists the domain as active. */
  readonly checkDomain: (domain: DomainKey) => Promise<Result<null>>;
  /** Whether a test may count this domain as the gateway's own. False without a connection. */
  readonly isListed: (domain: DomainKey) => Promise<boolean>;
  /** Fails with `token_of_api` if a text in `input` has the API token in use, which no file may hold. */
  readonly refuseToken: (input: unknown) => Promise<Failure | null>;
  /** Keeps a test, so that its row in the log can confirm it. `block`: that of its provider. */
  readonly rememberTest: (report: TestReport, nonce: string, block: GatewayBlock | null) => void;
  /** The connection as the view shows it. */
  readonly state: () => AccountState;
  /** The API tokens that this process knows, to hide them in every text. */
  readonly secrets: () => readonly string[];
  /** Tells that these providers have just been routed through a gateway. */
  readonly switchedOn: (providers: readonly string[]) => void;
  readonly close: () => Promise<void>;
}

/** Prepares the account. Its code is loaded at the first call, and `closed` ends all calls. */
export function prepareAccount({ file, ...options }: PreparedOptions): GatewayAccount {
  const tests = new SentTests();
  const routedSince = new RoutedSince();
  const all: AccountOptions = {
    ...options,
    tests,
    routedSince,
    changedAt: () => changeTime(file),
    diagnose: async (failed) =>
      diagnoseLogged({
        ...failed.gateway,
        ...failed,
        providerName: nameOf(await options.view(), failed),
      }),
  };
  let opened: Promise<OpenAccount> | null = null;
  let loaded: OpenAccount | null = null;
  let isClosed = false;
  const load = async (): Promise<OpenAccount> => {
    const { openAccount } = await import("./cloudflare/account");
    loaded = openAccount(all);
    return loaded;
  };
  const open = (): Promise<OpenAccount> => (opened ??= load());

  const call =
    <Arguments extends readonly unknown[], T>(
      pick: (account: OpenAccount) => (...given: Arguments) => Promise<Result<T>>,
    ): ((...given: Arguments) => Promise<Result<T>>) =>
    async (...given) => {
      if (isClosed) return failure("closed");
      try {
        const result = await pick(await open())(...given);
        return isClosed ? failure("closed") : result;
      } catch (error) {
        const about = aboutError(error);
        options.log.warn("Unexpected error", about);
        return failure("internal", { what: about.what });
      }
    };

  // Without a store, no token is in use before the part is loaded.
  const isInUse = () => opened !== null || options.secrets !== null;
  const checkDomain = call((account) => account.checkDomain);

  return {
    calls: {
      status: call((account) => account.status),
      connect: call((account) => account.connect),
      disconnect: call((account) => account.disconnect),
      accounts: call((account) => account.accounts),
      gateways: call((account) => account.gateways),
      settings: call((account) => account.settings),
      createGateway: call((account) => account.createGateway),
      customProvider: call((account) => account.customProvider),
      createCustomProvider: call((account) => account.createCustomProvider),
      logRow: call((account) => account.logRow),
      traffic: call((account) => account.traffic),
      requests: call((account) => account.requests),
      doctor: call((account) => account.doctor),
    },
    checkDomain,
    isListed: async (domain) => isInUse() && (await checkDomain(domain)).success,
    refuseToken: async (input) => {
      if (!isInUse()) return null;
      return (await (await open()).hasToken(textsIn(input).join("\n")))
        ? failure("token_of_api", { what: "This is the API token of your Cloudflare account." })
        : null;
    },
    rememberTest: (report, nonce, block) => {
      const { host = null, ...names } = block ?? { accountId: "", gatewayName: "" };
      const key = { accountId: names.accountId, gatewayName: names.gatewayName };
      tests.remember(
        report,
        nonce,
        block === null ? null : { ...key, ...(host === null ? {} : { host }) },
      );
    },
    state: () =>
      loaded === null ? NO_STATE : { changes: loaded.changesNow(), secrets: loaded.secretsNow() },
    secrets: () =>
      [...(loaded?.secretsNow() ?? []), options.env["CLOUDFLARE_API_TOKEN"]?.trim() ?? ""].filter(
        (secret) => secret !== "",
      ),
    switchedOn: (providers) => {
      for (const provider of providers) routedSince.switchedOn(provider, Date.now());
    },
    close: async () => {
      isClosed = true;
      await (await opened?.catch(() => null))?.close();
    },
  };
}

const NO_STATE: AccountState = { changes: 0, secrets: [] };

/** The panel's name of the provider that uses a segment, else Cloudflare's. */
function nameOf(view: ProvidersView, { gateway, segment }: LoggedFailure): string {
  const [id] = routedSegments(view, gateway).get(segment) ?? [];
  return view.providers.find((provider) => provider.id === id)?.name ?? segment;
}

async function changeTime(file: string): Promise<number | null> {
  try {
    return (await stat(file)).mtimeMs;
  } catch {
    return null;
  }
}
