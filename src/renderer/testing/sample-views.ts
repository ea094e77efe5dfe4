/** Providers and views as main would send them, for tests. */
import type { GatewayBlockView } from "../../shared/gateway-block";
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

/** Anthropic, direct, with a key in the file. */
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

export function view(changes: Partial<ProvidersView> = {}): ProvidersView {
  return {
    version: { store: "sample", number: 1 },
    file: "/home/ana/.mux/providers.jsonc",
    otherFile: null,
    exists: true,
    problem: null,
    providers: [provider(), MOONSHOT, OLLAMA],
    usual: { accountId: ACCOUNT, gatewayName: "my-gateway" },
    mirror: { on: false, canChange: false },
    warnings: [],
    undoSteps: 0,
    made: 0,
    ...changes,
  };
}
