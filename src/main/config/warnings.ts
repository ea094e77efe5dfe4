/** Finds settings that make mux bypass a gateway, and other problems of a provider. */
import { isDeepStrictEqual } from "node:util";

import { gatewayAddressOf } from "../../shared/gateway-address";
import {
  checkGatewayDomain,
  unconfirmedDomain,
  type ConfirmedDomains,
} from "../../shared/gateway-domain";
import { atGatewayHost } from "../../shared/gateway-host";
import { checkToken, isGlobalApiKey } from "../../shared/gateway-names";
import { unconfirmedHost } from "../../shared/key-host";
import type { MuxRoute } from "../../shared/mux-route";
import type { Notice, TokenLeak } from "../../shared/view";
import type { Edit } from "../jsonc/plan";
import { valuesAfter } from "../jsonc/values";
import { baseUrlFault, ownBaseUrl } from "../mux/base-url";
import { ACTIVE_KEY, DISABLED_KEY } from "../mux/blocks";
import { domainFix, mirrorEdits, stopLeak } from "./mirror-edits";
import {
  headersNamed,
  hidesPrompts,
  isObject,
  LOG_HEADER,
  namesWithout,
} from "../mux/gateway-header";
import { sendsDisabledBlock } from "./change-provider";
import { stockCall } from "../mux/stock-call";
import { sendsVoiceWithoutToken } from "./voice-input";
import { fixPlan, hasCodexLogin, usesWebSocket, type FixContext, type PlannedFix } from "./fixes";
import { canTakeToken } from "../mirror/mirror-headers";
import { isMirrored, ownLogHeadersIn } from "../mirror/mirrored-fields";
import { isInOldSpelling } from "../mirror/mirror-memory";
import type { MuxRoutes } from "./mux-routes";
import { fixable, notice, type MirrorState } from "./warning-sentences";
import type { ProviderConfig } from "../mux/provider-config";
import { leakHost } from "./token-leak";
import { ownGateway } from "./own-gateway";
import { keyOwner, membersOf, type ReadProvider } from "./providers";

/** Everything outside a provider that affects its warnings. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  /** Custom domains that the user has confirmed. */
  readonly domains: ConfirmedDomains;
  /** Whether compatibility fields are on. */
  readonly mirror: boolean;
  readonly routes: MuxRoutes;
  /** The gateways that have a token in the file, from `gatewaysWithToken`. */
  readonly withToken: ReadonlySet<string>;
}

/** The gateway in the base URL of a provider without a block; null if there is none. */
export function gatewayByHand(
  provider: ProviderConfig,
  { env, domains }: FixContext,
): { readonly accountId: string; readonly gatewayName: string } | null {
  if (provider.block !== null) return null;
  const own = ownBaseUrl(provider, env);
  const address = own && ownGateway(own.url, domains);
  return address && { accountId: address.accountId, gatewayName: address.gatewayName };
}

/** How the compatibility fields differ from the block; null if they match or are not needed. */
function mirrorState(provider: ReadProvider, surroundings: Surroundings): MirrorState | null {
  const { mirror, domains } = surroundings;
  const { config, entry } = provider;
  // Its warning is that of the domain.
  if (config.block && unconfirmedDomain(config.block, domains) !== null) return null;
  // With the mirror off, existing fields must still match their block.
  const edits = mirrorEdits(provider, surroundings);
  if (edits.every(({ path: [first] }) => first === ACTIVE_KEY || first === DISABLED_KEY)) {
    return null;
  }
  if (config.block === null || entry === null) return "left-behind";
  if (isMirrored(entry)) return isAboutLog(entry.values, edits) ? "log" : "differs";
  return mirror ? "missing" : null;
}

/** Whether edits of the compatibility fields leave everything but the log's header as it is. */
function isAboutLog(values: ProviderConfig["values"], edits: readonly Edit[]): boolean {
  const sent = (members: ProviderConfig["values"]) => {
    const { baseUrl, headers } = members;
    const all = isObject(headers) ? headers : {};
    const others = namesWithout(Object.keys(all), headersNamed(LOG_HEADER, headers));
    return [baseUrl, others.map((name) => [name, all[name]])];
  };
  return isDeepStrictEqual(sent(values), sent(valuesAfter(values, edits)));
}

/** The provider's token leak and its fix; null if there is none. */
export function leakFrom(provider: ReadProvider, surroundings: Surroundings): TokenLeak | null {
  const host = leakHost(provider, surroundings);
  return host === null ? null : { host, fix: stopLeak(provider, surroundings).fix };
}

