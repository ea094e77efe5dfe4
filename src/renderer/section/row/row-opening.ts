/** Opens and closes one row, and moves the focus into it. */
import { useContext, useReducer, useRef, useSyncExternalStore } from "react";

import type { ShownTest } from "../test/test-run";
import type { RowField, RowTab } from "../ui/row-openers";
import { OpenRowsContext } from "./open-rows";

/** Without a field, the focus moves to the report or to the first field that needs input. */
export interface FocusRequest {
  readonly tab: RowTab;
  readonly field: RowField | null;
}

export interface RowOpening {
  /** Null while the row is closed. */
  readonly tab: RowTab | null;
  /** Where the content is shown instead of below the row, or null. */
  readonly place: HTMLElement | null;
  /** Whether it is closed only because another row was opened beside the list. */
  readonly isReplaced: () => boolean;
  readonly open: (tab: RowTab) => void;
  readonly close: () => void;
  /** Also moves the focus there. */
  readonly openAt: (tab: RowTab, field?: RowField) => void;
  /** For a click on the row. A key press also moves the focus if the content is beside the list. */
  readonly toggle: (tab: RowTab, byKey: boolean) => void;
  /** Returns the pending request once, for the content after it has rendered. */
  readonly takeFocus: () => FocusRequest | null;
}

export function useRowOpening(provider: string): RowOpening {
  const rows = useContext(OpenRowsContext);
  const tab = useSyncExternalStore(rows.subscribe, () => rows.tabOf(provider));
  const place = useSyncExternalStore(rows.subscribe, () => rows.placeOf(provider));
  const wanted = useRef<FocusRequest | null>(null);
  const [, render] = useReducer((times: number) => times + 1, 0);
  const openAt = (next: RowTab, field: RowField | null = null) => {
    wanted.current = { tab: next, field };
    rows.open(provider, next);
    // The row may be open on this tab already.
    render();
  };
  return {
    tab,
    place,
    isReplaced: () => rows.isReplaced(provider),
    open: (next) => rows.open(provider, next),
    close: () => rows.close(provider),
    openAt,
    toggle: (next, byKey) => {
      if (tab !== null) rows.close(provider);
      else if (byKey && rows.place !== null) openAt(next);
      else rows.open(provider, next);
    },
    takeFocus: () => {
      const { current } = wanted;
      wanted.current = null;
      return current;
    },
  };
}

/** The tab on which a row opens: unsaved text first, then a failed or running test. */
export function firstTab(test: ShownTest, isUnsaved: boolean): RowTab {
  if (isUnsaved) return "settings";
  switch (test.kind) {
    case "running":
    case "refused":
      return "test";
    case "report":
      return !test.stale && !test.report.ok ? "test" : "settings";
    case "nothing":
      return "settings";
    default:
      return test satisfies never;
  }
}
