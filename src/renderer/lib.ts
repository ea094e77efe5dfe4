/** What `mux-cloudflare-gateway/renderer` offers to a host's settings page. */
export { CloudflareGatewaySection } from "./gateway/section";
export { gatewayApiOver, type GatewayLine } from "./gateway-api-over";
export type {
  EnableInput,
  GatewayApi,
  GatewayCalls,
  GatewayMethod,
  ProviderInput,
  StopInput,
  TestInput,
} from "../shared/contract";
export type { ErrorCode, GatewayError } from "../shared/errors";
export type { TestReport } from "../shared/report";
export type { Failure, Result, Success } from "../shared/result";
export type { RememberedTest, TestsView } from "../shared/tests";
export type { ProvidersView, ProviderView } from "../shared/view";
