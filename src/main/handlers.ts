/** The contract's calls on a gateway, without a transport: unknown in, a `Result` out, never a throw. */
import type { GatewayCalls, GatewayMethod } from "../shared/contract";
import { failure } from "../shared/errors";
import { success, type Result } from "../shared/result";
import type { CloudflareGateway } from "./gateway";
import { INPUT_SCHEMAS, whatIsWrong } from "./input-schemas";

export type GatewayHandlers = { readonly [Method in GatewayMethod]: GatewayHandler<Method> };

export type GatewayHandler<Method extends GatewayMethod> = (
  input: unknown,
) => Promise<Result<GatewayCalls[Method]["output"]>>;

type Answers = {
  readonly [Method in GatewayMethod]: (
    input: GatewayCalls[Method]["input"],
  ) => Promise<Result<GatewayCalls[Method]["output"]>>;
};

/**
 * The table that `registerIpc` mounts, for hosts with another transport. Each handler validates its
 * input (`input_invalid`) and answers as the gateway does.
 */
export function gatewayHandlers(gateway: CloudflareGateway): GatewayHandlers {
  const answers = answersOf(gateway);
  return {
    providers: validated("providers", answers),
    enable: validated("enable", answers),
    disable: validated("disable", answers),
    forget: validated("forget", answers),
    fix: validated("fix", answers),
    setMirror: validated("setMirror", answers),
    undo: validated("undo", answers),
    test: validated("test", answers),
    stopTest: validated("stopTest", answers),
    tests: validated("tests", answers),
  };
}

function validated<Method extends GatewayMethod>(
  method: Method,
  answers: Answers,
): GatewayHandler<Method> {
  return async (input) => {
    const parsed = INPUT_SCHEMAS[method].safeParse(input);
    if (!parsed.success) return failure("input_invalid", { what: whatIsWrong(parsed.error) });
    return answers[method](parsed.data);
  };
}

function answersOf(gateway: CloudflareGateway): Answers {
  const running = new Map<string, AbortController>();
  return {
    providers: () => gateway.providers(),
    enable: ({ provider, seen, ...details }) =>
      gateway.enable(provider, details, seen === undefined ? {} : { seen }),
    disable: ({ provider, ...seen }) => gateway.disable(provider, seen),
    forget: ({ provider, ...seen }) => gateway.forget(provider, seen),
    fix: ({ provider, fix, ...seen }) => gateway.fix(provider, fix, seen),
    setMirror: ({ on }) => gateway.setMirror(on),
    undo: () => gateway.undo(),
    test: async ({ provider, run, ...options }) => {
      if (running.has(run)) {
        return failure("input_invalid", { what: "run (a test with this name is running)" });
      }
      const controller = new AbortController();
      running.set(run, controller);
      try {
        return await gateway.test(provider, { ...options, signal: controller.signal });
      } finally {
        running.delete(run);
      }
    },
    tests: () => gateway.tests(),
    stopTest: async ({ run }) => {
      running.get(run)?.abort();
      return success(null);
    },
  };
}
