/** The section's calls over a host's own transport, instead of Electron's IPC. */
import {
  everyCall,
  type GatewayApiCalls,
  type CallResult,
  type GatewayApi,
  type GatewayCalls,
  type GatewayMethod,
} from "../shared/contract";
import type { ProvidersView } from "../shared/view";

/** A line to the process that holds the gateway, whatever it is made of. */
export interface GatewayLine {
  /** Hands the input to the handler of that name in `gatewayHandlers`, and brings its answer. */
  readonly call: <Method extends GatewayMethod>(
    method: Method,
    input: GatewayCalls[Method]["input"],
  ) => CallResult<Method>;
  /** Brings what the gateway's `onChange` tells. Returns the way to stop. */
  readonly onChange: (listener: (view: ProvidersView) => void) => () => void;
}

/** The `api` of `CloudflareGatewaySection` over `line`. A call that rejects is shown as a broken connection. */
export function gatewayApiOver(line: GatewayLine): GatewayApi {
  return {
    ...everyCall<GatewayApiCalls>((method, input) => line.call(method, input)),
    onChange: (listener) => line.onChange(listener),
  };
}
