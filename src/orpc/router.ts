/** The gateway's calls as oRPC procedures, built with the host's own builder. */
import type { CloudflareGateway } from "../main/gateway";
import { gatewayHandlers, type GatewayHandlers } from "../main/ipc/handlers";
import { everyMethod, type GatewayMethod } from "../shared/contract";
import { changesOf } from "./changes";

/** The options that oRPC passes to a procedure. */
export interface ProcedureOptions<Context> {
  readonly context: Context;
  readonly input: unknown;
  /** Aborted when the client cancels the call or disconnects. */
  readonly signal?: AbortSignal | undefined;
}

/** The part of oRPC's builder that is used. A structural type, so that this package needs no oRPC. */
export interface ProcedureBuilder<Context, Procedure> {
  handler(handler: (options: ProcedureOptions<Context>) => Promise<unknown>): Procedure;
}

export type GatewayRouter<Procedure> = {
  readonly [Name in GatewayMethod | "onChange"]: Procedure;
};

/**
 * One procedure per call, and `onChange` as an event iterator, for the host's router. `builder` must
 * already have the host's authentication middleware: it guards every procedure. `gatewayOf` finds the
 * gateway in the context. Each input is validated; an invalid one answers `input_invalid`.
 */
export function gatewayRouter<Context, Procedure>(
  builder: ProcedureBuilder<Context, Procedure>,
  gatewayOf: (context: Context) => CloudflareGateway | Promise<CloudflareGateway>,
): GatewayRouter<Procedure> {
  return {
    ...everyMethod((method) =>
      builder.handler(async ({ context, input }) =>
        handlersOf(await gatewayOf(context))[method](input),
      ),
    ),
    onChange: builder.handler(async ({ context, signal }) =>
      changesOf(await gatewayOf(context), signal),
    ),
  };
}

/** Per gateway, because a running test is stopped by its name in a later call. */
const known = new WeakMap<CloudflareGateway, GatewayHandlers>();

function handlersOf(gateway: CloudflareGateway): GatewayHandlers {
  const handlers = known.get(gateway) ?? gatewayHandlers(gateway);
  known.set(gateway, handlers);
  return handlers;
}
