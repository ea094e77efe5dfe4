/** Every call and event between the renderer and the main process, each written once. */
import type { Result } from "./result";
import type { TestReport } from "./report";
import type { TestsView } from "./tests";
import type { FixCode, ProvidersView, Route, ViewVersion } from "./view";

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

/** Method → what goes in and what comes out. One line here and one handler in main make a call. */
export interface GatewayCalls {
  providers: { input: undefined; output: ProvidersView };
  enable: { input: EnableInput; output: ProvidersView };
  disable: { input: ProviderInput; output: ProvidersView };
  forget: { input: ProviderInput; output: ProvidersView };
  fix: { input: FixInput; output: ProvidersView };
  setMirror: { input: SetMirrorInput; output: ProvidersView };
  undo: { input: undefined; output: ProvidersView };
  test: { input: TestInput; output: TestReport };
  stopTest: { input: StopInput; output: null };
  tests: { input: undefined; output: TestsView };
}

export type GatewayMethod = keyof GatewayCalls;

const EVERY_METHOD: { readonly [Method in GatewayMethod]: true } = {
  providers: true,
  enable: true,
  disable: true,
  forget: true,
  fix: true,
  setMirror: true,
  undo: true,
  test: true,
  stopTest: true,
  tests: true,
};

export const GATEWAY_METHODS: readonly GatewayMethod[] = Object.keys(EVERY_METHOD).filter(
  (name): name is GatewayMethod => name in EVERY_METHOD,
);

type ViewMethod = {
  [Method in GatewayMethod]: GatewayCalls[Method]["output"] extends ProvidersView ? Method : never;
}[GatewayMethod];

const ANSWERED_WITH_VIEW: { readonly [Method in ViewMethod]: true } = {
  providers: true,
  enable: true,
  disable: true,
  forget: true,
  fix: true,
  setMirror: true,
  undo: true,
};

export function isAnsweredWithView(method: GatewayMethod): method is ViewMethod {
  return Object.hasOwn(ANSWERED_WITH_VIEW, method);
}

/** Whether a name that came from elsewhere is a call of the contract. */
export function isGatewayMethod(name: unknown): name is GatewayMethod {
  return typeof name === "string" && Object.hasOwn(EVERY_METHOD, name);
}

type Call<Method extends GatewayMethod> = GatewayCalls[Method]["input"] extends undefined
  ? () => Promise<Result<GatewayCalls[Method]["output"]>>
  : (input: GatewayCalls[Method]["input"]) => Promise<Result<GatewayCalls[Method]["output"]>>;

/** What the preload puts on `window.cloudflareGateway`, and what the section needs from any host. */
export type GatewayApi = { readonly [Method in GatewayMethod]: Call<Method> } & {
  /** Tells of every change of the file, ours or another's. Returns the way to stop. */
  readonly onChange: (listener: (news: ChangeNews) => void) => () => void;
};

/**
 * A page is told what the file is like now; where a call of its own was answered with that, only
 * which version it was, so that whatever in the page did not get the answer can ask.
 */
export type ChangeNews = ProvidersView | { readonly answered: ViewVersion };

/** The IPC channel of a method. */
export function channelOf(method: GatewayMethod): string {
  return `cloudflare-gateway:${method}`;
}

/** The IPC channel on which main pushes a `ChangeNews` after every change of the file. */
export const CHANGE_CHANNEL = "cloudflare-gateway:changed";
