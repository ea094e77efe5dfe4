/** Sample providers and views, in the form that main sends them. */
import type { GatewayBlockView } from "../../shared/gateway-block";
import type { GatewayView } from "../../shared/gateways";
import { goesElsewhere } from "../../shared/mux-route";
import type { ProvidersView, ProviderView } from "../../shared/view";

export const ACCOUNT = "0123456789abcdef0123456789abcdef";

export function block(changes: Partial<GatewayBlockView> = {}): GatewayBlockView {
  return {
    accountId: ACCOUNT,
    gatewayName: "my-gateway",
    segment: null,
    hasToken: false,
    ...changes,
  };
}

/** Anthropic on the direct route, with an API key in the file. */
export function provider(changes: Partial<ProviderView> = {}): ProviderView {
  return {
    id: "anthropic",
    name: "Anthropic",
    kind: "built-in",
    inFile: true,
    enabled: true,
    keySource: "file",
    unroutable: null,
    route: "direct",
    gatewayByHand: null,
    gateway: null,
    baseUrl: "https://api.anthropic.com/v1",
    directBaseUrl: "https://api.anthropic.com/v1",
    baseUrlFromEnvironment: false,
    foreignHost: null,
    muxRoute: { kind: "saved" },
    modelRoutes: [],
    leak: null,
    models: [],
    notices: [],
    mark: "mark-1",
    ...changes,
  };
}

export const MOONSHOT = provider({
  id: "moonshotai",
  name: "Moonshot AI",
  baseUrl: "https://api.moonshot.ai/v1",
  directBaseUrl: "https://api.moonshot.ai/v1",
});

export const OLLAMA = provider({
  id: "ollama",
  name: "Ollama",
  unroutable: "local",
  baseUrl: "http://localhost:11434/api",
  directBaseUrl: "http://localhost:11434/api",
});

/** The gateway of `block`, with a token in the settings of every provider. */
export function gateway(changes: Partial<GatewayView> = {}): GatewayView {
  return {
    accountId: ACCOUNT,
    gatewayName: "my-gateway",
    active: [],
    disabled: [],
    token: "all",
    storePrompts: true,
    customSegments: [],
    isUsual: true,
    ...changes,
  };
}

const USUAL = { accountId: ACCOUNT, gatewayName: "my-gateway" } as const;

/** A view whose gateways and counts match its providers. */
export function view(changes: Partial<ProvidersView> = {}): ProvidersView {
  const providers = changes.providers ?? [provider(), MOONSHOT, OLLAMA];
  const { gateways, counts } = summary(providers);
  const usual = changes.usual === undefined ? USUAL : changes.usual;
  return {
    version: { store: "sample", number: 1 },
    file: "/home/ana/.mux/providers.jsonc",
    shownFile: "~/.mux/providers.jsonc",
    canOpenFile: true,
    otherFile: null,
    app: "mux",
    exists: true,
    problem: null,
    providers,
    usual,
    // The usual gateway always has a user, even one that the sample does not list.
    gateways: gateways.length === 0 && usual !== null ? [gateway(usual)] : gateways,
    counts,
    environmentGateway: null,
    mirror: { on: false, canChange: false },
    warnings: [],
    accountChanges: 0,
    undoSteps: 0,
    made: 0,
    undone: null,
    ...changes,
  };
}

/** The gateways and counts that main would send with these providers. */
export function summary(
  providers: readonly ProviderView[],
): Pick<ProvidersView, "gateways" | "counts"> {
  const users = new Map<string, ProviderView[]>();
  for (const each of providers.filter((one) => one.gateway !== null)) {
    const name = JSON.stringify([each.gateway?.accountId, each.gateway?.gatewayName]);
    users.set(name, [...(users.get(name) ?? []), each]);
  }
  const most = Math.max(0, ...[...users.values()].map((each) => each.filter(isOn).length));
  const ready = providers.filter(
    (each) => each.enabled && each.keySource !== "none" && each.unroutable === null,
  );
  return {
    gateways: [...users.values()].map((each) => {
      const hiding = each.filter((user) => user.gateway?.storePrompts === false).length;
      const withToken = each.filter((user) => user.gateway?.hasToken === true).length;
      return gateway({
        accountId: each[0]?.gateway?.accountId ?? "",
        gatewayName: each[0]?.gateway?.gatewayName ?? "",
        active: each.filter(isOn).map(({ id }) => id),
        disabled: each.filter((user) => !isOn(user)).map(({ id }) => id),
        storePrompts: hiding === 0 ? true : hiding === each.length ? false : null,
        token: withToken === 0 ? "none" : withToken === each.length ? "all" : "some",
        isUsual: most > 0 && each.filter(isOn).length === most,
      });
    }),
    counts: {
      withKey: ready.length,
      routed: ready.filter(isOn).length,
      elsewhere: providers.filter((each) => isOn(each) && goesElsewhere(each.muxRoute)).length,
    },
  };
}

function isOn({ route }: ProviderView): boolean {
  return route === "gateway";
}
