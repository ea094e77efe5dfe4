/** What the section keeps of main's answers: the newest view, and which of its states are our own. */
import type { QueryClient } from "@tanstack/react-query";

import { success, type Result } from "../../../shared/result";
import { isAsNew, type ProvidersView, type ViewVersion } from "../../../shared/view";
import { OwnMarks } from "./own-marks";
import { PushedViews } from "./pushed-views";

export const PROVIDERS = ["cloudflare-gateway", "providers"] as const;
export const TESTS = ["cloudflare-gateway", "tests"] as const;

/** One for each client, and gone with it. */
const ownMarks = new WeakMap<QueryClient, OwnMarks>();

const pushedViews = new WeakMap<QueryClient, PushedViews>();

/** The newest view, or null before the first and after a failed answer. */
export function shownView(client: QueryClient): ProvidersView | null {
  const answer = client.getQueryData<Result<ProvidersView>>(PROVIDERS);
  return answer?.success ? answer.data : null;
}

/** The mark of a provider as it is shown; undefined when there is none. */
export function markOf(client: QueryClient, provider: string): string | undefined {
  const view = shownView(client);
  return view === null ? undefined : markIn(view, provider);
}

/** The mark of a provider in a view. */
export function markIn({ providers }: ProvidersView, provider: string): string | undefined {
  return providers.find(({ id }) => id === provider)?.mark;
}

/** The views that main pushed while a change was under way. */
export function pushedViewsOf(client: QueryClient): PushedViews {
  const known = pushedViews.get(client) ?? new PushedViews();
  pushedViews.set(client, known);
  return known;
}

/** The states that this panel made itself. */
export function ownMarksOf(client: QueryClient): OwnMarks {
  const known = ownMarks.get(client) ?? new OwnMarks();
  ownMarks.set(client, known);
  return known;
}

/** Answers and news overtake each other: an older view never takes the place of a newer one. */
export function keep(client: QueryClient, view: ProvidersView) {
  if (isKnown(client, view.version)) return;
  const answer: Result<ProvidersView> = success(view);
  client.setQueryData(PROVIDERS, answer);
  ownMarksOf(client).look(view);
  // A changed block makes the tests before it old.
  void client.invalidateQueries({ queryKey: TESTS });
}

/** What an answer to the question for all providers leaves standing. */
export function newest(client: QueryClient, answer: Result<ProvidersView>): Result<ProvidersView> {
  const shown = client.getQueryData<Result<ProvidersView>>(PROVIDERS);
  if (shown?.success && answer.success && isAsNew(shown.data.version, answer.data.version)) {
    return shown;
  }
  if (answer.success) ownMarksOf(client).look(answer.data);
  return answer;
}

function isKnown(client: QueryClient, version: ViewVersion): boolean {
  const shown = shownView(client);
  return shown !== null && isAsNew(shown.version, version);
}
