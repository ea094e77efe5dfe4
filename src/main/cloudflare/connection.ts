/** The API token in use: entered, taken from the environment, or stored. No caller ever sees it. */
import { createHash } from "node:crypto";

import type {
  AccountPermission,
  AccountStatus,
  ApiTokenSource,
  ConnectAccountInput,
} from "../../shared/account";
import { failure, type GatewayError } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import type { Log } from "../text/log";
import { openApi, type Api } from "./api";
import type { ApiClient } from "./api-client";
import { checkApiToken, environmentToken } from "./api-token";
import { openKeptSecret } from "./kept-secret";
import type { SecretStore } from "./secret-store";
import {
  FIRST_PAUSES_MS,
  missingPermissions,
  verifyAt,
  verifyPatiently,
  verifyToken,
  type TokenOwner,
} from "./verify-token";

export interface ConnectionOptions {
  readonly client: ApiClient;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  /** Null: a token is kept in memory only. */
  readonly secrets: SecretStore | null;
  /** The accounts that the file and the environment name. */
  readonly knownAccounts: () => Promise<readonly string[]>;
  /** Whether providers.jsonc holds a token. */
  readonly isSaved: (token: string) => Promise<boolean>;
  /** Called after each connection and disconnection. */
  readonly onChange?: () => void;
  /** Pauses between attempts to verify a new token. Default: 15 seconds in all. */
  readonly pausesMs?: readonly number[];
  /** How long the store of secrets may take. Default: 30 seconds. */
  readonly storeLimitMs?: number;
}

export interface Connection {
  readonly status: () => Promise<Result<AccountStatus>>;
  readonly connect: (input: ConnectAccountInput) => Promise<Result<AccountStatus>>;
  readonly disconnect: () => Promise<Result<AccountStatus>>;
  /**
   * Runs calls with the token. Fails with `account_not_connected`. If the API refuses the token, asks
   * whether it was revoked, and then fails with `api_token_unknown` instead.
   */
  readonly use: <T>(
    calls: (api: Api, signal: AbortSignal) => Promise<Result<T>>,
  ) => Promise<Result<T>>;
  /** Whether a text contains the token in use. */
  readonly hasToken: (text: string) => Promise<boolean>;
  /** The token in use, so that texts can be shown without it. */
  readonly secretsNow: () => readonly string[];
  /** The `changes` of the status. */
  readonly changesNow: () => number;
  /** Ends running calls. */
  readonly close: () => void;
}

interface Connected {
  readonly secret: string;
  readonly source: ApiTokenSource;
  readonly ended: AbortController;
  /** Null: not asked yet. */
  owner: TokenOwner | null;
  expiresOn: string | null;
  missing: readonly AccountPermission[];
  problem: GatewayError | null;
}

/** How long an unknown token may be one that was just created. */
const NEW_FOR_MS = 60_000;

