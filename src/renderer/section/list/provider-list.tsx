/** All providers in mux's groups, and the filter of a long list. */
import { useEffect, useMemo } from "react";
import { ChevronRight } from "lucide-react";

import { assertNever } from "../../../shared/assert-never";
import type { RememberedTest, TestsView } from "../../../shared/tests";
import type { ProvidersView, ProviderView } from "../../../shared/view";
import { useRememberedTests } from "../data/tests";
import { loadRowDetails } from "../row/details-on-demand";
import { ProviderCard } from "../row/provider-card";
import { UnroutableCard } from "../row/unroutable-card";
import { rowRoute } from "../test/test-run";
import { words } from "../words/words";
import { useGradually } from "./gradually";
import { isRoutable, listEntries, type Fold, type ListEntry } from "./list-entries";
import { useListState } from "./list-state";
import { useLostRows } from "./lost-rows";
import { FILTER_FROM, matches, ProviderFilter } from "./provider-filter";

const PREFETCH_AFTER_MS = 400;

export function ProviderList(props: {
  readonly view: ProvidersView;
  /** Why nothing can be written now, or null. */
  readonly locked: string | null;
}) {
  const { providers, problem } = props.view;
  const remembered = useRememberedTests();
  const { filter, setFilter, folds, setOpen } = useListState(providers, problem === null);
  const matching = useMemo(() => matchingIn(providers, filter), [providers, filter]);
  const entries = useMemo(
    () => listEntries(providers, folds, matching),
    [providers, folds, matching],
  );
  const lost = useLostRows(providers, problem === null);
  const drawn = useGradually(entries.length);
  usePrefetch(drawn >= entries.length);
  const row = (provider: ProviderView, hidden: boolean) =>
    isRoutable(provider) ? (
      <ProviderCard
        key={provider.id}
        provider={provider}
        hidden={hidden}
        locked={props.locked}
        isKnown={problem === null}
        app={props.view.app}
        last={lastOf(remembered, provider)}
        lastSaved={lastSavedOf(remembered, provider)}
        lastModel={remembered?.models.find((last) => last.provider === provider.id)?.model ?? null}
      />
    ) : (
      <UnroutableCard
        key={provider.id}
        provider={provider}
        hidden={hidden}
        last={lastOf(remembered, provider)}
      />
    );
  const line = (entry: ListEntry) => {
    switch (entry.kind) {
      case "heading":
        return (
          <li key={`group ${entry.group}`} className="cfgw-group-line" hidden={entry.hidden}>
            <h2 className="cfgw-group">{words.groups[entry.group]}</h2>
          </li>
        );
      case "fold":
        return <FoldLine key={`fold ${entry.fold}`} entry={entry} onToggle={setOpen} />;
      case "row":
        return row(entry.provider, entry.hidden);
      default:
        return assertNever(entry);
    }
  };
  return (
    <>
      {providers.length < FILTER_FROM && filter === "" ? null : (
        <ProviderFilter
          text={filter}
          shown={matching?.size ?? providers.length}
          all={providers.length}
          onChange={setFilter}
        />
      )}
      {providers.length > 0 ? null : <p className="cfgw-quiet">{words.section.none}</p>}
      <ul className="cfgw-list" aria-busy={drawn < entries.length}>
        {/* One array, so that a lost row keeps its state. */}
        {[...entries.slice(0, drawn).map(line), ...lost.map((provider) => row(provider, true))]}
      </ul>
    </>
  );
}

/** The ids of the matching providers, or null without a filter. */
function matchingIn(
  providers: readonly ProviderView[],
  filter: string,
): ReadonlySet<string> | null {
  if (filter.trim() === "") return null;
  return new Set(providers.filter((each) => matches(each, filter)).map(({ id }) => id));
}

/** Loads the content of open rows once all rows are drawn, so that the first one opens at once. */
function usePrefetch(isDrawn: boolean): void {
  useEffect(() => {
    if (!isDrawn) return undefined;
    const timer = setTimeout(() => void loadRowDetails(), PREFETCH_AFTER_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [isDrawn]);
}

function FoldLine(props: {
  readonly entry: Extract<ListEntry, { readonly kind: "fold" }>;
  readonly onToggle: (fold: Fold, open: boolean) => void;
}) {
  const { fold, providers, open, hidden } = props.entry;
  return (
    <li className="cfgw-fold-line" hidden={hidden}>
      <button
        type="button"
        className="cfgw-fold-button"
        aria-expanded={open}
        data-state={open ? "open" : "closed"}
        onClick={() => {
          props.onToggle(fold, !open);
        }}
      >
        <ChevronRight className="cfgw-chevron" size={14} aria-hidden="true" />
        {foldWords(fold, providers)}
      </button>
    </li>
  );
}

function foldWords(fold: Fold, providers: readonly ProviderView[]): string {
  const { length: count } = providers;
  const { folds } = words;
  if (fold === "unroutable") return folds.unroutable(count);
  const off = providers.filter(({ enabled }) => !enabled).length;
  if (off === 0) return folds.noKey(count);
  return off === count ? folds.off(count) : folds.noKeyOrOff(count);
}

/** The last test of the row's route. */
function lastOf(remembered: TestsView | null, provider: ProviderView): RememberedTest | null {
  const tests = rowRoute(provider) === "mux" ? remembered?.muxTests : remembered?.tests;
  return tests?.find((test) => test.provider === provider.id) ?? null;
}

/** The last test of the route in the settings, if mux takes another one. */
function lastSavedOf(remembered: TestsView | null, provider: ProviderView): RememberedTest | null {
  if (rowRoute(provider) === "saved") return null;
  return remembered?.tests.find((test) => test.provider === provider.id) ?? null;
}
