/** The changes of the file as an async iterator, which ends with the client that reads it. */
import type { ProvidersView } from "../shared/view";
import type { CloudflareGateway } from "../main/gateway";

/**
 * Starts with the current view, so that a client misses nothing while it connects. A slow client gets
 * only the newest of the views that it has not read. Ends when the client returns it or `signal` is
 * aborted.
 */
export function changesOf(
  gateway: Pick<CloudflareGateway, "providers" | "onChange">,
  signal: AbortSignal | undefined,
): AsyncIterableIterator<ProvidersView, undefined> {
  let newest: ProvidersView | null = null;
  let ended = false;
  let changed = false;
  const waiting: ((result: IteratorResult<ProvidersView, undefined>) => void)[] = [];

  const wake = (): void => {
    const resolve = newest !== null || ended ? waiting.shift() : undefined;
    if (resolve === undefined) return;
    resolve(take());
    wake();
  };
  const take = (): IteratorResult<ProvidersView, undefined> => {
    const view = newest;
    newest = null;
    return ended || view === null ? { done: true, value: undefined } : { done: false, value: view };
  };
  const receive = (view: ProvidersView): void => {
    newest = view;
    wake();
  };
  const unsubscribe = gateway.onChange((view) => {
    changed = true;
    receive(view);
  });
  const end = (): void => {
    if (ended) return;
    ended = true;
    unsubscribe();
    signal?.removeEventListener("abort", end);
    wake();
  };
  signal?.addEventListener("abort", end);
  if (signal?.aborted === true) end();
  const start = async (): Promise<void> => {
    const read = await gateway.providers();
    if (!read.success) end();
    // A change that arrived meanwhile is newer.
    else if (!changed) receive(read.data);
  };
  start().catch(end);

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        wake();
      }),
    return: () => {
      end();
      return Promise.resolve({ done: true, value: undefined });
    },
  };
}
