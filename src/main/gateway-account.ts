/** Loads the part for the user's Cloudflare account at its first call. */
import { failure, type Failure } from "../shared/errors";
import type { Result } from "../shared/result";
import type { AccountOptions, CloudflareAccount, OpenAccount } from "./cloudflare/account";
import { aboutError } from "./text/unexpected-error";

/** The account's calls, and what the rest of the gateway needs of it. */
export interface GatewayAccount {
  readonly calls: CloudflareAccount;
  /** Fails with `token_of_api` if a text is the API token in use, which no file may hold. */
  readonly refuseToken: (text: unknown) => Promise<Failure | null>;
  readonly close: () => Promise<void>;
}

/** Prepares the account. Its code is loaded at the first call, and `closed` ends all calls. */
export function prepareAccount(options: AccountOptions): GatewayAccount {
  let opened: Promise<OpenAccount> | null = null;
  let isClosed = false;
  const open = (): Promise<OpenAccount> =>
    (opened ??= import("./cloudflare/account").then(({ openAccount }) => openAccount(options)));

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

  return {
    calls: {
      status: call((account) => account.status),
      connect: call((account) => account.connect),
      disconnect: call((account) => account.disconnect),
      accounts: call((account) => account.accounts),
      gateways: call((account) => account.gateways),
    },
    refuseToken: async (text) => {
      // Without a store, no token is in use before the part was loaded.
      if (typeof text !== "string" || (opened === null && options.secrets === null)) return null;
      return (await (await open()).isToken(text))
        ? failure("token_of_api", { what: "This is the API token of your Cloudflare account." })
        : null;
    },
    close: async () => {
      isClosed = true;
      await (await opened)?.close();
    },
  };
}
