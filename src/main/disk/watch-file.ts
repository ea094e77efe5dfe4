/** Notifies that a file may have changed. The listener compares the content. */
import { watch, type FSWatcher } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";

/** How long to wait for an editor that empties a file and then writes it. */
const SETTLE_MS = 60;
/** The longest wait for a program that keeps writing. */
const LONGEST_MS = 300;
/** Polling covers network disks, exhausted inotify watches and replaced directories. */
const POLL_MS = 600;

export interface FileWatch {
  readonly close: () => void;
}

/**
 * Calls `changed` within a second when the file, the target of its symlink or its directory changes.
 * Also calls it once at the start, and occasionally without a change. Does not keep the process
 * alive.
 */
export function watchFile(file: string, changed: () => void): FileWatch {
  const watchers = new Map<string, FSWatcher>();
  let seen: string | null = null;
  let timer: NodeJS.Timeout | null = null;
  let firstEventAt = 0;
  let closed = false;

  const schedule = () => {
    if (closed) return;
    if (timer === null) firstEventAt = performance.now();
    else clearTimeout(timer);
    const left = LONGEST_MS - (performance.now() - firstEventAt);
    timer = setTimeout(
      () => {
        timer = null;
        void check().then(() => closed || changed());
      },
      Math.max(0, Math.min(SETTLE_MS, left)),
    );
    timer.unref();
  };

  /** Whether the state differs from the last one. The next check sees later changes. */
  const check = async (): Promise<boolean> => {
    const { places, mark } = await stateOf(file);
    if (closed) return false;
    updateWatchers(watchers, places, schedule);
    const differs = seen !== mark;
    seen = mark;
    return differs;
  };

  let polling = false;
  // The first check always differs, and so reports changes from before the watch existed.
  const poll = async () => {
    // Checks must not pile up on a network disk that does not respond.
    if (polling) return;
    polling = true;
    if (await check()) schedule();
    polling = false;
  };
  const interval = setInterval(() => void poll(), POLL_MS);
  interval.unref();
  void poll();
  return {
    close: () => {
      closed = true;
      clearInterval(interval);
      if (timer !== null) clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}

interface State {
  /** Maps a directory's identity to its path and the file name to watch in it. */
  readonly places: ReadonlyMap<string, { readonly directory: string; readonly name: string }>;
  /** Changes when the file's metadata change. */
  readonly mark: string;
}

/** A symlink has two places: its own, where it can be redirected, and that of its target. */
async function stateOf(file: string): Promise<State> {
  const target = await realpath(file).catch(() => file);
  const places = new Map<string, { directory: string; name: string }>();
  for (const path of new Set([file, target])) {
    const directory = dirname(path);
    const found = await stat(directory).catch(() => null);
    if (found) places.set(`${found.dev}:${found.ino}:${path}`, { directory, name: basename(path) });
  }
  const found = await stat(target, { bigint: true }).catch(() => null);
  const mark = found
    ? [target, found.dev, found.ino, found.size, found.mtimeNs, found.ctimeNs, found.mode].join(":")
    : "";
  return { places, mark };
}

function updateWatchers(
  watchers: Map<string, FSWatcher>,
  places: State["places"],
  schedule: () => void,
): void {
  for (const [identity, watcher] of watchers) {
    if (places.has(identity)) continue;
    watcher.close();
    watchers.delete(identity);
  }
  for (const [identity, { directory, name }] of places) {
    if (watchers.has(identity)) continue;
    try {
      const watcher = watch(directory, { persistent: false }, (_event, changed) => {
        // Some systems report no name, and a removed directory reports its own name.
        if (changed === null || changed === name || changed === basename(directory)) schedule();
      });
      // Polling continues without it.
      watcher.on("error", () => {
        watcher.close();
        watchers.delete(identity);
      });
      watchers.set(identity, watcher);
    } catch {
      // Without a watcher, polling detects the change a little later.
    }
  }
}