/** Opens the connection. Nothing is sent before a call. */
export function openConnection(options: ConnectionOptions): Connection {
  const { client, env, log, knownAccounts, isSaved, pausesMs = FIRST_PAUSES_MS } = options;
  const kept = openKeptSecret(options.secrets, log, options.storeLimitMs);
  let connected: Connected | null = null;
  let rememberProblem: GatewayError | null = null;
  /** Cancels the running attempt to connect. */
  let connecting = new AbortController();
  let loaded: Promise<void> | null = null;
  let changes = 0;
  const notify = (): void => {
    changes += 1;
    options.onChange?.();
  };
  const closed = new AbortController();
  /** When a token was first refused, by its hash. */
  const refused = new Map<string, number>();

  const start = (secret: string, source: ApiTokenSource): Connected => ({
    secret,
    source,
    ended: new AbortController(),
    owner: null,
    expiresOn: null,
    missing: [],
    problem: null,
  });

  const load = async (): Promise<void> => {
    const stored = await kept.get();
    if (stored !== null && checkApiToken(stored).success) {
      connected = start(stored, "stored");
      notify();
    }
  };
  const ready = (): Promise<void> => (loaded ??= load());

  /** Finds out once whether a stored token still works, and what it may do. */
  const inspect = async (token: Connected): Promise<void> => {
    if (token.owner !== null) return;
    const { signal } = token.ended;
    const api = await openApi(client, token.secret);
    const accounts = await knownAccounts();
    const verified = await verifyToken(api, accounts, signal);
    token.problem = verified.success ? null : verified.error;
    if (!verified.success) return;
    token.missing = await missingPermissions(api, accounts, signal);
    token.expiresOn = verified.data.expiresOn;
    token.owner = verified.data.owner;
  };

  const now = async (): Promise<Result<AccountStatus>> => {
    const token = connected;
    const canRemember = await kept.isAvailable();
    return success({
      changes,
      token: token && { source: token.source, expiresOn: token.expiresOn },
      problem: token?.problem ?? null,
      hasEnvironmentToken: environmentToken(env) !== null,
      canRemember,
      rememberProblem,
      missing: token?.missing ?? [],
    });
  };

  /** Whether this refusal may come from a token that was just made. */
  const isNew = (secret: string): boolean => {
    const hash = createHash("sha256").update(secret).digest("base64");
    const first = refused.get(hash) ?? Date.now();
    refused.set(hash, first);
    return Date.now() - first < NEW_FOR_MS;
  };

  return {
    status: async () => {
      await ready();
      if (connected?.source === "stored") await inspect(connected);
      return now();
    },

    connect: async ({ token: choice, remember }) => {
      const text = typeof choice === "string" ? choice.trim() : environmentToken(env);
      if (text === null) return failure("environment_token_missing");
      const checked = checkApiToken(text);
      if (!checked.success) return checked;
      // Before anything is awaited, so that the last of several calls wins.
      connecting.abort();
      const attempt = new AbortController();
      connecting = attempt;
      await ready();
      if (await isSaved(text)) return failure("api_token_saved");
      const token = start(text, typeof choice === "string" ? "entered" : "environment");
      const api = await openApi(client, text);
      const accounts = await knownAccounts();
      const signal = AbortSignal.any([attempt.signal, closed.signal]);
      const verified = await verifyPatiently(
        () => verifyToken(api, accounts, signal),
        isNew(text) ? pausesMs : [],
        signal,
      );
      if (signal.aborted) return failure("account_not_connected");
      if (!verified.success) {
        const mayCome = verified.error.code === "api_token_unknown" && isNew(text);
        return mayCome ? failure("api_token_not_active") : verified;
      }
      token.missing = await missingPermissions(api, accounts, signal);
      if (signal.aborted) return failure("account_not_connected");
      token.owner = verified.data.owner;
      token.expiresOn = verified.data.expiresOn;
      connected?.ended.abort();
      connected = token;
      const isKept = typeof choice === "string" && remember;
      const saved = isKept ? await kept.set(text) : await kept.delete();
      rememberProblem = saved.success ? null : saved.error;
      // Only now, so that no window reads a status from before the store has answered.
      notify();
      return now();
    },

    disconnect: async () => {
      connecting.abort();
      await ready();
      const hadToken = connected !== null;
      connected?.ended.abort();
      connected = null;
      const forgotten = await kept.delete();
      rememberProblem = forgotten.success ? null : forgotten.error;
      if (hadToken) notify();
      return forgotten.success ? now() : forgotten;
    },

    use: async (calls) => {
      await ready();
      const token = connected;
      if (token === null) return failure("account_not_connected");
      const api = await openApi(client, token.secret);
      const signal = AbortSignal.any([token.ended.signal, closed.signal]);
      const result = await calls(api, signal);
      if (connected !== token) return failure("account_not_connected");
      if (result.success) token.problem = null;
      if (result.success || !isRefusal(result.error)) return result;
      const verified =
        token.owner === null
          ? await verifyToken(api, await knownAccounts(), signal)
          : await verifyAt(api, token.owner, signal);
      if (connected !== token) return failure("account_not_connected");
      if (verified.success || !isOfToken(verified.error)) return result;
      token.problem = verified.error;
      return verified;
    },

    hasToken: async (text) => {
      await ready();
      return connected !== null && text.includes(connected.secret);
    },
    secretsNow: () => (connected === null ? [] : [connected.secret]),
    changesNow: () => changes,
    close: () => {
      closed.abort();
      connected?.ended.abort();
    },
  };
}

function isRefusal({ code }: GatewayError): boolean {
  return code === "api_permission_missing" || code === "api_token_unknown";
}

function isOfToken({ code }: GatewayError): boolean {
  return (
    code === "api_token_unknown" || code === "api_token_disabled" || code === "api_token_expired"
  );
}
