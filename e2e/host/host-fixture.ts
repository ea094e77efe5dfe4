/** What every test of the embedded section gets: a host built on the tarball, open on a demo of its own. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { test as base, expect } from "@playwright/test";
import type { Page } from "playwright";

import { startDemo, type Demo } from "../../demo/demo";
import { COMMENTED } from "../files";
import { launchPanel, withUserHome } from "../launch";
import { PanelPage } from "../panel-page";
import { buildHostApp } from "./host-app";
import type { ReactVersion } from "./installed-package";

interface Fixtures {
  readonly transport: "ipc" | "http";
  readonly demo: Demo;
  readonly page: Page;
  readonly ui: PanelPage;
}

interface WorkerFixtures {
  readonly react: ReactVersion;
  /** The folder of the built host. */
  readonly hostApp: string;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  react: ["18", { option: true, scope: "worker" }],
  transport: ["ipc", { option: true }],

  hostApp: [
    async ({ react }, use) => {
      const folder = await mkdtemp(join(tmpdir(), `mux-host-${react}-`));
      await buildHostApp(folder, react);
      await use(folder);
      await rm(folder, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],

  demo: async ({}, use) => {
    const demo = await startDemo({ providersText: COMMENTED });
    await use(demo);
    await demo.close();
  },

  page: async ({ hostApp, demo, transport }, use) => {
    await withUserHome(async (userHome) => {
      const env = { ...demo.env, HOST_TRANSPORT: transport };
      const host = await launchPanel({ app: hostApp, env, userHome });
      await host.page.setViewportSize({ width: 1000, height: 780 });
      await use(host.page);
      await host.close();
      // Neither an error nor a breach of the host's content security policy.
      expect(host.complaints).toEqual([]);
    });
  },

  ui: async ({ page }, use) => {
    const ui = new PanelPage(page);
    await ui.ready();
    await use(ui);
  },
});

export { expect };
