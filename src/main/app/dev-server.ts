/** Where a development build's page comes from. */

/**
 * The origin of the dev server that `electron-vite dev` names, or null. A packaged app never looks:
 * whoever starts it could otherwise have it show, and trust, any page.
 */
export function devServerOrigin(
  { isPackaged }: { readonly isPackaged: boolean },
  env: NodeJS.ProcessEnv,
): string | null {
  const url = env["ELECTRON_RENDERER_URL"];
  return isPackaged || !url ? null : new URL(url).origin;
}
