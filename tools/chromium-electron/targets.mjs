/** Which of Chromium's page targets belongs to which window, and that no other page ever opens. */
/** @typedef {import("./devtools.mjs").DevTools} DevTools */
/** @typedef {import("./devtools.mjs").DevToolsSession} DevToolsSession */
/** @typedef {{ targetId: string, session: DevToolsSession }} PageTarget */

/** Hands out page targets to windows: first the one that Chromium starts with, then new ones. */
export class Targets {
  /** @type {Promise<DevTools>} */
  #connected;
  /** @type {Map<string, PageTarget>} attached, and asked for by no window yet */
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
   * Begins to follow Chromium's targets.
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
   * A page for one window. It stands still until `Runtime.runIfWaitingForDebugger`.
   *
   * @param {{ width: number, height: number }} size
   * @returns {Promise<PageTarget>}
   */
  async claim(size) {
    const isFirst = !this.#firstTaken;
    // Said before the first wait, so that two windows made at once do not ask for the same page.
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
