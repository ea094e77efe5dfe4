/** Loaded before the app with `-r`. */
"use strict";

Object.assign(globalThis, { preloadedModule: typeof require("electron").app });
