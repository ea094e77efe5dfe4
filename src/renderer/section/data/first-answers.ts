/** Loads what the first screen needs before the section renders, so that it starts with its rows. */
import type { QueryClient } from "@tanstack/react-query";

import { hostApi, providersQuery } from "./queries";
import { shownView } from "./shown";
import { testsQuery } from "./tests";

/**
 * Resolves when the providers and the remembered tests are in the cache of `client`, or after `limitMs`
 * milliseconds. The section then shows its loading state and takes the answers when they arrive.
 */
export async function firstAnswers(client: QueryClient, limitMs: number): Promise<void> {
  const api = hostApi();
  const answers = [
    client.prefetchQuery(providersQuery(api, client)),
    client.prefetchQuery(testsQuery(api)),
  ];
  const limit = new Promise<void>((resolve) => {
    setTimeout(resolve, limitMs);
  });
  await Promise.race([Promise.all(answers), limit]);
}

/** Whether the known answers have no gateway, so that the page starts with the form for one. */
export function hasNoGateway(client: QueryClient): boolean {
  return shownView(client)?.gateways.length === 0;
}
