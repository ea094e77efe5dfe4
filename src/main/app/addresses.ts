/** Which addresses are the panel's own, and which may be handed to the system browser. */

export const APP_SCHEME = "app";
export const APP_HOST = "mux-settings";
export const APP_PAGE = `${APP_SCHEME}://${APP_HOST}/index.html`;

/** Whether a page at this address is the panel: the app's own scheme and host, or the dev server's origin. */
export function isOwnPage(address: string, devServer: string | null): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, origin } = new URL(address);
  // `origin` is "null" for a scheme that is not the web's, so it cannot serve for both.
  if (protocol === `${APP_SCHEME}:` && host === APP_HOST) return true;
  return devServer !== null && origin === devServer;
}

/** Links leave the app only over https and only to Cloudflare. */
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
