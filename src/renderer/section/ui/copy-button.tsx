/** Buttons that copy a text and show whether copying succeeded. */
import { useEffect, useState } from "react";
import { Check, Copy, X } from "lucide-react";

import { useFeedback } from "./feedback";
import { words } from "../words/words";

const SHOWN_MS = 1600;

const ICONS = { ready: Copy, copied: Check, failed: X } as const;

/** An icon button. `what` completes the label "Copy …". */
export function CopyButton(props: { readonly text: string; readonly what: string }) {
  const { outcome, copy } = useCopy(props.text);
  const Icon = ICONS[outcome];
  return (
    <button
      type="button"
      className="cfgw-icon-button"
      aria-label={words.copy.copy(props.what)}
      title={words.copy.copy(props.what)}
      data-outcome={outcome}
      onClick={copy}
    >
      <Icon size={14} aria-hidden="true" />
    </button>
  );
}

/** A button with a visible label. */
export function CopyTextButton(props: { readonly text: string; readonly label: string }) {
  const { outcome, copy } = useCopy(props.text);
  const Icon = ICONS[outcome];
  return (
    <button type="button" className="cfgw-text-button" data-outcome={outcome} onClick={copy}>
      <Icon size={12} aria-hidden="true" />
      {props.label}
    </button>
  );
}

function useCopy(text: string) {
  const { announce } = useFeedback();
  const [outcome, setOutcome] = useState<keyof typeof ICONS>("ready");

  useEffect(() => {
    if (outcome === "ready") return undefined;
    const timer = setTimeout(() => {
      setOutcome("ready");
    }, SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [outcome]);

  const copy = async () => {
    const done = await writeToClipboard(text);
    setOutcome(done ? "copied" : "failed");
    announce(done ? words.copy.copied : words.copy.failed);
  };
  return {
    outcome,
    copy: () => {
      void copy();
    },
  };
}

async function writeToClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
