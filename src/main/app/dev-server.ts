/** Finds the dev server of a development build. */

/**
 * The origin that `electron-vite dev` sets in the environment, or null. A packaged app ignores it:
 * otherwise anyone who starts the app could make it load and trust any page.
 */
export function devServerOrigin(
  { isPackaged }: { readonly isPackaged: boolean },
  env: NodeJS.ProcessEnv,
): string | null {
  const url = env["ELECTRON_RENDERER_URL"];
  return isPackaged || !url ? null : new URL(url).origin;
}
