/**
 * The fixture of the embedded section's tests: a host with the packed tarball, which a worker keeps
 * open once per transport. Each test starts with a new page and a new file.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { test as base, expect } from "@playwright/test";
import type { Page } from "playwright";

import { startDemo, type Demo } from "../../demo/demo";
import { COMMENTED } from "../files";
import { launchPanel, withUserHome } from "../../checks/driving/launch";
import { PanelPage } from "../../checks/driving/panel-page";
import { freshPage, resetDemo } from "../shared-window";
import { sharedWindow, type SharedWindow } from "../windows";
import { buildHostApp } from "./host-app";
import type { ReactVersion } from "./installed-package";

type Transport = "ipc" | "http" | "orpc";

interface Fixtures {
  readonly react: ReactVersion;
  readonly transport: Transport;
  readonly host: SharedWindow;
  readonly demo: Demo;
  readonly page: Page;
  readonly ui: PanelPage;
}

interface WorkerFixtures {
  /** The folder of the host with this version of React, built on first use. */
  readonly hostAppWith: (react: ReactVersion) => Promise<string>;
  /** The host with this version of React and this transport, opened on first use. */
  readonly hostWith: (react: ReactVersion, transport: Transport) => Promise<SharedWindow>;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  react: ["18", { option: true }],
  transport: ["ipc", { option: true }],

  hostAppWith: [
    async ({}, use) => {
      const folders = new Map<ReactVersion, string>();
      await use(async (react) => {
        const built = folders.get(react);
        if (built !== undefined) return built;
        const folder = await mkdtemp(join(tmpdir(), `mux-host-${react}-`));
        folders.set(react, folder);
        await buildHostApp(folder, react);
        return folder;
      });
      for (const folder of folders.values()) {
        await rm(folder, { recursive: true, force: true, maxRetries: 10 });
      }
    },
    { scope: "worker" },
  ],

  hostWith: [
    async ({ hostAppWith }, use) => {
      const hosts = new Map<string, SharedWindow>();
      await withUserHome(async (userHome) => {
        await use(async (react, transport) => {
          const key = `${react} ${transport}`;
          const host =
            hosts.get(key) ?? (await openHost(await hostAppWith(react), userHome, transport));
          hosts.set(key, host);
          return host;
        });
        for (const { launched, demo } of hosts.values()) {
          await launched.close();
          await demo.close();
        }
      });
    },
    { scope: "worker" },
  ],

  host: async ({ hostWith, react, transport }, use) => {
    await use(await hostWith(react, transport));
  },

  demo: async ({ host }, use) => {
    await resetDemo(host.demo, COMMENTED);
    await use(host.demo);
  },

  page: async ({ host, demo: _ready }, use) => {
    const { page, complaints } = host.launched;
    await freshPage(host);
    const from = complaints.length;
    await use(page);
    // No errors and no violations of the host's content security policy.
    expect(complaints.slice(from)).toEqual([]);
  },

  ui: async ({ page }, use) => {
    const ui = new PanelPage(page);
    await ui.ready();
    await use(ui);
  },
});

export { expect };

async function openHost(
  app: string,
  userHomes: string,
  transport: Transport,
): Promise<SharedWindow> {
  const demo = await startDemo({ providersText: COMMENTED });
  const userHome = await mkdtemp(join(userHomes, `${transport}-`));
  const env = { ...demo.env, HOST_TRANSPORT: transport };
  const launched = await launchPanel({ app, env, userHome });
  await launched.page.setViewportSize({ width: 1000, height: 780 });
  return sharedWindow(demo, userHome, launched);
}
