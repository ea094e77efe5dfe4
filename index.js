/** Run by `electron .`. `package.json` has no `main`, because the package is a library with several entry points. */
const { enableCompileCache } = require("node:module");
const { join } = require("node:path");

// The cache is beside the bundles, so that only someone who can change them can change it. An archive
// has no folder for it, and its integrity check would not cover a cache elsewhere.
if (!__dirname.endsWith(".asar")) enableCompileCache?.(join(__dirname, "out/compile-cache"));

require("./out/main/index.cjs");
