/** The two scripts injected into every document: the preload in its isolated world, the bridge in the page's. */
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";

import { START_PAGE } from "./chromium.mjs";
import { createBridgeEnd } from "./world/bridge.mjs";
import { startPageWorld } from "./world/page.mjs";
import { startPreloadWorld } from "./world/preload.mjs";
import { createWire } from "./world/wire.mjs";

const PRELOAD_PARAMETERS =
  "require, process, Buffer, global, setImmediate, clearImmediate, exports, module";

/**
 * The name of the isolated world, as Electron's own shows in DevTools.
 */
const WORLD = "Electron Isolated Context";

/**
 * The preload as a function expression, or the error that prevents it.
 *
 * @param {string} file
 * @returns {{ source: string } | { error: Error }}
 */
function readPreload(file) {
  try {
    if (!path.isAbsolute(file)) throw new Error(`preload script must have absolute path: ${file}`);
    const code = fs.readFileSync(file, "utf8");
    const source = `function (${PRELOAD_PARAMETERS}) {${code}\n}`;
    void new vm.Script(`(${source})`, { filename: file });
    return { source };
  } catch (error) {
    return { error: /** @type {Error} */ (error) };
  }
}

/**
 * The scripts of one window. A page cannot guess or read them: the names are random, and the binding and
 * the receiver exist only in the isolated world.
 *
 * @param {{ preload: string | undefined, versions: Record<string, string>, additionalArguments: readonly string[] }} options
 */
export function injectedWorlds({ preload, versions, additionalArguments }) {
  const secret = randomBytes(16).toString("hex");
  const names = { secret, binding: `main_${secret}`, receiver: `receive_${secret}` };
  const read = preload === undefined ? undefined : readPreload(preload);
  const options = JSON.stringify({
    ...names,
    process: {
      platform: process.platform,
      arch: process.arch,
      argv: [...process.argv, ...additionalArguments],
      versions,
    },
  });
  const preloadSource = read !== undefined && "source" in read ? read.source : "undefined";
  return {
    ...names,
    world: WORLD,
    file: preload ?? "",
    error: read !== undefined && "error" in read ? read.error : undefined,
    pageScript: `(${String(startPageWorld)})(${String(createBridgeEnd)}, ${JSON.stringify(secret)});`,
    // The preload comes first, so that its errors have its own line numbers.
    preloadScript: `[${preloadSource}].forEach((preload) => {
      if (location.href === ${JSON.stringify(START_PAGE)}) return;
      (${String(startPreloadWorld)})(${String(createWire)}, ${String(createBridgeEnd)}, ${options}, preload);
    });
    //# sourceURL=${preload ?? "chromium-electron-preload"}`,
  };
}
