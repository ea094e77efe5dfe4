/** End-to-end tests of the built app, each on a fresh page and a fresh file; only some need a window of their own. */
import { defineConfig } from "@playwright/test";

const report = process.env["TEST_REPORT"];

export default defineConfig({
  testDir: "e2e",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  outputDir: "test-results",
  projects: [
    {
      name: "panel",
      testMatch: "*.e2e.ts",
      testIgnore: ["package.e2e.ts", "cli.e2e.ts", "host/**"],
    },
    // A host installs the packed tarball, so the next two test that.
    { name: "pack", testMatch: "host/pack.setup.ts" },
    { name: "package", testMatch: ["package.e2e.ts", "cli.e2e.ts"], dependencies: ["pack"] },
    // One worker builds and opens a host once for each version of React and transport.
    { name: "host", testMatch: "host/*.e2e.ts", workers: 1, dependencies: ["pack"] },
    // Letters are drawn otherwise on other systems.
    ...(process.platform === "linux"
      ? [
          {
            name: "gallery",
            testDir: "checks/gallery",
            testMatch: "*.e2e.ts",
            snapshotPathTemplate: "{testDir}/reference/{arg}{ext}",
            // The page is built and the browser opened once.
            workers: 1,
            // Letters on whole pixels (`GALLERY_BROWSER_ARGS=--disable-font-subpixel-positioning`) change
            // up to 0.0055 of a picture's pixels. Where there are many rows, 2 px between them change 0.006 to 0.036, and a
            // grey button for a blue one 0.0085 and more.
            expect: { toHaveScreenshot: { maxDiffPixelRatio: 0.0056 } },
          },
        ]
      : []),
  ],
  reporter: report ? [["list"], ["json", { outputFile: report }]] : [["list"]],
});
