/** The hosts that belong to providers, so that no one else can respond there. */
import { parseUrl } from "./parse-url";
import { BUILT_IN_PROVIDERS, type BuiltInProvider } from "./providers";
import { pathOfBaseUrl } from "./segments";

/** Whether an address is on the own host of a provider: of mux's, or of another that Cloudflare knows. */
export function isVendorsHost(address: string): boolean {
  const hostname = parseUrl(address)?.hostname;
  if (hostname === undefined) return false;
  return (
    pathOfBaseUrl(address) !== null ||
    BUILT_IN_PROVIDERS.some((provider) => isOwnHost(provider, hostname))
  );
}

/** Whether a host accepts the own keys of a built-in provider. */
export function isOwnHost({ hosts }: BuiltInProvider, hostname: string): boolean {
  const name = hostname.replace(/\.$/, "");
  return hosts.some((host) => name === host || name.endsWith(`.${host}`));
}
