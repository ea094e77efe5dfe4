/** How the three bundles are built: main and preload as CommonJS, the renderer as ESM. */
import { resolve } from "node:path";

import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";
import type { Plugin } from "vite";

import { guide } from "./scripts/guide";
import { notices, packageFolders } from "./scripts/notices";

const commonJs = {
  format: "cjs",
  entryFileNames: "[name].cjs",
  chunkFileNames: "[name].cjs",
} as const;

/** Packages that the bundler does not see: fonts of a style sheet, and marks that were copied into files. */
const COPIED = [
  "@fontsource-variable/geist",
  "@fontsource-variable/geist-mono",
  "@lobehub/icons-static-svg",
].map((name) => resolve("node_modules", name));

/** Puts the licences of the packages that went into a bundle beside it; `copied`: folders of others. */
function thirdPartyNotices(copied: readonly string[] = []): Plugin {
  return {
    name: "third-party-notices",
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((file) =>
        file.type === "chunk" ? Object.keys(file.modules) : [],
      );
      const source = notices([...copied, ...packageFolders(modules)]);
      this.emitFile({ type: "asset", fileName: "THIRD-PARTY-NOTICES.txt", source });
    },
  };
}

/** Together with everything that it imports before the first screen. */
const START = /renderer[\\/]index\.tsx$/u;

export default defineConfig({
  main: {
    plugins: [thirdPartyNotices()],
    build: {
      externalizeDeps: false,
      // Halves the time to compile it, which delays the window.
      minify: true,
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
    plugins: [react(), guide(), thirdPartyNotices(COPIED)],
    build: {
      minify: true,
      rollupOptions: {
        input: resolve("src/renderer/index.html"),
        // One file for the first screen: parts of it that later files share are compressed together.
        output: { codeSplitting: { groups: [{ name: "start", test: START }] } },
      },
    },
  },
});
