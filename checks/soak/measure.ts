/** Measures the resources of both processes: memory after a collection, handles, watchers, listeners. */
import { readdir, readFile, readlink } from "node:fs/promises";

import type { CDPSession, ElectronApplication } from "playwright";

import { installedRuntime } from "../../scripts/runtime";
import { heapOfPage, type Heap } from "./heap";

export interface PageSize {
  readonly heap: Heap;
  /**
   * Without those of attributes: Playwright lists the attributes of each element that it clicks, for its
   * log. Their nodes then remain as long as the element does.
   */
  readonly nodes: number;
  readonly listeners: number;
}

/** After a collection. */
export async function sizeOfPage(devtools: CDPSession): Promise<PageSize> {
  const heap = await heapOfPage(devtools);
  const { metrics } = await devtools.send("Performance.getMetrics");
  const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? 0;
  const nodes = metric("Nodes") - heap.attributeNodes;
  return { heap, nodes, listeners: metric("JSEventListeners") };
}

/** The main process's resources: count by name. */
export type Holdings = Readonly<Record<string, number>>;

/** Event loop handles (including watchers), open files, inotify watches and listeners. */
export async function holdingsOfMain(app: ElectronApplication): Promise<Holdings> {
  const inside = await app.evaluate(({ app: electron, ipcMain, BrowserWindow, nativeTheme }) => {
    const found: string[] = process
      .getActiveResourcesInfo()
      // Short-lived: the watcher checks twice a second whether the file was replaced.
      .filter((name) => !name.startsWith("FSReq"))
      .map((name) => `resource ${name}`);
    // Otherwise the report looks up the hosts of connections by DNS.
    Reflect.set(process.report, "excludeNetwork", true);
    const report: unknown = process.report.getReport();
    const parsed = typeof report === "string" ? JSON.parse(report) : report;
    for (const { type, is_active: isActive } of parsed.libuv) {
      // Node runs all timers on one handle, which rests while the watcher looks at the file.
      if (isActive && type !== "timer") found.push(`handle ${type}`);
    }
    const emitters = {
      process,
      app: electron,
      ipcMain,
      nativeTheme,
      webContents: BrowserWindow.getAllWindows()[0]?.webContents,
      window: BrowserWindow.getAllWindows()[0],
    };
    for (const [name, emitter] of Object.entries(emitters)) {
      for (const event of emitter?.eventNames() ?? []) {
        const count = emitter?.listenerCount(event) ?? 0;
        for (let n = 0; n < count; n++) found.push(`listener ${name} ${String(event)}`);
      }
    }
    return found;
  });
  const outside = await openFilesOf(app.process().pid ?? 0);
  const counts: Record<string, number> = {};
  for (const name of [...inside, ...outside]) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/**
 * By kind; empty without `/proc`. Electron's main process is also Chromium's, which opens and closes
 * files itself, so only its watchers are counted.
 */
async function openFilesOf(pid: number): Promise<readonly string[]> {
  const isNodeAlone = installedRuntime()?.kind === "chromium";
  const directory = `/proc/${pid}/fd`;
  const numbers = await readdir(directory).catch(() => []);
  const kinds: string[] = [];
  for (const number of numbers) {
    const to = await readlink(`${directory}/${number}`).catch(() => null);
    if (to === null) continue;
    const isWatcher = to.includes("inotify");
    const kind = to.replace(/:?\[\d+\]$/, "").replace(/^\/.*/, "file");
    if (isNodeAlone || isWatcher) kinds.push(`open ${kind}`);
    if (!isWatcher) continue;
    const info = await readFile(`/proc/${pid}/fdinfo/${number}`, "utf8").catch(() => "");
    for (const _ of info.matchAll(/^inotify wd:/gm)) kinds.push("inotify watch");
  }
  return kinds;
}

/** Describes every count that changed; empty when none did. */
export function differenceOf(before: Holdings, now: Holdings): string {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .filter((name) => (before[name] ?? 0) !== (now[name] ?? 0))
    .map((name) => `${name}: ${now[name] ?? 0} instead of ${before[name] ?? 0}`)
    .join(", ");
}
