/** The section's calls over a host's own transport, instead of Electron's IPC. */
import type { GatewayApi, GatewayCalls, GatewayMethod } from "../shared/contract";
import type { Result } from "../shared/result";
import type { ProvidersView } from "../shared/view";

/** A line to the process that holds the gateway, whatever it is made of. */
export interface GatewayLine {
  /** Hands the input to the handler of that name in `gatewayHandlers`, and brings its answer. */
  readonly call: <Method extends GatewayMethod>(
    method: Method,
    input: GatewayCalls[Method]["input"],
  ) => Promise<Result<GatewayCalls[Method]["output"]>>;
  /** Brings what the gateway's `onChange` tells. Returns the way to stop. */
  readonly onChange: (listener: (view: ProvidersView) => void) => () => void;
}

/** The `api` of `CloudflareGatewaySection` over `line`. A call that rejects is shown as a broken connection. */
export function gatewayApiOver(line: GatewayLine): GatewayApi {
  return {
    providers: () => line.call("providers", undefined),
    enable: (input) => line.call("enable", input),
    disable: (input) => line.call("disable", input),
    forget: (input) => line.call("forget", input),
    fix: (input) => line.call("fix", input),
    setMirror: (input) => line.call("setMirror", input),
    undo: () => line.call("undo", undefined),
    test: (input) => line.call("test", input),
    stopTest: (input) => line.call("stopTest", input),
    tests: () => line.call("tests", undefined),
    onChange: (listener) => line.onChange(listener),
  };
}
