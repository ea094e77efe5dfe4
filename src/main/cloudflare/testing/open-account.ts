/** For tests: an account with a real providers.jsonc. */
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { failure } from "../../../shared/errors";
import { openProvidersStore } from "../../config/store";
import { recordingLog } from "../../proof/testing/provider";
import { RoutedSince } from "../routed-segments";
import { SentTests } from "../sent-tests";
import { openAccount, type AccountOptions, type OpenAccount } from "../account";
import { removeDirectory } from "../../text/testing/remove-directory";

export interface TestAccount extends OpenAccount {
  /** Replaces providers.jsonc. */
  readonly write: (providers: object) => Promise<void>;
  /** A provider's `mark` in the view. */
  readonly mark: (provider: string) => Promise<string>;
}

export async function openTestAccount(
  env: NodeJS.ProcessEnv,
  options: Partial<AccountOptions> & { readonly providers?: object } = {},
): Promise<TestAccount> {
  const { providers = {}, ...rest } = options;
  const home = await mkdtemp(join(tmpdir(), "account-"));
  const file = join(home, "providers.jsonc");
  const log = options.log ?? recordingLog();
  const write = (content: object) => writeFile(file, JSON.stringify(content));
  await write(providers);
  const store = openProvidersStore({ file, env, log });
  const view = async () => (await store.read()).view;
  const account = openAccount({
    env,
    log,
    secrets: null,
    view,
    saved: async () => (await store.read()).providers,
    changedAt: async () => null,
    tests: new SentTests(),
    routedSince: new RoutedSince(),
    diagnose: async () => null,
    test: async (provider) => failure("provider_unknown", { provider }),
    pausesMs: [1, 1, 1, 1],
    logPausesMs: [1, 1, 1, 1],
    ...rest,
  });
  return {
    ...account,
    write,
    mark: async (provider) =>
      (await view()).providers.find(({ id }) => id === provider)?.mark ?? "unknown",
    close: async () => {
      await account.close();
      await store.close();
      await removeDirectory(home);
    },
  };
}

/** A file with one provider behind a gateway of the account. */
export function routedIn(accountId: string): object {
  return {
    openai: {
      apiKey: "sk-canary-0123456789",
      cloudflareGateway: { accountId, gatewayName: "my-gateway" },
    },
  };
}
