/** Builds the gallery's page like the app's page, and serves its files to a browser. */
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

import react from "@vitejs/plugin-react";
import type { BrowserContext } from "playwright";
import { build } from "vite";

import { guide } from "../../scripts/guide";
import { ROOT } from "../../scripts/runtime";

/** No request leaves the browser: the context serves this host itself. */
export const ORIGIN = "http://gallery.localhost";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".woff2": "font/woff2",
};

/** Builds into `folder`. Throws when the build fails. */
export async function buildPage(folder: string): Promise<void> {
  await build({
    configFile: false,
    root: join(ROOT, "checks/gallery"),
    plugins: [react(), guide()],
    logLevel: "warn",
    build: {
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      modulePreload: false,
      rollupOptions: {
        input: join(ROOT, "checks/gallery/page.html"),
        // In one file, parts that load on demand are there in the first screenshot.
        output: { codeSplitting: false },
      },
    },
  });
}

/** Serves every request of `context` from `folder` only. */
export async function servePage(context: BrowserContext, folder: string): Promise<void> {
  await context.route("**/*", async (route) => {
    const { origin, pathname } = new URL(route.request().url());
    if (origin !== ORIGIN) return route.abort();
    try {
      const body = await readFile(join(folder, normalize(pathname)));
      return await route.fulfill({ body, contentType: TYPES[extname(pathname)] ?? "text/plain" });
    } catch {
      return route.fulfill({ status: 404 });
    }
  });
}
