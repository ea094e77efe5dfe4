/** Stores the newest view, and which of its states this page produced itself. */
import type { QueryClient } from "@tanstack/react-query";

import { success, type Result } from "../../../shared/result";
import { isAsNew, type ProvidersView, type ViewVersion } from "../../../shared/view";
import { OwnMarks } from "./own-marks";
import { PushedViews } from "./pushed-views";
import { RunningChanges } from "./running-changes";

export const PROVIDERS = ["cloudflare-gateway", "providers"] as const;
export const TESTS = ["cloudflare-gateway", "tests"] as const;

/** One per query client, and collected with it. */
const ownMarks = new WeakMap<QueryClient, OwnMarks>();

const pushedViews = new WeakMap<QueryClient, PushedViews>();

const runningChanges = new WeakMap<QueryClient, RunningChanges>();

/** The newest view, or null before the first response and after a failed one. */
export function shownView(client: QueryClient): ProvidersView | null {
  const answer = client.getQueryData<Result<ProvidersView>>(PROVIDERS);
  return answer?.success ? answer.data : null;
}

/** The mark of a provider in the newest view, or undefined. */
export function markOf(client: QueryClient, provider: string): string | undefined {
  const view = shownView(client);
  return view === null ? undefined : markIn(view, provider);
}

/** The mark of a provider in this view, or undefined. */
export function markIn({ providers }: ProvidersView, provider: string): string | undefined {
  return providers.find(({ id }) => id === provider)?.mark;
}

/** The pushed views of this client. */
export function pushedViewsOf(client: QueryClient): PushedViews {
  const known = pushedViews.get(client) ?? new PushedViews();
  pushedViews.set(client, known);
  return known;
}

/** The changes of this client that are being written. */
export function runningChangesOf(client: QueryClient): RunningChanges {
  const known = runningChanges.get(client) ?? new RunningChanges();
  runningChanges.set(client, known);
  return known;
}

/** The marks that changes of this page produced. */
export function ownMarksOf(client: QueryClient): OwnMarks {
  const known = ownMarks.get(client) ?? new OwnMarks();
  ownMarks.set(client, known);
  return known;
}

/** Shows a view unless a newer one is shown, because responses and pushed views can arrive out of order. */
export function keep(client: QueryClient, view: ProvidersView) {
  if (isKnown(client, view.version)) return;
  const answer: Result<ProvidersView> = success(view);
  client.setQueryData(PROVIDERS, answer);
  ownMarksOf(client).look(view);
  // Changed gateway settings make earlier tests stale.
  void client.invalidateQueries({ queryKey: TESTS });
}

/** The newer of the shown view and a response to `providers`. */
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
