/** Arranges the list: which providers are in which group, and which are collapsed into one line. */
import { MUX_GATEWAYS } from "../../../shared/mux-gateways";
import { catalogued } from "../../../shared/providers";
import type { ProviderView } from "../../../shared/view";

/** mux's groups of its Providers page, in its order. */
export const GROUPS = ["direct", "gateway", "local", "custom"] as const;
export type Group = (typeof GROUPS)[number];

/** Providers that share one line until the user expands it. */
export const FOLDS = ["idle", "unroutable"] as const;
export type Fold = (typeof FOLDS)[number];

export type ListEntry =
  | { readonly kind: "heading"; readonly group: Group; readonly hidden: boolean }
  | { readonly kind: "row"; readonly provider: ProviderView; readonly hidden: boolean }
  | {
      readonly kind: "fold";
      readonly fold: Fold;
      /** Those that belong under this line; more can be under an expanded one. */
      readonly providers: readonly ProviderView[];
      readonly open: boolean;
      readonly hidden: boolean;
    };

export interface ListState {
  readonly open: ReadonlySet<Fold>;
  /** Lines whose rows stay mounted when they are hidden, because they may hold typed text. */
  readonly mounted: ReadonlySet<Fold>;
  /** Where providers are shown, so that no row moves under the pointer: under a line, or outside (null). */
  readonly placed: ReadonlyMap<string, Fold | null>;
}

export const ALL_CLOSED: ListState = { open: new Set(), mounted: new Set(), placed: new Map() };

/**
 * The entries from top to bottom: the groups, then the collapsed providers. `matching` has the
 * providers that match the filter, or is null without a filter.
 */
export function listEntries(
  providers: readonly ProviderView[],
  { open, mounted, placed }: ListState,
  matching: ReadonlySet<string> | null,
): readonly ListEntry[] {
  const isShown = ({ id }: ProviderView) => matching === null || matching.has(id);
  const foldOf = (each: ProviderView) => placeOf(each, placed);
  const grouped = GROUPS.flatMap((group): readonly ListEntry[] => {
    const own = providers.filter((each) => foldOf(each) === null && groupOf(each) === group);
    if (own.length === 0) return [];
    const heading = { kind: "heading", group, hidden: !own.some(isShown) } as const;
    return rowsUnder(heading, own, isShown);
  });
  const folded = FOLDS.flatMap((fold): readonly ListEntry[] => {
    const own = providers.filter((each) => foldOf(each) === fold);
    if (own.length === 0) return [];
    const isOpen = open.has(fold);
    // A filter shows all that it finds, also under a collapsed line.
    const isVisible = (each: ProviderView) => isShown(each) && (isOpen || matching !== null);
    const isMounted = isOpen || matching !== null || mounted.has(fold);
    const line = {
      kind: "fold",
      fold,
      providers: own.filter((each) => naturalFold(each) === fold),
      open: isOpen,
      hidden: matching !== null,
    } as const;
    return rowsUnder(line, isMounted ? own : [], isVisible);
  });
  return [...grouped, ...folded];
}

function placeOf(provider: ProviderView, placed: ListState["placed"]): Fold | null {
  const place = placed.get(provider.id);
  return place === undefined ? naturalFold(provider) : place;
}

/**
 * The state for these providers: those outside a line stay there. The same object if nothing changes.
 */
export function withPlaces(providers: readonly ProviderView[], state: ListState): ListState {
  const news = providers.filter((each) => !state.placed.has(each.id) && naturalFold(each) === null);
  if (news.length === 0) return state;
  return {
    ...state,
    placed: new Map([...state.placed, ...news.map(({ id }) => [id, null] as const)]),
  };
}

/** The state while keys are unknown: no new provider is collapsed because it has none. */
export function withoutIdle(providers: readonly ProviderView[], state: ListState): ListState {
  const idle = providers.filter(
    (each) => !state.placed.has(each.id) && naturalFold(each) === "idle",
  );
  return {
    ...state,
    placed: new Map([...state.placed, ...idle.map(({ id }) => [id, null] as const)]),
  };
}

/** Expands a line. Its rows stay under it until it is collapsed, even if they are turned on. */
export function withOpen(
  fold: Fold,
  providers: readonly ProviderView[],
  state: ListState,
): ListState {
  const members = providers.filter((each) => placeOf(each, state.placed) === fold);
  return {
    open: new Set([...state.open, fold]),
    mounted: new Set([...state.mounted, fold]),
    placed: new Map([...state.placed, ...members.map(({ id }) => [id, fold] as const)]),
  };
}

/** Collapses a line. Rows that no longer belong under it move to their group. */
export function withClosed(fold: Fold, state: ListState): ListState {
  return {
    ...state,
    open: new Set([...state.open].filter((each) => each !== fold)),
    placed: new Map([...state.placed].filter(([, place]) => place !== fold)),
  };
}

/** The line that hides this provider now, or null. */
export function hidingFold(provider: ProviderView, state: ListState): Fold | null {
  const fold = placeOf(provider, state.placed);
  return fold === null || state.open.has(fold) ? null : fold;
}

/** The first state: without any usable provider, the idle ones are expanded. */
export function firstState(providers: readonly ProviderView[]): ListState {
  const state = withPlaces(providers, ALL_CLOSED);
  const hasIdle = providers.some((each) => naturalFold(each) === "idle");
  return state === ALL_CLOSED && hasIdle ? withOpen("idle", providers, state) : state;
}

function rowsUnder(
  line: ListEntry,
  providers: readonly ProviderView[],
  isShown: (provider: ProviderView) => boolean,
): readonly ListEntry[] {
  const rows = providers.map((provider): ListEntry => ({
    kind: "row",
    provider,
    hidden: !isShown(provider),
  }));
  return [line, ...rows];
}

/** The line under which a provider belongs, or null. */
export function naturalFold(provider: ProviderView): Fold | null {
  const { route, leak, unroutable, enabled, kind, keySource } = provider;
  if (route === "gateway" || leak !== null) return null;
  if (unroutable !== null) return "unroutable";
  // A custom provider may need no key.
  const isIdle = !enabled || (kind === "built-in" && keySource === "none");
  return isIdle ? "idle" : null;
}

const GATEWAYS: ReadonlySet<string> = new Set(MUX_GATEWAYS.map(({ id }) => id));

/** mux's own group of a provider. */
export function groupOf(provider: ProviderView): Group {
  const known = catalogued(provider);
  if (known === undefined) return "custom";
  if (GATEWAYS.has(known.id)) return "gateway";
  return known.id === "ollama" ? "local" : "direct";
}

/** Whether a provider has the row of an unroutable one, which has no switch. */
export function isRoutable({ unroutable, route }: ProviderView): boolean {
  return unroutable === null || route === "gateway";
}
