/** The section's page: what it is, the state of the file, the providers, and the way back. */
import { memo, useCallback, useContext, useMemo, useState, type ReactNode } from "react";

import type { GatewayError } from "../../shared/errors";
import type { Undone } from "../../shared/gateways";
import type { Result } from "../../shared/result";
import type { ProvidersView } from "../../shared/view";
import { useChange, useNameNow, useProviders } from "./data/queries";
import { TestCallsContext, useTestCalls } from "./data/tests";
import { GatewaySection } from "./gateway/gateway-section";
import { useChangeOfAll } from "./gateway/route-all";
import { Compatibility } from "./list/compatibility";
import { Footer } from "./list/footer";
import { LogConfirmationsOnDemand } from "./list/log-confirmations-on-demand";
import { Notices } from "./list/notices";
import { ProviderList } from "./list/provider-list";
import { StatusStrip } from "./list/status-strip";
import { OpenRows, OpenRowsContext } from "./row/open-rows";
import { ListAndPane } from "./row/row-pane";
import { TestRunsContext } from "./test/test-run";
import { openTestRuns } from "./test/test-runs";
import { FeedbackContext, type ChangeDetails } from "./ui/feedback";
import { GatewayOpener, GatewayOpenerContext } from "./ui/gateway-opener";
import { NotLoaded } from "./ui/not-loaded";
import { isUndoKey, usePageKey } from "./ui/page-key";
import { createRowOpeners, RowOpenersContext } from "./ui/row-openers";
import { Skeleton } from "./ui/skeleton";
import { UndoNotice } from "./ui/undo-notice";
import { words } from "./words/words";

export function GatewayPanel() {
  const { answer, askAgain } = useProviders();
  const last = useLastView(answer);
  const { said, notice, feedback, tell, begin, dismiss } = useSentences();
  const view = answer?.success === true ? answer.data : null;
  const undo = useUndo(begin, tell);
  // Several steps that one notice announces are undone together, by its button and by the key.
  const steps = Math.max(1, notice?.steps ?? 1);
  const undoLast = useCallback(() => {
    undo(steps);
  }, [undo, steps]);
  usePageKey(isUndoKey, (view?.undoSteps ?? 0) > 0, undoLast);
  return (
    <FeedbackContext.Provider value={feedback}>
      <Tests>
        {answer === undefined ? <Skeleton /> : null}
        {answer?.success === false && last === null ? (
          <NotLoaded error={answer.error} onRetry={askAgain} />
        ) : null}
        {last === null ? null : (
          <Loaded
            view={last}
            lost={answer?.success === false ? answer.error : null}
            onRetry={askAgain}
          />
        )}
        {notice === null ? null : (
          <UndoNotice
            number={notice.number}
            sentence={notice.sentence}
            note={notice.note}
            canUndo={notice.steps > 0 && (view?.undoSteps ?? 0) > 0}
            onUndo={() => {
              undo(notice.steps);
            }}
            onDismiss={dismiss}
          />
        )}
        <p className="cfgw-hidden cfgw-said" role="status">
          <span key={said?.number}>{said?.sentence}</span>
        </p>
      </Tests>
    </FeedbackContext.Provider>
  );
}

/** Every test that is run from within stops when the section goes away. */
function Tests(props: { readonly children: ReactNode }) {
  const calls = useTestCalls();
  const runs = useMemo(() => openTestRuns(calls), [calls]);
  return (
    <TestCallsContext.Provider value={calls}>
      <TestRunsContext.Provider value={runs}>{props.children}</TestRunsContext.Provider>
    </TestCallsContext.Provider>
  );
}