/** All warnings about the provider. Source: mux, provider settings and model routing. */
export function warningsOf(
  provider: ReadProvider,
  surroundings: Surroundings,
  muxRoute: MuxRoute,
): readonly Notice[] {
  const { config, shown, entry } = provider;
  const { env } = surroundings;
  const { app } = surroundings.routes;
  const byHand = gatewayByHand(config, surroundings);
  const own = ownBaseUrl(config, env);
  const offer = (warning: Notice, fix: PlannedFix): Notice =>
    fixPlan(fix, config, surroundings) === null ? warning : fixable(warning, fix);
  const misspelling = config.block === null && own ? whatIsWrongWith(own.url) : null;
  const warnings: Notice[] = [];
  const state = mirrorState(provider, surroundings);
  const leak = leakFrom(provider, surroundings);
  if (leak) warnings.push(fixable(notice("token_leak", { host: leak.host }), leak.fix));
  else if (state)
    warnings.push(fixable(notice("mirror_out_of_step", { app, state }), "mend_mirror"));
  const domain = domainWarning(provider, surroundings);
  if (domain !== null) warnings.push(domain);
  if (own?.source === "environment") {
    warnings.push(notice("environment_base_url", { variable: own.name ?? "A variable" }));
  }
  const fault = config.block === null ? baseUrlFault(config) : null;
  if (fault !== null) warnings.push(notice("base_url_faulty", { app, fault }));
  if (misspelling !== null && state === null) {
    warnings.push(offer(notice("gateway_address_wrong", { what: misspelling }), "adopt_gateway"));
  } else if (byHand && own?.source === "file" && state === null) {
    const { gatewayName } = byHand;
    warnings.push(offer(notice("gateway_base_url", { gatewayName }), "adopt_gateway"));
  }
  const foreign = config.block && unconfirmedHost(keyOwner(provider, env), config.block.segment);
  if (foreign) warnings.push(notice("foreign_host", { host: foreign }));
  const hasToken = typeof entry?.block["token"] === "string";
  if (isBuiltIn(config, OPENROUTER) && shown) {
    const sent = notice("openrouter_body", { app, hasToken });
    const isOff = sendsDisabledBlock(provider);
    warnings.push(isOff ? fixable(sent, "remove_disabled_block") : sent);
  }
  if (config.block && entry && !canTakeToken(entry)) {
    const isObjectThere = isObject(entry.values["headers"]);
    warnings.push(notice("openrouter_own_header", { isObject: isObjectThere }));
  }
  if (entry && storesUnasked(provider, surroundings)) warnings.push(notice("own_log_header"));
  if (entry && isInOldSpelling(entry)) {
    warnings.push(fixable(notice("saved_values_readable", { app }), "hide_saved_values"));
  }
  if (config.block?.token && !checkToken(config.block.token).success) {
    warnings.push(notice("token_unusable", { isApiKey: isGlobalApiKey(config.block.token) }));
  }
  if (sendsVoiceWithoutToken(provider, surroundings)) warnings.push(notice("voice_input", { app }));
  if (config.block === null && byHand === null) return warnings;
  if (hasCodexLogin(config))
    warnings.push(offer(notice("codex_login", { app }), "use_api_key_auth"));
  if (usesWebSocket(config) && opensWebSocketAtGateway(provider, env)) {
    warnings.push(offer(notice("websocket_transport", { app }), "disable_websocket"));
  }
  if (muxRoute.kind === "gateway") warnings.push(notice("aggregator", muxRoute));
  return warnings;
}

/** Whether the user's own header allows the gateway to store prompts, although the block forbids it. */
function storesUnasked({ config, entry }: ReadProvider, { mirror }: Surroundings): boolean {
  if (entry === null || config.block?.storePrompts !== false) return false;
  if (!mirror && !isMirrored(entry)) return false;
  return ownLogHeadersIn(entry).some((value) => !hidesPrompts(value));
}

/**
 * Whether mux opens its WebSocket at the gateway, which it does only for an address that ends in
 * `/v1/responses`. The mirror's address does not, so mux sends plain requests there.
 */
function opensWebSocketAtGateway(provider: ReadProvider, env: NodeJS.ProcessEnv): boolean {
  const { config } = provider;
  const call = stockCall({ config, values: membersOf(provider) }, "", env);
  return call?.url?.endsWith("/v1/responses") === true && atGatewayHost(call.url) !== null;
}

/** The warning about an unconfirmed custom domain; null for a disabled block that mux does not use. */
function domainWarning(provider: ReadProvider, surroundings: Surroundings): Notice | null {
  const { config, shown } = provider;
  const { app } = surroundings.routes;
  const host = shown && unconfirmedDomain(shown, surroundings.domains);
  // An invalid domain makes the whole block unusable, which is said elsewhere.
  if (host === null || !checkGatewayDomain(host).success) return null;
  const stop = domainFix(provider, surroundings);
  if (stop === null) {
    return config.block === null
      ? null
      : notice("domain_unconfirmed", { app, host, isCalled: false });
  }
  return fixable(notice("domain_unconfirmed", { app, host, isCalled: true }), stop.fix);
}

/** The error in an address on the gateway's host; null for a correct one or another host. */
function whatIsWrongWith(address: string): string | null {
  const found = atGatewayHost(address);
  if (found === null || found.wrong !== null) return found?.wrong ?? null;
  return gatewayAddressOf(address) ? null : "it lacks the account ID, the gateway or the segment";
}

/** Whether mux treats this as one of its built-in providers `ids`, and not as a custom one. */
function isBuiltIn({ id, kind }: ProviderConfig, ids: ReadonlySet<string>): boolean {
  return kind === "built-in" && ids.has(id);
}

const OPENROUTER: ReadonlySet<string> = new Set(["openrouter"]);
