/** What in mux's own settings can lead a routed provider past its gateway, as notices. */
import { gatewayAddressOf } from "../../shared/gateway-address";
import { builtInProvider } from "../../shared/providers";
import type { FixCode, Notice } from "../../shared/view";
import { ownBaseUrl } from "./base-url";
import { DISABLED_KEY, ACTIVE_KEY } from "./blocks";
import { fixPlan, hasCodexLogin, usesWebSocket } from "./fixes";
import { keyOrigin } from "./key-source";
import type { MuxSettings } from "./mux-settings";
import { fixable, notice } from "./notices";
import type { ProviderConfig } from "./provider-config";
import type { ReadProvider } from "./providers";

export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly mux: MuxSettings;
  /** Names of the configured providers that offer other providers' models. */
  readonly aggregators: readonly string[];
}

/** The gateway that a provider without a block goes through all the same, by its own base URL. */
export function gatewayByHand(
  provider: ProviderConfig,
  env: NodeJS.ProcessEnv,
): { readonly accountId: string; readonly gatewayName: string } | null {
  if (provider.block !== null) return null;
  const own = ownBaseUrl(provider, env);
  const address = own && gatewayAddressOf(own.url);
  return address && { accountId: address.accountId, gatewayName: address.gatewayName };
}

/** Which of these could take over other providers' models. Source: mux, model routing. */
export function aggregatorsAmong(
  providers: readonly ReadProvider[],
  env: NodeJS.ProcessEnv,
): readonly string[] {
  return providers
    .filter(({ config }) => AGGREGATORS.has(config.id) && isConfigured(config, env))
    .map(({ config }) => builtInProvider(config.id)?.name ?? config.id);
}

/** Source: mux, provider settings and model routing. */
export function trapsOf(
  { config, shown }: ReadProvider,
  { env, mux, aggregators }: Surroundings,
): readonly Notice[] {
  const byHand = gatewayByHand(config, env);
  const own = ownBaseUrl(config, env);
  const offer = (trap: Notice, fix: FixCode): Notice =>
    fixPlan(fix, config, env) === null ? trap : fixable(trap, fix);
  const traps: Notice[] = [];
  if (own?.source === "environment") {
    traps.push(notice("environment_base_url", { variable: own.name ?? "A variable" }));
  } else if (byHand) {
    const { gatewayName } = byHand;
    traps.push(offer(notice("gateway_base_url", { gatewayName }), "adopt_gateway"));
  }
  if (config.id === "openrouter" && shown && (config.block || shown.token)) {
    traps.push(notice("openrouter_body", { hasToken: Boolean(shown.token) }));
  }
  if (config.block === null && byHand === null) return traps;
  if (hasCodexLogin(config)) traps.push(offer(notice("codex_login"), "use_api_key_auth"));
  if (usesWebSocket(config)) {
    traps.push(offer(notice("websocket_transport"), "disable_websocket"));
  }
  if (OFFERED_ELSEWHERE.has(config.id) && aggregators.length > 0 && !mux.directFirst) {
    traps.push(notice("aggregator", { names: aggregators }));
  }
  return traps;
}

const AGGREGATORS: ReadonlySet<string> = new Set([
  "openrouter",
  "bedrock",
  "github-copilot",
  "coder",
  "mux-gateway",
]);

const OFFERED_ELSEWHERE: ReadonlySet<string> = new Set([
  "anthropic",
  "openai",
  "google",
  "xai",
  "deepseek",
  "moonshotai",
]);

/** Members that a provider can have without being ready for use. */
const NO_CREDENTIALS: ReadonlySet<string> = new Set([
  "enabled",
  "models",
  "headers",
  ACTIVE_KEY,
  DISABLED_KEY,
]);

function isConfigured(provider: ProviderConfig, env: NodeJS.ProcessEnv): boolean {
  if (!provider.enabled) return false;
  if (keyOrigin(provider, env).source !== "none") return true;
  // mux keeps these logins in members that it names itself.
  return (
    provider.id !== "openrouter" &&
    Object.entries(provider.values).some(
      ([key, value]) => !NO_CREDENTIALS.has(key) && value !== null && value !== "",
    )
  );
}
