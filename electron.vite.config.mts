/** How the three bundles are built: main and preload as CommonJS, the renderer as ESM. */
import { resolve } from "node:path";

import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";

const commonJs = {
  format: "cjs",
  entryFileNames: "[name].cjs",
  chunkFileNames: "[name].cjs",
} as const;

export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      lib: { entry: resolve("src/main/index.ts") },
      rollupOptions: { output: commonJs },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      lib: { entry: resolve("src/preload/index.ts") },
      rollupOptions: { output: commonJs },
    },
  },
  renderer: {
    root: "src/renderer",
    plugins: [react()],
    build: { minify: true, rollupOptions: { input: resolve("src/renderer/index.html") } },
  },
});
