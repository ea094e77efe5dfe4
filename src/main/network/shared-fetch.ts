/** The fetch of models whose host brings none: one client for each environment, opened when first used. */
import type { Log } from "../text/log";
import { openHttpClient, type HttpClient } from "./http-client";

const clients = new WeakMap<NodeJS.ProcessEnv, Promise<HttpClient>>();

/** Honours the environment's proxies and extra certificates as they were at the first request. */
export function sharedFetch(env: NodeJS.ProcessEnv, log: Log): typeof globalThis.fetch {
  return async (input, init) => {
    const client = clients.get(env) ?? openHttpClient({ env, log });
    clients.set(env, client);
    return (await client).fetch(input, init);
  };
}
