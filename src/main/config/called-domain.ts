/** Finds providers whose next chat goes to a custom domain that the user has not confirmed. */
import {
  checkGatewayDomain,
  unconfirmedDomain,
  type ConfirmedDomains,
} from "../../shared/gateway-domain";
import { atGatewayHost } from "../../shared/gateway-host";
import { ownBaseUrl } from "../mux/base-url";
import { asWritten, type ReadProvider } from "./providers";

/**
 * The unconfirmed custom domain of the provider's own block that mux calls, because its base URL
 * points there; else null.
 */
export function calledUnconfirmed(
  provider: ReadProvider,
  { env, domains }: { readonly env: NodeJS.ProcessEnv; readonly domains: ConfirmedDomains },
): string | null {
  const host = blockDomain(provider);
  if (host === null || provider.shown === null) return null;
  if (unconfirmedDomain(provider.shown, domains) === null) return null;
  const called = ownBaseUrl(asWritten(provider), env);
  return called !== null && atGatewayHost(called.url, host) !== null ? host : null;
}

/**
 * The host of the custom domain in the provider's block, if the user has confirmed it for no gateway,
 * also where the block spells it incorrectly; else null. No base URL of the provider may call it.
 */
export function forbiddenHost({ shown }: ReadProvider, domains: ConfirmedDomains): string | null {
  const url = `https://${shown?.host ?? ""}`;
  const host = URL.canParse(url) ? withoutDots(new URL(url).hostname) : "";
  const isConfirmed = domains.some((domain) => domain.host === host);
  return !isConfirmed && checkGatewayDomain(host).success ? host : null;
}

/** The custom domain of the block that counts, or null. Of two equal blocks none counts. */
export function blockDomain({ shown, notices }: ReadProvider): string | null {
  const host = shown?.host ?? null;
  const isAmbiguous = notices.some(({ code }) => code === "duplicate_block");
  return host !== null && !isAmbiguous && checkGatewayDomain(host).success ? host : null;
}

/** A loop, because a pattern for dots at the end takes quadratic time. */
function withoutDots(host: string): string {
  let end = host.length;
  while (host.at(end - 1) === "." && end > 0) end -= 1;
  return host.slice(0, end);
}
