/** Asks for confirmation before the window closes with unsaved text. */
import { useEffect, useRef, useState } from "react";

import { LayerContext } from "../section/ui/layer";
import { Question } from "../section/ui/question";
import { words } from "../section/words/words";

export interface LeaveQuestionProps {
  /** The providers with unsaved text, as last rendered. */
  readonly names: readonly string[];
  /** Whether anything is unsaved at this moment: text that was just discarded must not ask. */
  readonly isUnsavedNow: () => boolean;
}

/** If nothing is unsaved, the window closes without a question. */
export function LeaveQuestion({ names, isUnsavedNow }: LeaveQuestionProps) {
  const [layer, setLayer] = useState<HTMLElement | null>(null);
  const [asking, setAsking] = useState(false);
  const answered = useRef(false);
  const unsaved = names.length > 0;

  useEffect(() => {
    const onLeave = (event: BeforeUnloadEvent) => {
      if (answered.current || !isUnsavedNow()) return;
      // Electron then keeps the window open, without a message of its own.
      event.preventDefault();
      setAsking(true);
    };
    // Runs before the section's listener, which stops the tests when the page really unloads.
    const first = { capture: true };
    window.addEventListener("beforeunload", onLeave, first);
    return () => {
      window.removeEventListener("beforeunload", onLeave, first);
    };
  }, [isUnsavedNow]);

  useEffect(() => {
    if (!unsaved) return undefined;
    // Once the text is saved or discarded, an open question is obsolete.
    return () => setAsking(false);
  }, [unsaved]);

  return (
    <LayerContext.Provider value={layer}>
      <div className="cfgw shell-layer" ref={setLayer}>
        {asking && unsaved ? (
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
        ) : null}
      </div>
    </LayerContext.Provider>
  );
}
