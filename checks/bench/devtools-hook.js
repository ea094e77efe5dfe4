/**
 * Installed in the page before React loads: a DevTools hook, which React calls on every commit. Like the
 * DevTools profiler, it compares the new tree with the old one to find the rendered components.
 */
{
  /**
   * @typedef {object} Fiber The used part of a node in React's tree.
   * @property {Fiber | null} alternate
   * @property {Fiber | null} child
   * @property {Fiber | null} sibling
   * @property {number} flags
   * @property {unknown} stateNode
   */

  /** React sets this flag on each component that ran in the commit. */
  const PERFORMED_WORK = 1;

  const rendered = {
    commits: 0,
    /** @type {Set<string>} */
    rows: new Set(),
  };

  /**
   * The row that this component or element renders, or null.
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
  const visit = (fiber, before, row) => {
    if (row !== null && (fiber.flags & PERFORMED_WORK) !== 0) {
      rendered.rows.add(row.querySelector(".cfgw-name")?.textContent ?? "?");
    }
    // The children are identical, so React skipped them.
    if (before !== null && before.child === fiber.child) return;
    for (let child = fiber.child; child !== null; child = child.sibling) {
      visit(child, child.alternate, row ?? rowOf(child));
    }
  };

  Object.assign(window, {
    rendered,
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
        rendered.commits += 1;
        visit(current, current.alternate, null);
      },
    },
  });
}
