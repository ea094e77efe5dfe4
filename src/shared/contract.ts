/** Every call and event between the renderer and the main process, each written once. */
import type { Result } from "./result";
import type { TestReport } from "./report";
import type { TestsView } from "./tests";
import type { FixCode, ProvidersView, Route } from "./view";

export interface EnableInput {
  readonly provider: string;
  readonly accountId: string;
  readonly gatewayName: string;
  /** Absent: keep what the block has; null: remove it. Goes in, never comes back. */
  readonly token?: string | null;
  /** `custom-<slug>`; absent: keep what the block has; null: remove it. */
  readonly segment?: string | null;
  /** The provider's `mark` when it was shown; absent: whatever stands there is replaced. */
  readonly seen?: string;
}

export interface ProviderInput {
  readonly provider: string;
  readonly seen?: string;
}

export interface FixInput extends ProviderInput {
  /** One that a notice of the provider offered. */
  readonly fix: FixCode;
}

export interface SetMirrorInput {
  readonly on: boolean;
}

export interface TestInput {
  readonly provider: string;
  /** Chosen by the caller, so that it can stop this very test. */
  readonly run: string;
  /** Without the provider's prefix, and remembered; null: the usual one again; absent: the remembered one. */
  readonly model?: string | null;
  readonly route?: "saved" | Extract<Route, "direct">;
}

export interface StopInput {
  readonly run: string;
}

/** The types of one call; at run time only the name of the method counts. */
interface Signature<Input, Output> {
  readonly types?: (input: Input) => Output;
}

function call<Input, Output>(): Signature<Input, Output> {
  return {};
}

/**
 * Every call from the page to main: its name, its input and the data of its result.
 * A line here and a handler in main make a call; the preload, the page and every transport follow.
 */
const METHODS = {
  providers: call<undefined, ProvidersView>(),
  enable: call<EnableInput, ProvidersView>(),
  disable: call<ProviderInput, ProvidersView>(),
  forget: call<ProviderInput, ProvidersView>(),
  fix: call<FixInput, ProvidersView>(),
  setMirror: call<SetMirrorInput, ProvidersView>(),
  undo: call<undefined, ProvidersView>(),
  test: call<TestInput, TestReport>(),
  stopTest: call<StopInput, null>(),
  tests: call<undefined, TestsView>(),
};

export type GatewayMethod = keyof typeof METHODS;

/** Method → the types of its input and of the data of its answer. */
export type GatewayCalls = {
  readonly [Method in GatewayMethod]: (typeof METHODS)[Method] extends Signature<
    infer Input,
    infer Output
  >
    ? { readonly input: Input; readonly output: Output }
    : never;
};

/** Whether a name that came from elsewhere is a call of the contract. */
export function isGatewayMethod(name: unknown): name is GatewayMethod {
  return typeof name === "string" && Object.hasOwn(METHODS, name);
}

/** In the order of the contract. */
export const GATEWAY_METHODS: readonly GatewayMethod[] =
  Object.keys(METHODS).filter(isGatewayMethod);

/** A call as every layer passes it on: never a throw, always a `Result`. */
export type Answer<Method extends GatewayMethod> = Promise<Result<GatewayCalls[Method]["output"]>>;

type Call<Method extends GatewayMethod> = GatewayCalls[Method]["input"] extends undefined
  ? () => Answer<Method>
  : (input: GatewayCalls[Method]["input"]) => Answer<Method>;

export type GatewayApiCalls = { readonly [Method in GatewayMethod]: Call<Method> };

/**
 * A table with a function for each method, all of which lead to `carry`. The table's type says what
 * each takes and answers; `carry` gets its input as it comes.
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

/** What the preload puts on `window.cloudflareGateway`, and what the section needs from any host. */
export type GatewayApi = GatewayApiCalls & {
  /** Calls the listener after every change of the file, ours or another's. Returns the function that stops it. */
  readonly onChange: (listener: (view: ProvidersView) => void) => () => void;
};

/** The name that version 0.1.0 gave to the listener's argument. */
export type ChangeNews = ProvidersView;

/** The IPC channel of a method. */
export function channelOf(method: GatewayMethod): string {
  return `cloudflare-gateway:${method}`;
}

/** The IPC channel on which main pushes a `ProvidersView` after every change of the file. */
export const CHANGE_CHANNEL = "cloudflare-gateway:changed";
