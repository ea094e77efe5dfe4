/** Loads what looks for tests in Cloudflare's log after the first test of the page. */
import { useContext, useEffect, useState, useSyncExternalStore, type ComponentType } from "react";

import { TestRunsContext } from "../test/test-run";
import type { LogConfirmationsProps } from "./log-confirmations";

type Confirmations = ComponentType<LogConfirmationsProps>;

export function LogConfirmationsOnDemand(props: LogConfirmationsProps) {
  const runs = useContext(TestRunsContext);
  const hasTested = useSyncExternalStore(runs.subscribe, runs.hasReports);
  const [Known, setKnown] = useState<Confirmations | null>(null);
  useEffect(() => {
    if (!hasTested) return undefined;
    let isMounted = true;
    const load = async () => {
      const { LogConfirmations: loaded } = await import("./log-confirmations");
      if (isMounted) setKnown(() => loaded);
    };
    // Without it, each open report still looks for its own test.
    load().catch(() => undefined);
    return () => {
      isMounted = false;
    };
  }, [hasTested]);
  return Known === null ? null : <Known {...props} />;
}
