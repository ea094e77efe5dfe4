/** A button that copies a text and says whether that worked. */
import { useEffect, useState } from "react";
import { Check, Copy, X } from "lucide-react";

import { useFeedback } from "./feedback";
import { words } from "./words";

const SHOWN_MS = 1600;

export function CopyButton(props: { readonly text: string; readonly what: string }) {
  const { announce } = useFeedback();
  const [outcome, setOutcome] = useState<"copied" | "failed" | null>(null);

  useEffect(() => {
    if (outcome === null) return undefined;
    const timer = setTimeout(() => {
      setOutcome(null);
    }, SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [outcome]);

  const copy = async () => {
    const done = await writeToClipboard(props.text);
    setOutcome(done ? "copied" : "failed");
    announce(done ? words.copy.copied : words.copy.failed);
  };
  const Icon = outcome === "copied" ? Check : outcome === "failed" ? X : Copy;
  return (
    <button
      type="button"
      className="cfgw-icon-button"
      aria-label={words.copy.copy(props.what)}
      title={words.copy.copy(props.what)}
      data-outcome={outcome ?? undefined}
      onClick={() => void copy()}
    >
      <Icon size={14} aria-hidden="true" />
    </button>
  );
}

async function writeToClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
