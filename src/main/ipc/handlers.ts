/** The contract's calls on a gateway, without a transport: unknown in, a `Result` out, never a throw. */
import {
  everyCall,
  type Answer,
  type GatewayCalls,
  type GatewayMethod,
} from "../../shared/contract";
import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import type { CloudflareGateway } from "../gateway";
import { INPUT_SCHEMAS, whatIsWrong } from "./input-schemas";

/** Each test is a request that somebody pays for; no person starts so many at the same time. */
const MOST_TESTS = 64;

export type GatewayHandlers = { readonly [Method in GatewayMethod]: GatewayHandler<Method> };

export type GatewayHandler<Method extends GatewayMethod> = (input: unknown) => Answer<Method>;

type Answers = {
  readonly [Method in GatewayMethod]: (input: GatewayCalls[Method]["input"]) => Answer<Method>;
};

/**
 * The table that `registerIpc` mounts, for hosts with another transport. Each handler validates its
 * input (`input_invalid`) and answers as the gateway does.
 */
export function gatewayHandlers(gateway: CloudflareGateway): GatewayHandlers {
  const answers = answersOf(gateway);
  return everyCall<GatewayHandlers>((method, input) => validated(method, input, answers));
}

async function validated<Method extends GatewayMethod>(
  method: Method,
  input: unknown,
  answers: Answers,
): Answer<Method> {
  const parsed = parse(method, input);
  return parsed.success ? answers[method](parsed.data) : parsed;
}

function parse<Method extends GatewayMethod>(
  method: Method,
  input: unknown,
): Result<GatewayCalls[Method]["input"]> {
  try {
    const parsed = INPUT_SCHEMAS[method].safeParse(ownMembers(input));
    if (parsed.success) return success(parsed.data);
    return failure("input_invalid", { what: whatIsWrong(parsed.error) });
  } catch {
    // A getter or a proxy that throws; its error could say anything, so it is not quoted.
    return failure("input_invalid", { what: "input (unreadable)" });
  }
}

/**
 * An object's own members, without what it inherits; nothing for a buffer, a list or a boxed string,
 * which has a member for each byte, all of which the schema would look at.
 */
function ownMembers(input: unknown): unknown {
  if (typeof input !== "object" || input === null) return input;
  return Object.prototype.toString.call(input) === "[object Object]" ? { ...input } : null;
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
      if (running.size >= MOST_TESTS) return failure("tests_too_many", { limit: MOST_TESTS });
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
