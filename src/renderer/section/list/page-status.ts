/** Computes the status strip: how many providers use a gateway, and whether their last tests passed. */
import { goesElsewhere, type MuxAppName } from "../../../shared/mux-route";
import type { ProvidersView, ProviderView } from "../../../shared/view";
import { planTestAll } from "../test/test-all";
import { isRefusedTest, logMark, type ShownTest } from "../test/test-run";
import type { RowTab } from "../ui/row-openers";
import { shortResult, toneOf } from "../words/report-words";
import { words } from "../words/words";

/** `quiet`: nothing to judge yet. */
export type StatusTone = "good" | "doubtful" | "bad" | "quiet";

/** Why a provider is not fine, with a link to its row. */
export interface Concern {
  readonly provider: string;
  readonly name: string;
  /** The cause in a few words. */
  readonly cause: string;
}

export interface PageStatus {
  readonly tone: StatusTone;
  /** The number of providers that use each gateway, or why that is unknown. */
  readonly sentence: string;
  /** Failed tests and token leaks. With them, `remarks` is empty. */
  readonly failures: readonly Concern[];
  /** Reasons why the status is not good. */
  readonly remarks: readonly Remark[];
  /** The oldest of the passed tests in ISO 8601, if all passed; else null. */
  readonly passedSince: string | null;
  /** How many of the passed tests Cloudflare's log confirms, if all passed; else 0. */
  readonly confirmed: number;
}

export interface Remark {
  readonly text: string;
  /** The first provider that it is about, and the tab of its row that explains it. */
  readonly provider: string;
  readonly tab: RowTab;
}

/** A provider with the test that its row shows. */
export interface TestedProvider {
  readonly provider: ProviderView;
  readonly test: ShownTest;
}

type View = Pick<ProvidersView, "app" | "problem" | "providers" | "gateways" | "counts">;

/** `testOf` returns the test of the saved route that the provider's row shows. */
export function pageStatus(view: View, testOf: (provider: ProviderView) => ShownTest): PageStatus {
  const { app, problem, providers, counts } = view;
  if (problem !== null) return quiet(words.status.unknown, "bad");
  const routed = providers.filter(({ route }) => route === "gateway");
  const failures = failuresIn(providers, testOf);
  const sentence = usageSentence(view, routed.length);
  if (failures.length > 0) return { ...quiet(sentence, "bad"), failures };
  const judged = planTestAll(routed).providers.map((provider) => ({
    provider,
    test: testOf(provider),
  }));
  if (counts.withKey === 0) return quiet(sentence);
  const remarks = remarksOn(routed, judged, app);
  if (remarks.length > 0) return { ...quiet(sentence, "doubtful"), remarks };
  if (judged.length === 0) return quiet(sentence);
  const confirmed = judged.filter(({ test }) => logMark(test) === "confirmed").length;
  return { ...quiet(sentence, "good"), passedSince: oldestOf(judged), confirmed };
}

/** Without a connection, it is unknown whether a test result belongs to the current settings. */
export const LOST: PageStatus = quiet(words.status.disconnected, "bad");

function quiet(sentence: string, tone: StatusTone = "quiet"): PageStatus {
  return { tone, sentence, failures: [], remarks: [], passedSince: null, confirmed: 0 };
}

/** "7 of 10 providers with a key use my-gateway". */
function usageSentence({ providers, gateways, counts }: View, routed: number): string {
  const { usage } = words.status;
  if (providers.length === 0) return usage.noProviders;
  const names = gateways.filter(({ active }) => active.length > 0).map((each) => each.gatewayName);
  // Without a key, a provider counts as routed only if the user turned it on.
  if (counts.withKey === 0) return routed === 0 ? usage.noKeys : usage.keyless(routed);
  if (counts.routed === 0) return usage.noneRouted(counts.withKey);
  return usage.routed(counts.routed, counts.withKey, names);
}

/** Also those of direct providers: after "Test all", each failure must be one click away. */
function failuresIn(
  providers: readonly ProviderView[],
  testOf: (provider: ProviderView) => ShownTest,
): readonly Concern[] {
  return providers.flatMap((provider): readonly Concern[] => {
    const { id, name, leak } = provider;
    const cause = leak === null ? failureOf(testOf(provider)) : words.status.leak;
    return cause === null ? [] : [{ provider: id, name, cause }];
  });
}

function failureOf(test: ShownTest): string | null {
  switch (test.kind) {
    case "nothing":
    case "running":
      return null;
    case "refused":
      return isRefusedTest(test.error) ? lowerFirst(words.last.refused) : null;
    case "report":
      return test.stale || test.report.ok ? null : lowerFirst(shortResult(test.report));
    default:
      return test satisfies never;
  }
}

/** For use after a colon. An acronym keeps its letters. */
function lowerFirst(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function remarksOn(
  routed: readonly ProviderView[],
  judged: readonly TestedProvider[],
  app: MuxAppName,
): readonly Remark[] {
  const elsewhere = routed.filter(({ muxRoute }) => goesElsewhere(muxRoute));
  const doubtful = judged.filter(({ test }) => isFresh(test) && toneOf(test.report) !== "good");
  const untested = judged.filter(({ test }) => !isFresh(test));
  const isChanged = untested.some(({ test }) => test.kind === "report");
  const different = judged.filter(({ test }) => logMark(test) === "different");
  const { unproven, untested: neverTested, untestedSince, logDiffers } = words.status;
  return [
    ...remark(elsewhere, "settings", elsewhereSentence(elsewhere, app)),
    ...remark(providersOf(doubtful), "test", unproven(doubtful.length)),
    ...remark(providersOf(different), "test", logDiffers(different.length)),
    ...remark(
      providersOf(untested),
      "test",
      (isChanged ? untestedSince : neverTested)(untested.length),
    ),
  ];
}

function elsewhereSentence(providers: readonly ProviderView[], app: MuxAppName): string {
  const [first, ...others] = providers;
  const { elsewhere } = words.status;
  return others.length === 0
    ? elsewhere.one(app, first?.name ?? "")
    : elsewhere.many(app, providers.length);
}

function providersOf(tested: readonly TestedProvider[]): readonly ProviderView[] {
  return tested.map(({ provider }) => provider);
}

function remark(about: readonly ProviderView[], tab: RowTab, text: string): readonly Remark[] {
  const [first] = about;
  return first === undefined ? [] : [{ text, provider: first.id, tab }];
}

function isFresh(test: ShownTest): test is Extract<ShownTest, { readonly kind: "report" }> {
  return test.kind === "report" && !test.stale;
}

function oldestOf(judged: readonly TestedProvider[]): string | null {
  const times = judged.flatMap(({ test }) => (isFresh(test) ? [test.report.startedAt] : []));
  return times.toSorted()[0] ?? null;
}
