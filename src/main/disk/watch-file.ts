/** Tells that a file may have changed, however it was changed; whether it has, its bytes say. */
import { watch, type FSWatcher } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";

/** An editor that empties a file and fills it again is given this long to finish. */
const SETTLE_MS = 60;
/** But somebody who never stops writing is not waited for longer than this. */
const LONGEST_MS = 300;
/** For network disks, a lack of inotify watches, a directory that is replaced as a whole. */
const POLL_MS = 600;

export interface FileWatch {
  readonly close: () => void;
}

/**
 * Calls `changed` within a second of a change of the file, of what its link leads to, or of its
 * directory; also once when the watch is set up, and now and then when nothing has changed. Keeps
 * no process alive.
 */
export function watchFile(file: string, changed: () => void): FileWatch {
  const watchers = new Map<string, FSWatcher>();
  let seen: string | null = null;
  let settle: NodeJS.Timeout | null = null;
  let since = 0;
  let closed = false;

  const soon = () => {
    if (closed) return;
    if (settle === null) since = performance.now();
    else clearTimeout(settle);
    const left = LONGEST_MS - (performance.now() - since);
    settle = setTimeout(
      () => {
        settle = null;
        void look().then(() => closed || changed());
      },
      Math.max(0, Math.min(SETTLE_MS, left)),
    );
    settle.unref();
  };

  /** Whether it is another state than the last one. What happens after it, the next look will see. */
  const look = async (): Promise<boolean> => {
    const { places, mark } = await stateOf(file);
    if (closed) return false;
    follow(watchers, places, soon);
    const differs = seen !== mark;
    seen = mark;
    return differs;
  };

  let looking = false;
  // The first look always differs, and so tells of what happened before there was a watch.
  const lookAround = async () => {
    // A network disk that does not answer must not collect questions.
    if (looking) return;
    looking = true;
    if (await look()) soon();
    looking = false;
  };
  const poll = setInterval(() => void lookAround(), POLL_MS);
  poll.unref();
  void lookAround();
  return {
    close: () => {
      closed = true;
      clearInterval(poll);
      if (settle !== null) clearTimeout(settle);
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}

interface State {
  /** The directory's identity → its path and the name to listen for in it. */
  readonly places: ReadonlyMap<string, { readonly directory: string; readonly name: string }>;
  /** Differs when the file does, as far as its metadata show. */
  readonly mark: string;
}

/** A link has two places: its own, where it can be led elsewhere, and that of its target. */
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

function follow(watchers: Map<string, FSWatcher>, places: State["places"], soon: () => void): void {
  for (const [identity, watcher] of watchers) {
    if (places.has(identity)) continue;
    watcher.close();
    watchers.delete(identity);
  }
  for (const [identity, { directory, name }] of places) {
    if (watchers.has(identity)) continue;
    try {
      const watcher = watch(directory, { persistent: false }, (_event, changed) => {
        // Some systems do not say what changed, and a directory that goes away says its own name.
        if (changed === null || changed === name || changed === basename(directory)) soon();
      });
      // The poll goes on without it.
      watcher.on("error", () => {
        watcher.close();
        watchers.delete(identity);
      });
      watchers.set(identity, watcher);
    } catch {
      // No watch to be had: the poll sees the change a little later.
    }
  }
}
