/** Tells which URLs belong to the panel and which may open in the system browser. */

export const APP_SCHEME = "app";
export const APP_HOST = "mux-settings";
export const APP_PAGE = `${APP_SCHEME}://${APP_HOST}/index.html`;

/** Whether the URL is the panel's page: the app's scheme and host, or the dev server's origin. */
export function isOwnPage(address: string, devServer: string | null): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, origin } = new URL(address);
  // `origin` is "null" for a custom scheme, so the app's URL is compared by scheme and host.
  if (protocol === `${APP_SCHEME}:` && host === APP_HOST) return true;
  return devServer !== null && origin === devServer;
}

/** Allows only https links to Cloudflare. */
export function mayOpenExternally(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password, port } = new URL(address);
  return (
    protocol === "https:" &&
    port === "" &&
    username === "" &&
    password === "" &&
    (hostname === "cloudflare.com" || hostname.endsWith(".cloudflare.com"))
  );
}
