/**
 * Runs in the page before React does: the hook that React tells of every commit, as its DevTools have it.
 * What a commit drew is found as their profiler finds it, by comparing the tree with the one before.
 */
{
  /**
   * @typedef {object} Fiber Of React's own tree, what is looked at.
   * @property {Fiber | null} alternate
   * @property {Fiber | null} child
   * @property {Fiber | null} sibling
   * @property {number} flags
   * @property {unknown} stateNode
   */

  /** React sets it on what ran in this commit. */
  const PERFORMED_WORK = 1;

  const drawn = {
    commits: 0,
    /** @type {Set<string>} */
    rows: new Set(),
  };

  /**
   * The row whose component, or whose element, it is.
   *
   * @param {Fiber} fiber
   */
  const rowOf = (fiber) => {
    for (let under = /** @type {Fiber | null} */ (fiber); under !== null; under = under.child) {
      if (under.stateNode instanceof Element) {
        return under.stateNode.matches("li.cfgw-card") ? under.stateNode : null;
      }
    }
    return null;
  };

  /**
   * @param {Fiber} fiber
   * @param {Fiber | null} before
   * @param {Element | null} row
   */
  const look = (fiber, before, row) => {
    if (row !== null && (fiber.flags & PERFORMED_WORK) !== 0) {
      drawn.rows.add(row.querySelector(".cfgw-name")?.textContent ?? "?");
    }
    // The very same children: React did not go there.
    if (before !== null && before.child === fiber.child) return;
    for (let child = fiber.child; child !== null; child = child.sibling) {
      look(child, child.alternate, row ?? rowOf(child));
    }
  };

  Object.assign(window, {
    drawn,
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      supportsFiber: true,
      isDisabled: false,
      inject: () => 1,
      onCommitFiberUnmount: () => undefined,
      onPostCommitFiberRoot: () => undefined,
      /**
       * @param {number} _renderer
       * @param {{ readonly current: Fiber }} root
       */
      onCommitFiberRoot: (_renderer, { current }) => {
        drawn.commits += 1;
        look(current, current.alternate, null);
      },
    },
  });
}
