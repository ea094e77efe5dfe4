/** Waits for the window's typefaces: text that changes its typeface while it is read moves. */

const FACES = ['13px "Geist"', '12px "Geist Mono"'];

/** Resolves once they are there, or cannot be had; they lie beside the page. */
export async function fontsLoaded(): Promise<void> {
  await Promise.allSettled(FACES.map((face) => document.fonts.load(face)));
}