/** Memoised, because it is long and messages below it change often. */
const Loaded = memo(function Loaded(props: {
  readonly view: ProvidersView;
  /** Why this view could not be updated, or null. Until then, nothing can be changed. */
  readonly lost: GatewayError | null;
  readonly onRetry: () => void;
}) {
  const { view, lost } = props;
  const run = useChangeOfAll(view.providers);
  const [openers] = useState(createRowOpeners);
  const runs = useContext(TestRunsContext);
  const [rows] = useState(() => new OpenRows(runs.setOpen));
  const [gatewayOpener] = useState(() => new GatewayOpener());
  const locked = lost === null ? lockedBy(view.problem) : words.failed.locked;
  const isLocked = locked !== null;
  return (
    <RowOpenersContext.Provider value={openers}>
      <GatewayOpenerContext.Provider value={gatewayOpener}>
        <StatusStrip view={view} lost={lost !== null} locked={isLocked} run={run} />
        <LogConfirmationsOnDemand providers={view.providers} />
        <Notices view={view} locked={isLocked} lost={lost} onRetry={props.onRetry} />
        <OpenRowsContext.Provider value={rows}>
          <ListAndPane>
            <GatewaySection view={view} locked={isLocked} run={run} />
            <ProviderList view={view} locked={locked} />
            {view.mirror.canChange ? (
              <Compatibility mirror={view.mirror} locked={isLocked} />
            ) : null}
            <Footer view={view} />
          </ListAndPane>
        </OpenRowsContext.Provider>
      </GatewayOpenerContext.Provider>
    </RowOpenersContext.Provider>
  );
});

/** The newest view there was: with it, what is typed in its rows outlives an answer that fails. */
function useLastView(answer: Result<ProvidersView> | undefined): ProvidersView | null {
  const [last, setLast] = useState<ProvidersView | null>(null);
  if (answer?.success !== true || answer.data === last) return last;
  setLast(answer.data);
  return answer.data;
}

function lockedBy(problem: ProvidersView["problem"]): string | null {
  return problem === null ? null : words.broken.locked;
}

interface Said {
  readonly sentence: string;
  /** More about it, which is not to go away by itself; or null. */
  readonly note: string | null;
  /** How many changes Undo takes back. */
  readonly steps: number;
  /** Tells the same sentence said twice apart. */
  readonly number: number;
}

function useSentences() {
  const [said, setSaid] = useState<Said | null>(null);
  const [notice, setNotice] = useState<Said | null>(null);
  const announce = useCallback((sentence: string) => {
    setSaid((last) => following(last, sentence));
  }, []);
  const tell = useCallback(
    (sentence: string, more: ChangeDetails = {}) => {
      announce(more.note ? `${sentence} ${more.note}` : sentence);
      setNotice((last) => following(last, sentence, more));
    },
    [announce],
  );
  const feedback = useMemo(() => ({ announce, changed: tell }), [announce, tell]);
  /** The announced change is being undone, so the next Undo takes back only the one before. */
  const begin = useCallback(() => {
    setNotice((last) => (last === null ? null : { ...last, steps: 1 }));
  }, []);
  const dismiss = useCallback(() => {
    setNotice(null);
  }, []);
  return { said, notice, feedback, tell, begin, dismiss };
}

function following(
  last: Said | null,
  sentence: string,
  { note = null, steps = 1 }: ChangeDetails = {},
): Said {
  return { sentence, note, steps, number: (last?.number ?? 0) + 1 };
}

function useUndo(begin: () => void, tell: (sentence: string) => void): (steps: number) => void {
  const { mutateAsync } = useChange("undo");
  const nameNow = useNameNow();
  return useCallback(
    (steps) => {
      begin();
      const undo = async () => {
        const undone: Undone[] = [];
        for (let step = 1; step <= steps; step += 1) {
          const answer = await mutateAsync({ call: "undo" });
          if (!answer.success) {
            tell(answer.error.message);
            return;
          }
          if (answer.data.undone !== null) undone.push(answer.data.undone);
        }
        tell(words.undone.sentence(undone, nameNow));
      };
      void undo();
    },
    [mutateAsync, begin, tell, nameNow],
  );
}
