/** The entry point `mux-cloudflare-gateway/renderer`, for a host's settings page. */
export { CloudflareGatewaySection, type CloudflareGatewaySectionProps } from "./section/section";
export { gatewayApiOver, type GatewayLine } from "./gateway-api-over";
export type {
  ChangeNews,
  EnableInput,
  GatewayApi,
  GatewayCalls,
  GatewayMethod,
  ProviderInput,
  StopInput,
  TestInput,
} from "../shared/contract";
export type { ErrorCode, Failure, GatewayError } from "../shared/errors";
export type { ModelRoute, MuxAppName, MuxRoute } from "../shared/mux-route";
export type { TestReport, TestRoute } from "../shared/report";
export type { Result, Success } from "../shared/result";
export type { RememberedTest, TestsView } from "../shared/tests";
export type { ProvidersView, ProviderView, ViewVersion } from "../shared/view";
