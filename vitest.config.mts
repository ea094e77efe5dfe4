/** Unit tests: beside the files they test, on real temporary directories and loopback servers. */
import { defineConfig } from "vitest/config";

import { guide } from "./scripts/guide";
import { PagesLast } from "./scripts/test-order";

export default defineConfig({
  plugins: [guide()],
  test: {
    include: ["{src,demo,tools,scripts,checks}/**/*.test.{ts,tsx}"],
    // The stand-in for Electron is for Linux and macOS.
    exclude: process.platform === "win32" ? ["tools/**"] : [],
    // Files share their worker's modules, because to import them again takes a fifth of the time.
    isolate: false,
    sequence: { sequencer: PagesLast },
    setupFiles: ["src/renderer/testing/settled-imports.ts"],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Vitest leaves one core idle otherwise, which of two is half.
    maxWorkers: "100%",
    reporters: process.env["TEST_REPORT"]
      ? ["default", ["json", { outputFile: process.env["TEST_REPORT"] }]]
      : ["default"],
  },
});
