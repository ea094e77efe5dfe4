/** Which of the built main process's files are loaded: the AI SDK's are to wait for the first test. */
import type { ElectronApplication } from "playwright";

/** Names of the loaded files of `out/main` besides the entry. */
export async function loadedChunks(app: ElectronApplication): Promise<readonly string[]> {
  const loaded = await app.evaluate(() => {
    const main = process.mainModule;
    return Object.keys((main && Reflect.get(main.constructor, "_cache")) ?? {});
  });
  return loaded.filter((name) => /out[/\\]main[/\\](?!index\.cjs)/.test(name));
}
