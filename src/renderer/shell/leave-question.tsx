/** Asks for confirmation before the window closes with unsaved text. */
import { lazy, Suspense, useEffect, useRef, useState } from "react";

import { LayerContext } from "../section/ui/layer";
import { words } from "../section/words/words";

/** Loaded on demand, because most windows never ask. */
const Question = lazy(async () => ({ default: (await import("../section/ui/question")).Question }));

/** `names` are the providers with unsaved text. If it is empty, the window closes without a question. */
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
      // Electron then keeps the window open, without a message of its own.
      event.preventDefault();
      setAsking(true);
    };
    // Runs before the section's listener, which stops the tests when the page really unloads.
    const first = { capture: true };
    window.addEventListener("beforeunload", onLeave, first);
    return () => {
      window.removeEventListener("beforeunload", onLeave, first);
      // Once the text is saved or discarded, an open question is obsolete.
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
