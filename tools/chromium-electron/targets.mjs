/** Assigns Chromium's page targets to windows and closes all other pages. */
/** @typedef {import("./devtools.mjs").DevTools} DevTools */
/** @typedef {import("./devtools.mjs").DevToolsSession} DevToolsSession */
/** @typedef {{ targetId: string, session: DevToolsSession }} PageTarget */

/** Provides page targets to windows: first Chromium's initial one, then new ones. */
export class Targets {
  /** @type {Promise<DevTools>} */
  #connected;
  /** @type {Map<string, PageTarget>} attached, but not yet used by a window */
  #unclaimed = new Map();
  /** @type {Set<(target: PageTarget) => void>} */
  #onAttached = new Set();
  #creating = 0;
  #firstTaken = false;

  /** @param {Promise<DevTools>} connected */
  constructor(connected) {
    this.#connected = connected;
  }

  /**
   * Starts tracking Chromium's targets.
   *
   * @param {DevTools} devtools
   */
  async follow(devtools) {
    devtools.browser.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
      const target = { targetId: targetInfo.targetId, session: devtools.session(sessionId) };
      const first = !this.#firstTaken && targetInfo.openerId === undefined;
      if (!first && (this.#creating === 0 || targetInfo.openerId !== undefined)) {
        void close(devtools, target);
        return;
      }
      this.#unclaimed.set(target.targetId, target);
      for (const listener of this.#onAttached) listener(target);
    });
    await devtools.browser.send("Target.setAutoAttach", {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
      filter: [{ type: "page" }, { exclude: true }],
    });
  }

  /**
   * A page for one window, paused until `Runtime.runIfWaitingForDebugger`.
   *
   * @param {{ width: number, height: number }} size
   * @returns {Promise<PageTarget>}
   */
  async claim(size) {
    const isFirst = !this.#firstTaken;
    // Set before the first await, so that two windows created at once do not take the same page.
    this.#firstTaken = true;
    const devtools = await this.#connected;
    if (isFirst) return this.#take(() => true);
    this.#creating++;
    try {
      const { targetId } = await devtools.browser.send("Target.createTarget", {
        url: "about:blank",
        newWindow: true,
        ...size,
      });
      return await this.#take((target) => target.targetId === targetId);
    } finally {
      this.#creating--;
      if (this.#creating === 0) {
        for (const stray of this.#unclaimed.values()) void close(devtools, stray);
        this.#unclaimed.clear();
      }
    }
  }

  /**
   * @param {(target: PageTarget) => boolean} isIt
   * @returns {Promise<PageTarget>}
   */
  #take(isIt) {
    return new Promise((resolve) => {
      /** @param {PageTarget} target */
      const offer = (target) => {
        if (!isIt(target)) return false;
        this.#unclaimed.delete(target.targetId);
        this.#onAttached.delete(offer);
        resolve(target);
        return true;
      };
      if (![...this.#unclaimed.values()].some(offer)) this.#onAttached.add(offer);
    });
  }
}

/**
 * @param {DevTools} devtools
 * @param {PageTarget} target
 */
async function close(devtools, { targetId, session }) {
  await Promise.allSettled([
    devtools.browser.send("Target.closeTarget", { targetId }),
    session.send("Runtime.runIfWaitingForDebugger"),
  ]);
}
