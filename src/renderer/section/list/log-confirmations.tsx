/** Looks for the tests of this page in Cloudflare's log, without a click, a few at a time. */
import { memo, useCallback, useContext, useEffect, useState } from "react";

import type { LogRowInput } from "../../../shared/account";
import type { GatewayError } from "../../../shared/errors";
import type { ProviderView } from "../../../shared/view";
import { isOwn } from "../cloudflare/account-names";
import { useAccounts, useAccountStatus } from "../data/account";
import { useLogProof } from "../data/account-gateway";
import { isTokenRefused } from "../data/asked";
import { logRowOf } from "../test/log-row";
import { TestRunsContext } from "../test/test-run";
import type { LogMark } from "../test/test-runs";
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
  const tests = new Map(
    providers.flatMap((provider) => {
      const input = logRowOf(testOf(provider), provider);
      if (input === null || isOwn(accounts.data, input) !== true) return [];
      return [[keyOf(input), input] as const];
    }),
  );
  const found = (key: string) => progress.get(key) ?? "looking";
  const held = new Set<string>();
  for (const [key, { accountId }] of tests) if (found(key) === "refused") held.add(accountId);
  const isHeld = isRefused || [...tests.keys()].some((key) => found(key) === "limited");
  const waiting = [...tests].filter(
    ([key, { accountId }]) => found(key) === "looking" && !held.has(accountId),
  );
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
