/** Lists the loaded files of the built main process that hold the AI SDK. It must not load before the first paint. */
import { readFile } from "node:fs/promises";

import type { ElectronApplication } from "playwright";

/** A name in the AI SDK's errors, which no bundler changes. */
const AI_SDK = "vercel.ai.error";

/** Names of the loaded files of `out/main` that hold a part of the AI SDK. */
export async function loadedChunks(app: ElectronApplication): Promise<readonly string[]> {
  const loaded = await app.evaluate(() => {
    // Electron has no `process.mainModule`: its default app imports the app's file.
    return Object.keys(Reflect.get(process.getBuiltinModule("node:module"), "_cache"));
  });
  const chunks = loaded.filter((name) => /out[/\\]main[/\\]/.test(name));
  const texts = await Promise.all(chunks.map((name) => readFile(name, "utf8")));
  return chunks.filter((_, index) => texts[index]?.includes(AI_SDK));
}
