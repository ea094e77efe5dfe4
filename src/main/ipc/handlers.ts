/** Handles the contract's calls without a transport: takes unknown input, returns a `Result`, never throws. */
import {
  everyCall,
  type CallResult,
  type GatewayCalls,
  type GatewayMethod,
} from "../../shared/contract";
import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import type { CloudflareGateway } from "../gateway";
import { INPUT_SCHEMAS, describeIssues } from "./input-schemas";

/** Each test is a paid request, and no user starts this many at the same time. */
const MAX_TESTS = 64;

export type GatewayHandlers = { readonly [Method in GatewayMethod]: GatewayHandler<Method> };

export type GatewayHandler<Method extends GatewayMethod> = (input: unknown) => CallResult<Method>;

type Implementations = {
  readonly [Method in GatewayMethod]: (input: GatewayCalls[Method]["input"]) => CallResult<Method>;
};

/**
 * The handlers that `registerIpc` mounts, for hosts with another transport. Each handler validates
 * its input (`input_invalid`) and returns the gateway's `Result`.
 */
export function gatewayHandlers(gateway: CloudflareGateway): GatewayHandlers {
  const implementations = implementationsOf(gateway);
  const handlers = everyCall<GatewayHandlers>((method, input) =>
    validated(method, input, implementations),
  );
  return {
    ...handlers,
    // The first screen waits for them, and zod takes longer to load than they do.
    providers: (input) => (input === undefined ? gateway.providers() : handlers.providers(input)),
    tests: (input) => (input === undefined ? gateway.tests() : handlers.tests(input)),
  };
}

async function validated<Method extends GatewayMethod>(
  method: Method,
  input: unknown,
  implementations: Implementations,
): CallResult<Method> {
  const parsed = await parse(method, input);
  return parsed.success ? implementations[method](parsed.data) : parsed;
}

async function parse<Method extends GatewayMethod>(
  method: Method,
  input: unknown,
): Promise<Result<GatewayCalls[Method]["input"]>> {
  const schemas = await INPUT_SCHEMAS();
  try {
    const parsed = schemas[method].safeParse(ownMembers(input));
    if (parsed.success) return success(parsed.data);
    return failure("input_invalid", { what: describeIssues(parsed.error) });
  } catch {
    // A getter or a proxy threw. Its error may contain a secret, so it is not quoted.
    return failure("input_invalid", { what: "input (unreadable)" });
  }
}

/**
 * An object's own members, without inherited ones. Nothing for a buffer, an array or a boxed string:
 * they have a member per byte or character, and the schema would check them all.
 */
function ownMembers(input: unknown): unknown {
  if (typeof input !== "object" || input === null) return input;
  return Object.prototype.toString.call(input) === "[object Object]" ? { ...input } : null;
}

function implementationsOf(gateway: CloudflareGateway): Implementations {
  const running = new Map<string, AbortController>();
  return {
    providers: () => gateway.providers(),
    enable: ({ provider, seen, ...details }) =>
      gateway.enable(provider, details, seen === undefined ? {} : { seen }),
    disable: ({ provider, ...seen }) => gateway.disable(provider, seen),
    forget: ({ provider, ...seen }) => gateway.forget(provider, seen),
    route: (input) => gateway.route(input),
    direct: (input) => gateway.direct(input),
    remove: (input) => gateway.remove(input),
    updateGateway: (input) => gateway.updateGateway(input),
    confirmDomain: (input) => gateway.confirmDomain(input),
    fix: ({ provider, fix, ...seen }) => gateway.fix(provider, fix, seen),
    setMirror: ({ on }) => gateway.setMirror(on),
    undo: () => gateway.undo(),
    openFile: () => gateway.openFile(),
    test: async ({ provider, run, ...options }) => {
      if (running.has(run)) {
        return failure("input_invalid", { what: "run (a test with this name is running)" });
      }
      if (running.size >= MAX_TESTS) return failure("tests_too_many", { limit: MAX_TESTS });
      const controller = new AbortController();
      running.set(run, controller);
      try {
        return await gateway.test(provider, { ...options, signal: controller.signal });
      } finally {
        running.delete(run);
      }
    },
    tests: () => gateway.tests(),
    accountStatus: () => gateway.cloudflare.status(),
    connectAccount: (input) => gateway.cloudflare.connect(input),
    disconnectAccount: () => gateway.cloudflare.disconnect(),
    accounts: () => gateway.cloudflare.accounts(),
    accountGateways: (input) => gateway.cloudflare.gateways(input),
    gatewayDetails: (input) => gateway.cloudflare.settings(input),
    createGateway: (input) => gateway.cloudflare.createGateway(input),
    customProvider: (input) => gateway.cloudflare.customProvider(input),
    createCustomProvider: (input) => gateway.cloudflare.createCustomProvider(input),
    logRow: (input) => gateway.cloudflare.logRow(input),
    traffic: (input) => gateway.cloudflare.traffic(input),
    requests: (input) => gateway.cloudflare.requests(input),
    doctor: (input) => gateway.cloudflare.doctor(input),
    stopTest: async ({ run }) => {
      running.get(run)?.abort();
      return success(null);
    },
  };
}
