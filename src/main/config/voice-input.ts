/** Finds whether mux sends voice input to a gateway that can refuse it without a token. */
import type { ConfirmedDomains } from "../../shared/gateway-domain";
import { atGatewayHost } from "../../shared/gateway-host";
import { ownBaseUrl } from "../mux/base-url";
import { isObject, tokenHeadersIn, tokenIn } from "../mux/gateway-header";
import { keyOrigin } from "../mux/key-source";
import { blockDomain } from "./called-domain";
import { tokenOf } from "./gateways";
import { ownGateway } from "./own-gateway";
import { asWritten, membersOf, type ReadProvider } from "./providers";

interface Context {
  readonly env: NodeJS.ProcessEnv;
  /** The custom domains that the user has confirmed. */
  readonly domains: ConfirmedDomains;
}

/** The members that identify a gateway on all of its hosts. */
interface Gateway {
  readonly accountId: string;
  readonly gatewayName: string;
}

/**
 * The gateways that have a token in a block or in a header of a provider that calls them. Whether a
 * gateway requires its token is not in the file. An open one usually has none. The user adds one
 * after the gateway has refused a request without it.
 */
export function gatewaysWithToken(
  providers: readonly ReadProvider[],
  context: Context,
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const provider of providers) {
    if (provider.shown !== null && tokenOf(provider) !== null) found.add(nameOf(provider.shown));
    if (!sendsToken(membersOf(provider)["headers"])) continue;
    const called = calledGateway(provider, context);
    if (called !== null) found.add(nameOf(called));
  }
  return found;
}

/**
 * Whether mux sends OpenAI's voice input to a gateway with a token, and leaves the token out. mux
 * sends it to the provider's base URL with the key and none of the user's headers, and neither a
 * block nor the route priority changes that. Source: mux, provider settings.
 */
export function sendsVoiceWithoutToken(
  provider: ReadProvider,
  context: Context & { readonly withToken: ReadonlySet<string> },
): boolean {
  const { config } = provider;
  if (config.kind !== "built-in" || config.id !== "openai" || !config.enabled) return false;
  if (keyOrigin(config, context.env).source === "none") return false;
  const called = calledGateway(provider, context);
  return called !== null && context.withToken.has(nameOf(called));
}

/** The gateway in the base URL that mux uses, on Cloudflare's host or a custom domain. */
function calledGateway(provider: ReadProvider, { env, domains }: Context): Gateway | null {
  const url = ownBaseUrl(asWritten(provider), env)?.url ?? "";
  const own = ownGateway(url, domains);
  if (own !== null) return own;
  // mux calls the domain of a block whether or not it is confirmed.
  const domain = blockDomain(provider);
  return domain !== null && atGatewayHost(url, domain) !== null ? provider.shown : null;
}

function sendsToken(headers: unknown): boolean {
  return (
    isObject(headers) && tokenHeadersIn(headers).some((name) => tokenIn(headers[name]) !== null)
  );
}

function nameOf({ accountId, gatewayName }: Gateway): string {
  return JSON.stringify([accountId, gatewayName]);
}
