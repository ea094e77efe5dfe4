/** The hosts that belong to providers, so that no one else can respond there. */
import { BUILT_IN_PROVIDERS, type BuiltInProvider } from "./providers";
import { pathOfBaseUrl } from "./segments";

/** Node and browsers both provide it, but this folder includes neither's types. */
declare const URL: new (text: string) => { readonly hostname: string };

/** Whether an address is on the own host of a provider: of mux's, or of another that Cloudflare knows. */
export function isVendorsHost(address: string): boolean {
  const hostname = hostnameOf(address);
  if (hostname === null) return false;
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

function hostnameOf(address: string): string | null {
  try {
    return new URL(address).hostname;
  } catch {
    return null;
  }
}
