/** The state of the list: its filter, and which collapsed lines are expanded. */
import { useState } from "react";
import { flushSync } from "react-dom";

import type { ProviderView } from "../../../shared/view";
import { useBeforeRowOpens } from "../ui/row-openers";
import {
  ALL_CLOSED,
  firstState,
  hidingFold,
  withClosed,
  withOpen,
  withoutIdle,
  withPlaces,
  type Fold,
  type ListState,
} from "./list-entries";

export interface ProviderListState {
  readonly filter: string;
  readonly setFilter: (text: string) => void;
  readonly folds: ListState;
  readonly setOpen: (fold: Fold, open: boolean) => void;
}

/**
 * A row that another part of the page opens is shown first. `isKnown`: whether the whole file could be
 * read. Otherwise no provider is collapsed because of a missing key.
 */
export function useListState(
  providers: readonly ProviderView[],
  isKnown: boolean,
): ProviderListState {
  const [filter, setFilter] = useState("");
  const [stored, store] = useState<ListState | null>(null);
  const known = isKnown ? withPlaces(providers, stored ?? firstState(providers)) : stored;
  if (known !== stored) store(known);
  const folds = isKnown && known !== null ? known : withoutIdle(providers, known ?? ALL_CLOSED);
  const setOpen = (fold: Fold, open: boolean) => {
    store(open ? withOpen(fold, providers, folds) : withClosed(fold, folds));
  };
  useBeforeRowOpens((id) => {
    const provider = providers.find((each) => each.id === id);
    const fold = provider === undefined ? null : hidingFold(provider, folds);
    if (fold === null && filter === "") return;
    // The row must be visible before it can take the focus.
    flushSync(() => {
      setFilter("");
      if (fold !== null) setOpen(fold, true);
    });
  });
  return { filter, setFilter, folds, setOpen };
}
