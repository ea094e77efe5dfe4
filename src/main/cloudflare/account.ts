/** The user's Cloudflare account: the calls of the panel, each with names in and a view out. */
import type {
  AccountGatewaysView,
  AccountInput,
  AccountStatus,
  AccountsView,
  CloudflareAccountName,
  ConnectAccountInput,
} from "../../shared/account";
import { checkAccountId } from "../../shared/gateway-names";
import { success, type Result } from "../../shared/result";
import type { Log } from "../text/log";
import { redactor } from "../text/redact";
import { ACCOUNT, asksAccounts, asksGateways, asksMemberships, MEMBERSHIP } from "./account-calls";
import type { Api } from "./api";
import { openApiClient } from "./api-client";
import { apiText } from "./api-text";
import { openConnection, type Connection } from "./connection";
import { GATEWAY, settingsOf } from "./gateway-settings";
import type { SecretStore } from "./secret-store";

/** Every call takes names, never a URL or a body. */
export interface CloudflareAccount {
  /** Which token is in use, and what it lacks. A stored token is verified once. */
  readonly status: () => Promise<Result<AccountStatus>>;
  /**
   * Verifies a token and uses it from now on. Fails with an `api_token_…` error, with
   * `environment_token_missing`, or because Cloudflare cannot be reached; the earlier token stays.
   */
  readonly connect: (input: ConnectAccountInput) => Promise<Result<AccountStatus>>;
  /** Forgets the token, in memory and where it is stored. */
  readonly disconnect: () => Promise<Result<AccountStatus>>;
  /** The accounts that the token names. */
  readonly accounts: () => Promise<Result<AccountsView>>;
  /** The gateways of an account, with their settings. */
  readonly gateways: (input: AccountInput) => Promise<Result<AccountGatewaysView>>;
}

export interface AccountOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  readonly secrets: SecretStore | null;
  /** The accounts that the file and the environment name. */
  readonly knownAccounts: () => Promise<readonly string[]>;
  /** For tests. */
  readonly pausesMs?: readonly number[];
  readonly timeLimitMs?: number;
}

export interface OpenAccount extends CloudflareAccount, Pick<Connection, "isToken" | "secretsNow"> {
  readonly close: () => Promise<void>;
}

/** Opens the account. Nothing is sent before a call. */
export function openAccount(options: AccountOptions): OpenAccount {
  const { env, log, timeLimitMs } = options;
  const client = openApiClient({ env, log, ...(timeLimitMs === undefined ? {} : { timeLimitMs }) });
  const connection = openConnection({ ...options, client });
  const redact = (text: string) => apiText(text, redactor(connection.secretsNow()));

  return {
    status: connection.status,
    connect: connection.connect,
    disconnect: connection.disconnect,
    accounts: () => connection.use((api, signal) => readAccounts(api, signal, redact)),
    gateways: async ({ accountId }) => {
      const valid = checkAccountId(accountId);
      if (!valid.success) return valid;
      return connection.use(async (api, signal) => {
        const listed = await api.list({ ...asksGateways(accountId), signal }, GATEWAY);
        if (!listed.success) return listed;
        return success({
          gateways: listed.data.rows.map((gateway) => settingsOf(accountId, gateway)),
        });
      });
    },
    isToken: connection.isToken,
    secretsNow: connection.secretsNow,
    close: async () => {
      connection.close();
      await client.close();
    },
  };
}

/** A token without Account Settings Read may still list the memberships of its user. */
async function readAccounts(
  api: Api,
  signal: AbortSignal,
  shown: (text: string) => string,
): Promise<Result<AccountsView>> {
  const named = (
    rows: readonly { readonly id: string; readonly name?: string | null | undefined }[],
  ) =>
    rows.flatMap(({ id, name }): readonly CloudflareAccountName[] =>
      checkAccountId(id).success ? [{ accountId: id, name: name ? shown(name) : null }] : [],
    );
  const listed = await api.list({ ...asksAccounts(), signal }, ACCOUNT);
  if (!listed.success && listed.error.code !== "api_permission_missing") return listed;
  const accounts = listed.success ? named(listed.data.rows) : [];
  if (listed.success && accounts.length > 0) {
    return success({ accounts, isComplete: listed.data.isComplete });
  }
  const memberships = await api.list({ ...asksMemberships(), signal }, MEMBERSHIP);
  const rows = memberships.success ? memberships.data.rows.map(({ account }) => account) : [];
  // The token may be limited to some of the user's accounts, or have others.
  if (rows.length > 0) return success({ accounts: named(rows), isComplete: false });
  // Refused: it may be that the token was revoked.
  return listed.success ? success({ accounts: [], isComplete: false }) : listed;
}
