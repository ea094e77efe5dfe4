/** Loads the code of a test while the user reads the page, so that the first test need not wait for it. */
import type { CloudflareGateway } from "../gateway";
import type { ProvidersView } from "../../shared/view";

export interface IdlePreload {
  /** The gateway for the page. Its calls tell when the page is busy. */
  readonly gateway: CloudflareGateway;
  /** Must be called when the page loads a file. */
  readonly touch: () => void;
}

export interface IdlePreloadOptions {
  /** Loads the code for tests of these providers. It may fail: then the first test loads it. */
  readonly load: (providers: readonly string[]) => Promise<unknown>;
  /** How long the page must neither call nor load anything, in milliseconds. */
  readonly idleMs: number;
}

/**
 * Calls `load` once, when the page has its first view and has been idle since. A page that is being
 * painted still loads files or has just received its view.
 */
export function preloadWhenIdle(
  gateway: CloudflareGateway,
  { load, idleMs }: IdlePreloadOptions,
): IdlePreload {
  let view: ProvidersView | null = null;
  let timer: NodeJS.Timeout | null = null;
  let isDone = false;

  const start = (): void => {
    isDone = true;
    load(view === null ? [] : routedProviders(view)).catch(() => undefined);
  };
  const stop = (): void => {
    if (timer !== null) clearTimeout(timer);
  };
  const touch = (): void => {
    if (isDone || view === null) return;
    stop();
    timer = setTimeout(start, idleMs).unref();
  };
  return {
    touch,
    gateway: {
      ...gateway,
      providers: async () => {
        const read = await gateway.providers();
        if (read.success) view = read.data;
        touch();
        return read;
      },
      tests: async () => {
        const tests = await gateway.tests();
        touch();
        return tests;
      },
      close: async () => {
        isDone = true;
        stop();
        await gateway.close();
      },
    },
  };
}

/** Those that are probably tested: behind a gateway. */
function routedProviders({ providers }: ProvidersView): readonly string[] {
  return providers.filter(({ route }) => route === "gateway").map(({ id }) => id);
}
