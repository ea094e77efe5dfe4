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
  readonly transport: Transport;
  readonly host: SharedWindow;
  readonly demo: Demo;
  readonly page: Page;
  readonly ui: PanelPage;
}

interface WorkerFixtures {
  readonly react: ReactVersion;
  /** The folder of the built host. */
  readonly hostApp: string;
  /** The host with this transport, opened on first use. */
  readonly hostWith: (transport: Transport) => Promise<SharedWindow>;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  react: ["18", { option: true, scope: "worker" }],
  transport: ["ipc", { option: true }],

  hostApp: [
    async ({ react }, use) => {
      const folder = await mkdtemp(join(tmpdir(), `mux-host-${react}-`));
      await buildHostApp(folder, react);
      await use(folder);
      await rm(folder, { recursive: true, force: true, maxRetries: 10 });
    },
    { scope: "worker" },
  ],

  hostWith: [
    async ({ hostApp }, use) => {
      const hosts = new Map<Transport, SharedWindow>();
      await withUserHome(async (userHome) => {
        await use(async (transport) => {
          const host = hosts.get(transport) ?? (await openHost(hostApp, userHome, transport));
          hosts.set(transport, host);
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

  host: async ({ hostWith, transport }, use) => {
    await use(await hostWith(transport));
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
