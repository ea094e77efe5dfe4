/** The section's page: what it is, the state of the file, the providers, and the way back. */
import { memo, useCallback, useMemo, useState, type ReactNode } from "react";

import { GATEWAYS_PAGE } from "../../shared/dashboard";
import type { Undone } from "../../shared/gateways";
import type { Result } from "../../shared/result";
import type { ProvidersView } from "../../shared/view";
import { Callout } from "./ui/callout";
import { ExternalLink } from "./ui/external-link";
import { FeedbackContext, type ChangeDetails } from "./ui/feedback";
import { useFocusHandedOn } from "./ui/focus-handed-on";
import { GatewayOpener, GatewayOpenerContext } from "./ui/gateway-opener";
import { FileState } from "./list/file-state";
import { Help } from "./help/help";
import { LeakAlert } from "./list/leak-alert";
import { MirrorSwitch } from "./list/mirror-switch";
import { isUndoKey, usePageKey } from "./ui/page-key";
import { ProviderList } from "./list/provider-list";
import { useChange, useNameNow, useProviders } from "./data/queries";
import { GatewaySection } from "./gateway/gateway-section";
import { useChangeOfAll } from "./gateway/route-all";
import { TestCallsContext, useTestCalls } from "./data/tests";
import { createRowOpeners, RowOpenersContext } from "./ui/row-openers";
import { Skeleton } from "./ui/skeleton";
import { TestRunsContext } from "./test/test-run";
import { openTestRuns } from "./test/test-runs";
import { UndoNotice } from "./ui/undo-notice";
import { words } from "./words/words";

export function GatewayPanel() {
  const { answer, askAgain } = useProviders();
  const last = useLastView(answer);
  const { said, notice, feedback, tell, begin, dismiss } = useSentences();
  const view = answer?.success === true ? answer.data : null;
  const undo = useUndo(begin, tell);
  // What a notice tells of as one is taken back as one, by its button and by the key.
  const steps = Math.max(1, notice?.steps ?? 1);
  const undoLast = useCallback(() => {
    undo(steps);
  }, [undo, steps]);
  usePageKey(isUndoKey, (view?.undoSteps ?? 0) > 0, undoLast);
  return (
    <FeedbackContext.Provider value={feedback}>
      <Tests>
        <Intro file={last?.file ?? null} />
        {answer === undefined ? <Skeleton /> : null}
        {answer?.success === false ? (
          <Callout
            kind="error"
            title={last === null ? words.failed.title : words.failed.stale}
            urgent
          >
            <p>{answer.error.message}</p>
            {last === null ? null : <p>{words.failed.staleText}</p>}
            <RetryButton onClick={askAgain} />
          </Callout>
        ) : null}
        {last === null ? null : (
          <Loaded
            view={last}
            locked={view === null ? words.failed.locked : lockedBy(view.problem)}
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
        <p className="cfgw-hidden" role="status">
          <span key={said?.number}>{said?.sentence}</span>
        </p>
      </Tests>
    </FeedbackContext.Provider>
  );
}

/** Goes away with the failure; whoever pressed it reads on from the top. */
function RetryButton(props: { readonly onClick: () => void }) {
  const button = useFocusHandedOn((own) => own.closest(".cfgw")?.querySelector(".cfgw-title"));
  return (
    <button ref={button} type="button" className="cfgw-button" onClick={props.onClick}>
      {words.section.retry}
    </button>
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

function Intro(props: { readonly file: string | null }) {
  return (
    <header className="cfgw-intro">
      <h2 className="cfgw-title" tabIndex={-1}>
        {words.section.title}
      </h2>
      <p>{words.section.intro}</p>
      {/* A line of its own: the path comes later, and moves nothing then. */}
      <p>
        {words.section.keptIn} <code className="cfgw-code">{props.file ?? "providers.jsonc"}</code>
      </p>
      <div className="cfgw-intro-links">
        <ExternalLink href={GATEWAYS_PAGE} label={words.section.dashboard} />
        <Help />
      </div>
    </header>
  );
}

/** Kept as it is while only what is said below it changes: it is long. */
const Loaded = memo(function Loaded(props: {
  readonly view: ProvidersView;
  /** Why nothing can be written now, or null. */
  readonly locked: string | null;
}) {
  const { view, locked } = props;
  const run = useChangeOfAll(view.providers);
  const [openers] = useState(createRowOpeners);
  const [gatewayOpener] = useState(() => new GatewayOpener());
  return (
    <RowOpenersContext.Provider value={openers}>
      <GatewayOpenerContext.Provider value={gatewayOpener}>
        <LeakAlert providers={view.providers} locked={locked !== null} />
        {view.mirror.canChange ? (
          <MirrorSwitch mirror={view.mirror} locked={locked !== null} />
        ) : null}
        <FileState view={view} />
        <GatewaySection view={view} locked={locked !== null} run={run} />
        <ProviderList
          providers={view.providers}
          isWhole={view.problem === null}
          locked={locked}
          run={run}
        />
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
  /** What it tells of is being taken back: asked for once more, Undo means the one change before. */
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
