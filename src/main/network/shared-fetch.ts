/** The default fetch of models: one client for each environment, opened on first use. */
import type { Log } from "../text/log";
import { openHttpClient, type HttpClient } from "./http-client";

const clients = new WeakMap<NodeJS.ProcessEnv, Promise<HttpClient>>();

/** A fetch with the proxies and extra certificates that `env` names at the first request. */
export function sharedFetch(env: NodeJS.ProcessEnv, log: Log): typeof globalThis.fetch {
  return async (input, init) => {
    const client = clients.get(env) ?? openHttpClient({ env, log });
    clients.set(env, client);
    return (await client).fetch(input, init);
  };
}
