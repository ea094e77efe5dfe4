/** Loads the window's fonts in advance, because text shifts when its font changes. */

const FACES = ['13px "Geist"', '12px "Geist Mono"'];

/** Resolves when the fonts have loaded or failed. They are local files. */
export async function fontsLoaded(): Promise<void> {
  await Promise.allSettled(FACES.map((face) => document.fonts.load(face)));
}
