/** The message after a change, with an Undo button. */
import { X } from "lucide-react";

import { words } from "../words/words";

export function UndoNotice(props: {
  readonly sentence: string;
  /** An additional sentence, or null. */
  readonly note: string | null;
  /** A new number restarts the timeout. */
  readonly number: number;
  readonly canUndo: boolean;
  readonly onUndo: () => void;
  readonly onDismiss: () => void;
}) {
  return (
    <div className="cfgw-undo-dock">
      <div className="cfgw-undo">
        {/* The animation is the timeout, so that CSS can pause it on hover and focus. */}
        <span
          key={props.number}
          className="cfgw-undo-clock"
          onAnimationEnd={props.onDismiss}
          aria-hidden="true"
        />
        <p>
          {props.sentence}
          {props.note === null ? null : <span className="cfgw-undo-note">{props.note}</span>}
        </p>
        {props.canUndo ? (
          <button
            type="button"
            className="cfgw-text-button"
            onClick={(event) => {
              // The last Undo removes this button, so the focus moves to the next one.
              const { nextElementSibling } = event.currentTarget;
              if (nextElementSibling instanceof HTMLElement) nextElementSibling.focus();
              props.onUndo();
            }}
          >
            {words.changed.undo}
          </button>
        ) : null}
        <button
          type="button"
          className="cfgw-icon-button"
          aria-label={words.changed.dismiss}
          onClick={props.onDismiss}
        >
          <X size={14} aria-hidden="true" />
        </button>
      </div>
    </div>
  );
}
