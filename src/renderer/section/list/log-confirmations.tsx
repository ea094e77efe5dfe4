/** Looks for the tests of this page in Cloudflare's log, without a click, a few at a time. */
import { useCallback, useContext, useEffect, useState } from "react";

import type { LogRowInput } from "../../../shared/account";
import type { ProviderView } from "../../../shared/view";
import { isOwn } from "../cloudflare/account-names";
import { useAccounts, useIsConnected } from "../data/account";
import { useLogProof } from "../data/account-gateway";
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
  return useIsConnected() ? <OfConnected {...props} /> : null;
}

/** `limited`: Cloudflare wants no more calls for now. */
type Progress = "looking" | "ended" | "limited";

function OfConnected({ providers }: LogConfirmationsProps) {
  const accounts = useAccounts();
  const testOf = useShownTests(providers);
  const [progress, setProgress] = useState<ReadonlyMap<string, Progress>>(new Map());
  const onProgress = useCallback((logId: string, now: Progress) => {
    setProgress((known) => (known.get(logId) === now ? known : new Map(known).set(logId, now)));
  }, []);
  const tests = providers.flatMap((provider) => {
    const input = logRowOf(testOf(provider), provider);
    return input !== null && isOwn(accounts.data, input) === true ? [input] : [];
  });
  const isLimited = tests.some(({ logId }) => progress.get(logId) === "limited");
  const waiting = tests.filter(({ logId }) => (progress.get(logId) ?? "looking") === "looking");
  const asked = new Set(isLimited ? [] : waiting.slice(0, AT_ONCE));
  return tests.map((input) => (
    <Confirmation
      key={input.logId}
      input={input}
      isAsked={asked.has(input)}
      onProgress={onProgress}
    />
  ));
}

function Confirmation(props: {
  readonly input: LogRowInput;
  readonly isAsked: boolean;
  readonly onProgress: (logId: string, now: Progress) => void;
}) {
  const { input, isAsked, onProgress } = props;
  const { provider, logId } = input;
  const runs = useContext(TestRunsContext);
  // Also learns of what the report asks for again.
  const { data, problem } = useLogProof(input, { enabled: isAsked });
  const isEnded = data !== null || problem !== null;
  const isLimited = problem?.code === "api_rate_limited";
  const isConfirmed = data?.state === "confirmed";
  const differs = isConfirmed && data.differences.length > 0;
  const mark: LogMark | null = differs ? "different" : isConfirmed ? "confirmed" : null;
  useEffect(() => {
    onProgress(logId, isLimited ? "limited" : isEnded ? "ended" : "looking");
  }, [onProgress, logId, isLimited, isEnded]);
  useEffect(() => {
    runs.setLog(provider, logId, mark);
    return () => runs.setLog(provider, logId, null);
  }, [runs, provider, logId, mark]);
  return null;
}
