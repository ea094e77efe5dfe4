/** Looks for the tests of this page in Cloudflare's log, without a click, a few at a time. */
import { memo, useCallback, useContext, useEffect, useRef, useState } from "react";

import type { LogRowInput } from "../../../shared/account";
import type { GatewayError } from "../../../shared/errors";
import type { ProviderView } from "../../../shared/view";
import { isOwn } from "../cloudflare/account-names";
import { useAccounts, useAccountStatus } from "../data/account";
import { useLogProof } from "../data/account-gateway";
import { isTokenRefused } from "../data/asked";
import { logRowOf } from "../test/log-row";
import { logMark, TestRunsContext } from "../test/test-run";
import type { LogMark } from "../test/test-runs";
import { useFeedback } from "../ui/feedback";
import { words } from "../words/words";
import { useShownTests } from "./shown-tests";

/** Each takes up to 15 seconds, and most of that is waiting. */
const AT_ONCE = 4;

export interface LogConfirmationsProps {
  readonly providers: readonly ProviderView[];
}

/** Shows nothing itself: the rows and the status of the page show what is found. */
export function LogConfirmations(props: LogConfirmationsProps) {
  const status = useAccountStatus();
  if (status?.token == null) return null;
  return <OfConnected {...props} isRefused={status.problem !== null} />;
}

/**
 * `refused`: Cloudflare would refuse the calls for other tests of this account too. `limited`: it wants
 * no more calls at all for now.
 */
type Progress = "looking" | "ended" | "refused" | "limited";

function OfConnected(props: LogConfirmationsProps & { readonly isRefused: boolean }) {
  const { providers, isRefused } = props;
  const accounts = useAccounts();
  const testOf = useShownTests(providers);
  const [progress, setProgress] = useState<ReadonlyMap<string, Progress>>(new Map());
  const onProgress = useCallback((test: string, now: Progress) => {
    setProgress((known) => (known.get(test) === now ? known : new Map(known).set(test, now)));
  }, []);
  const marks = new Map<string, LogMark | null>();
  const tests = new Map(
    providers.flatMap((provider) => {
      const test = testOf(provider);
      const input = logRowOf(test, provider);
      if (input === null || isOwn(accounts.data, input) !== true) return [];
      const key = keyOf(input);
      marks.set(key, logMark(test));
      return [[key, input] as const];
    }),
  );
  const found = (key: string) => progress.get(key) ?? "looking";
  const held = new Set<string>();
  for (const [key, { accountId }] of tests) if (found(key) === "refused") held.add(accountId);
  const isHeld = isRefused || [...tests.keys()].some((key) => found(key) === "limited");
  const waiting = [...tests].filter(
    ([key, { accountId }]) => found(key) === "looking" && !held.has(accountId),
  );
  useAnnouncement(tests, waiting.length === 0, (key) => marks.get(key) ?? null);
  const asked = new Set(isHeld ? [] : waiting.slice(0, AT_ONCE).map(([key]) => key));
  return [...tests].map(([key, input]) => (
    <Confirmation
      key={key}
      id={key}
      input={input}
      isAsked={asked.has(key)}
      onProgress={onProgress}
    />
  ));
}

/** Tells screen readers what was found for several tests. The report of a single one says it itself. */
function useAnnouncement(
  tests: ReadonlyMap<string, unknown>,
  isDone: boolean,
  markOf: (key: string) => LogMark | null,
): void {
  const { announce } = useFeedback();
  const known = useRef<ReadonlySet<string>>(new Set());
  const found = [...tests.keys()].filter((key) => markOf(key) !== null);
  const count = (mark: LogMark) => found.filter((key) => markOf(key) === mark).length;
  const { confirmed, logDiffers } = words.status;
  const sentences = [
    count("confirmed") === 0 ? null : confirmed(count("confirmed")),
    count("different") === 0 ? null : logDiffers(count("different")),
  ].filter((sentence) => sentence !== null);
  const sentence = sentences.join(". ");
  const keys = JSON.stringify(found);
  useEffect(() => {
    if (!isDone) return;
    const now: readonly string[] = JSON.parse(keys);
    const news = now.filter((key) => !known.current.has(key));
    known.current = new Set(now);
    if (news.length > 1) announce(`${sentence}.`);
  }, [isDone, keys, sentence, announce]);
}

/** Also another gateway is another question about the same test. */
function keyOf(input: LogRowInput): string {
  return JSON.stringify(Object.values(input));
}

interface ConfirmationProps {
  /** The key of `input`. */
  readonly id: string;
  readonly input: LogRowInput;
  readonly isAsked: boolean;
  readonly onProgress: (test: string, now: Progress) => void;
}

/** Memoised, because each result of hundreds of tests renders the list above. */
const Confirmation = memo(OfTest, (before, now) => {
  return before.isAsked === now.isAsked && before.onProgress === now.onProgress;
});

function OfTest(props: ConfirmationProps) {
  const { id, isAsked, onProgress } = props;
  const [input] = useState(props.input);
  const runs = useContext(TestRunsContext);
  // Also learns of what the report asks for again.
  const { data, problem } = useLogProof(input, { enabled: isAsked });
  const now = progressOf(data !== null, problem);
  const isConfirmed = data?.state === "confirmed";
  const differs = isConfirmed && data.differences.length > 0;
  const mark: LogMark | null = differs ? "different" : isConfirmed ? "confirmed" : null;
  useEffect(() => onProgress(id, now), [onProgress, id, now]);
  useEffect(() => {
    runs.setLog(input, mark);
    return () => runs.setLog(input, null);
  }, [runs, input, mark]);
  return null;
}

function progressOf(isFound: boolean, problem: GatewayError | null): Progress {
  if (problem === null) return isFound ? "ended" : "looking";
  if (problem.code === "api_rate_limited") return "limited";
  const isOfAccount = problem.code === "api_permission_missing" || isTokenRefused(problem);
  return isOfAccount ? "refused" : "ended";
}
