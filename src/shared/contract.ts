/** Every call and event between the renderer and the main process, each written once. */
import type {
  AccountGatewaysView,
  AccountInput,
  AccountStatus,
  AccountsView,
  ConnectAccountInput,
  CreateGatewayInput,
  CustomProviderInput,
  CustomProviderView,
  DoctorReport,
  GatewayDetailsView,
  GatewaySettings,
  LogProof,
  LogRowInput,
  RequestsInput,
  RequestsView,
  TrafficInput,
  TrafficView,
} from "./account";
import type {
  ConfirmDomainInput,
  GatewayKey,
  ProvidersInput,
  RouteInput,
  UpdateGatewayInput,
} from "./gateways";
import type { Result } from "./result";
import type { TestReport, TestRoute } from "./report";
import type { TestsView } from "./tests";
import type { Changed, FixCode, ProvidersView } from "./view";

export interface EnableInput {
  readonly provider: string;
  readonly accountId: string;
  readonly gatewayName: string;
  /** Absent: keep the block's token; null: remove it. No call returns it. */
  readonly token?: string | null;
  /** The gateway needs no token, which the block remembers. Not together with `token`. */
  readonly open?: true;
  /** `custom-<slug>`; absent: keep the block's segment; null: remove it. */
  readonly segment?: string | null;
  /** False: the gateway must not store prompts in its log; absent: keep the block's setting. */
  readonly storePrompts?: boolean;
  /** A custom domain; absent: keep the block's; null: remove it. */
  readonly host?: string | null;
  /** The provider's `mark` when it was shown; absent: replace the block without a check. */
  readonly seen?: string;
}

export interface ProviderInput {
  readonly provider: string;
  readonly seen?: string;
}

export interface FixInput extends ProviderInput {
  /** A fix that one of the provider's warnings offers. */
  readonly fix: FixCode;
}

export interface SetMirrorInput {
  readonly on: boolean;
}

export interface TestInput {
  readonly provider: string;
  /** Chosen by the caller, which can stop the test by this name. */
  readonly run: string;
  /** Without the provider's prefix, and saved; null: back to the default; absent: the saved one. */
  readonly model?: string | null;
  readonly route?: TestRoute;
}

export interface StopInput {
  readonly run: string;
}

/** The types of one call. They have no value at run time. */
interface Signature<Input, Output> {
  readonly types?: (input: Input) => Output;
}

function call<Input, Output>(): Signature<Input, Output> {
  return {};
}

/**
 * Every call from the page to main: its name, its input and the data of its result.
 * To add a call, add a line here and a handler in main. All other types are derived.
 */
const METHODS = {
  providers: call<undefined, ProvidersView>(),
  enable: call<EnableInput, ProvidersView>(),
  disable: call<ProviderInput, ProvidersView>(),
  forget: call<ProviderInput, ProvidersView>(),
  route: call<RouteInput, Changed>(),
  direct: call<ProvidersInput, Changed>(),
  remove: call<ProvidersInput, Changed>(),
  updateGateway: call<UpdateGatewayInput, Changed>(),
  confirmDomain: call<ConfirmDomainInput, ProvidersView>(),
  fix: call<FixInput, ProvidersView>(),
  setMirror: call<SetMirrorInput, ProvidersView>(),
  undo: call<undefined, ProvidersView>(),
  openFile: call<undefined, null>(),
  test: call<TestInput, TestReport>(),
  stopTest: call<StopInput, null>(),
  tests: call<undefined, TestsView>(),
  accountStatus: call<undefined, AccountStatus>(),
  connectAccount: call<ConnectAccountInput, AccountStatus>(),
  disconnectAccount: call<undefined, AccountStatus>(),
  accounts: call<undefined, AccountsView>(),
  accountGateways: call<AccountInput, AccountGatewaysView>(),
  gatewayDetails: call<GatewayKey, GatewayDetailsView>(),
  createGateway: call<CreateGatewayInput, GatewaySettings>(),
  customProvider: call<CustomProviderInput, CustomProviderView>(),
  createCustomProvider: call<CustomProviderInput, CustomProviderView>(),
  logRow: call<LogRowInput, LogProof>(),
  traffic: call<TrafficInput, TrafficView>(),
  requests: call<RequestsInput, RequestsView>(),
  doctor: call<GatewayKey, DoctorReport>(),
};

export type GatewayMethod = keyof typeof METHODS;

/** Method → the types of its input and of the data of its result. */
export type GatewayCalls = {
  readonly [Method in GatewayMethod]: (typeof METHODS)[Method] extends Signature<
    infer Input,
    infer Output
  >
    ? { readonly input: Input; readonly output: Output }
    : never;
};

/** Whether an untrusted name is a method of the contract. */
export function isGatewayMethod(name: unknown): name is GatewayMethod {
  return typeof name === "string" && Object.hasOwn(METHODS, name);
}

/** In the order of the contract. */
export const GATEWAY_METHODS: readonly GatewayMethod[] =
  Object.keys(METHODS).filter(isGatewayMethod);

/** The result of a call in every layer. It never rejects. */
export type CallResult<Method extends GatewayMethod> = Promise<
  Result<GatewayCalls[Method]["output"]>
>;

type Call<Method extends GatewayMethod> = GatewayCalls[Method]["input"] extends undefined
  ? () => CallResult<Method>
  : (input: GatewayCalls[Method]["input"]) => CallResult<Method>;

export type GatewayApiCalls = { readonly [Method in GatewayMethod]: Call<Method> };

/**
 * Returns a table with one function per method, each of which calls `carry`. The table's type
 * determines each function's input and result; `carry` receives the input unchecked.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names its table
export function everyCall<Table extends { readonly [Method in GatewayMethod]: unknown }>(
  carry: (method: GatewayMethod, input: never) => Promise<Result<unknown>>,
): Table;
export function everyCall(
  carry: (method: GatewayMethod, input: never) => Promise<Result<unknown>>,
): unknown {
  return Object.fromEntries(
    GATEWAY_METHODS.map((method) => [method, (input: never) => carry(method, input)]),
  );
}

/** Returns a table with one value per method. */
export function everyMethod<T>(make: (method: GatewayMethod) => T): {
  readonly [Method in GatewayMethod]: T;
};
export function everyMethod(make: (method: GatewayMethod) => unknown): unknown {
  return Object.fromEntries(GATEWAY_METHODS.map((method) => [method, make(method)]));
}

/** The API on `window.cloudflareGateway`, which the section needs from any host. */
export type GatewayApi = GatewayApiCalls & {
  /** Calls the listener after every change of the file by any program. Returns a function that stops it. */
  readonly onChange: (listener: (view: ProvidersView) => void) => () => void;
};

/** The listener's argument, under its name in version 0.1.0. */
export type ChangeNews = ProvidersView;

/** The IPC channel of a method. */
export function channelOf(method: GatewayMethod): string {
  return `cloudflare-gateway:${method}`;
}

/** The IPC channel on which main sends a `ProvidersView` after every change of the file. */
export const CHANGE_CHANNEL = "cloudflare-gateway:changed";
