/** Builds the stand-in for mux in a new folder, with the installed package. */
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { installPackage, type ReactVersion } from "./installed-package";

/** Builds main and preload as CommonJS and the page as ESM, like mux. Resolves when `electron <folder>` can run. */
export async function buildHostApp(folder: string, react: ReactVersion): Promise<void> {
  cpSync(join(__dirname, "app"), folder, { recursive: true });
  installPackage(folder, react);
  const main = "build/main.cjs";
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "a-host", main }));
  mkdirSync(join(folder, "build"));

  const [{ rolldown }, vite] = await Promise.all([import("rolldown"), import("vite")]);
  const script = async (name: "main" | "preload", external: (id: string) => boolean) => {
    const bundle = await rolldown({
      input: join(folder, `${name}.ts`),
      platform: "node",
      external: (id, importer) => importer !== undefined && external(id),
    });
    await bundle.write({ format: "cjs", file: join(folder, "build", `${name}.cjs`) });
    await bundle.close();
  };
  // Main requires this package; a sandboxed preload can require only Electron.
  const isRequired = /^(?:electron$|node:|mux-cloudflare-gateway)/;
  await script("main", (id) => isRequired.test(id));
  await script("preload", (id) => id === "electron");
  await vite.build({
    root: folder,
    configFile: false,
    logLevel: "warn",
    build: { outDir: "build/page", modulePreload: false },
  });
}
