/** What `electron .` runs. `package.json` names no `main`: the package is a library with entry points of its own. */
const { enableCompileCache } = require("node:module");
const { join } = require("node:path");

// Beside the bundles, so that nobody can change it who could not change them. An archive has no folder
// for it, and its integrity check would not cover a cache elsewhere.
if (!__dirname.endsWith(".asar")) enableCompileCache?.(join(__dirname, "out/compile-cache"));

require("./out/main/index.cjs");
