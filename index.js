/** What `electron .` runs. `package.json` names no `main`: the package is a library with entry points of its own. */
require("./out/main/index.cjs");
