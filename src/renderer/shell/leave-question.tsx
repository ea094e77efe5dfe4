/** Asks before the window closes over text that is not in the file yet. */
import { lazy, Suspense, useEffect, useRef, useState } from "react";

import { LayerContext } from "../section/ui/layer";
import { words } from "../section/words/words";

/** Few windows ever ask. */
const Question = lazy(async () => ({ default: (await import("../section/ui/question")).Question }));

/** `names`: of the providers that have unsaved text; empty when the window may simply close. */
export function LeaveQuestion(props: { readonly names: readonly string[] }) {
  const { names } = props;
  const [layer, setLayer] = useState<HTMLElement | null>(null);
  const [asking, setAsking] = useState(false);
  const answered = useRef(false);
  const unsaved = names.length > 0;

  useEffect(() => {
    if (!unsaved) return undefined;
    const onLeave = (event: BeforeUnloadEvent) => {
      if (answered.current) return;
      // Electron then keeps the window open and says nothing itself.
      event.preventDefault();
      setAsking(true);
    };
    // Before the section's own, which stops its tests when the page really goes.
    const first = { capture: true };
    window.addEventListener("beforeunload", onLeave, first);
    return () => {
      window.removeEventListener("beforeunload", onLeave, first);
      // With nothing left to lose, a question that was asked is answered.
      setAsking(false);
    };
  }, [unsaved]);

  return (
    <LayerContext.Provider value={layer}>
      <div className="cfgw shell-layer" ref={setLayer}>
        {asking && unsaved ? (
          <Suspense fallback={null}>
            <Question
              title={words.leave.title}
              text={words.leave.text(names)}
              yes={words.leave.yes}
              no={words.leave.no}
              onYes={() => {
                answered.current = true;
                window.close();
              }}
              onNo={() => {
                setAsking(false);
              }}
            />
          </Suspense>
        ) : null}
      </div>
    </LayerContext.Provider>
  );
}
