/** Lists the loaded files of the built main process. The AI SDK must not load before the first test. */
import type { ElectronApplication } from "playwright";

/** Names of the loaded files of `out/main`, without the entry. */
export async function loadedChunks(app: ElectronApplication): Promise<readonly string[]> {
  const loaded = await app.evaluate(() => {
    const main = process.mainModule;
    return Object.keys((main && Reflect.get(main.constructor, "_cache")) ?? {});
  });
  return loaded.filter((name) => /out[/\\]main[/\\](?!index\.cjs)/.test(name));
}
