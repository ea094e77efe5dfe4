/** The public API of `mux-cloudflare-gateway/main`, for a host's main process. */
export { openCloudflareGateway } from "./gateway";
export type { CloudflareGateway, GatewayOptions } from "./gateway";
export type { TestOptions } from "./provider-requests";
export type { GatewayDetails, SeenOption } from "./config/store";
export { gatewayHandlers, type GatewayHandler, type GatewayHandlers } from "./ipc/handlers";
export { registerIpc, type IpcOptions, type Sender } from "./ipc/ipc";
export type { CloudflareAccount } from "./cloudflare/cloudflare-account";
export type { SecretStore } from "./cloudflare/secret-store";
export type { Log } from "./text/log";
export type {
  AccountGatewaysView,
  AccountInput,
  AccountPermission,
  AccountStatus,
  AccountsView,
  ApiTokenSource,
  CloudflareAccountName,
  ConnectAccountInput,
  CreateGatewayInput,
  CustomProviderInput,
  CustomProviderView,
  DoctorCheck,
  DoctorItem,
  DoctorReport,
  GatewayDetailsView,
  GatewayDomain,
  GatewaySettings,
  LoggedRequest,
  LogProof,
  LogRow,
  LogRowInput,
  RequestsInput,
  RequestsView,
  SettingWarning,
  TrafficInput,
  TrafficSums,
  TrafficView,
  TrafficWindow,
} from "../shared/account";
export { isGatewayMethod } from "../shared/contract";
export type {
  ChangeNews,
  EnableInput,
  FixInput,
  GatewayApi,
  GatewayCalls,
  GatewayMethod,
  ProviderInput,
  SetMirrorInput,
  StopInput,
  TestInput,
} from "../shared/contract";
export type { ErrorCode, Failure, FilePlace, GatewayError } from "../shared/errors";
export type {
  Action,
  ConfirmDomainInput,
  EnvironmentGateway,
  GatewayInput,
  GatewayKey,
  GatewayView,
  ProviderRoute,
  ProvidersInput,
  RouteInput,
  TokenChoice,
  TokenState,
  Undone,
  UpdateGatewayInput,
} from "../shared/gateways";
export type { ModelRoute, MuxAppName, MuxRoute } from "../shared/mux-route";
export type { TestReport, TestRoute } from "../shared/report";
export type { Result, Success } from "../shared/result";
export type { RememberedTest, TestsView } from "../shared/tests";
export type { Changed, FixCode, ProvidersView, ProviderView, ViewVersion } from "../shared/view";
