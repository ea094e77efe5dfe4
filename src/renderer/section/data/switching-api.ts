/** One `api` for the whole section, although the host replaces its own with each connection. */
import {
  everyCall,
  type CallResult,
  type GatewayApi,
  type GatewayApiCalls,
  type GatewayMethod,
} from "../../../shared/contract";
import { inputFailure } from "../../../shared/input-errors";
import type { Result } from "../../../shared/result";
import type { ProvidersView } from "../../../shared/view";

export interface SwitchingApi {
  /** Stays the same object, so that nothing typed or running is lost with a connection. */
  readonly api: GatewayApi;
  /**
   * Uses another `api` from now on. With null, every call fails with `disconnected`. Running calls fail,
   * because their answers cannot arrive. Returns whether the `api` has changed.
   */
  readonly connect: (api: GatewayApi | null) => boolean;
}

type Listener = (view: ProvidersView) => void;

export function createSwitchingApi(first: GatewayApi | null): SwitchingApi {
  let current = first;
  /** For each running call, the function that ends it. */
  const pending = new Set<(lost: Result<never>) => void>();
  /** Listeners, each with the function that removes it from the current `api`. */
  const listeners = new Map<Listener, () => void>();
  const listen = (listener: Listener): void => {
    listeners.set(listener, current?.onChange(listener) ?? (() => undefined));
  };
  return {
    api: {
      ...everyCall<GatewayApiCalls>((method, input) =>
        current === null
          ? Promise.resolve(inputFailure("disconnected"))
          : unlessLost(carry(current, method, input), pending),
      ),
      onChange: (listener) => {
        listen(listener);
        return () => {
          listeners.get(listener)?.();
          listeners.delete(listener);
        };
      },
    },
    connect: (api) => {
      if (api === current) return false;
      for (const stop of listeners.values()) stop();
      current = api;
      for (const lose of pending) lose(inputFailure("disconnected"));
      for (const listener of listeners.keys()) listen(listener);
      return true;
    },
  };
}

/** The answer of a call, or the failure with which a lost connection ends it. */
async function unlessLost(
  answer: Promise<Result<unknown>>,
  pending: Set<(lost: Result<never>) => void>,
): Promise<Result<unknown>> {
  let lose: (lost: Result<never>) => void = () => undefined;
  const lost = new Promise<Result<never>>((resolve) => {
    lose = resolve;
  });
  pending.add(lose);
  try {
    return await Promise.race([answer, lost]);
  } finally {
    pending.delete(lose);
  }
}

function carry<Method extends GatewayMethod>(
  api: GatewayApi,
  method: Method,
  input: never,
): CallResult<Method> {
  return api[method](input);
}
