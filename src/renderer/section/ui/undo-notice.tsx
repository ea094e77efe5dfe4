/** The quiet line after a change, with the button that takes it back. */
import { X } from "lucide-react";

import { words } from "../words/words";

export function UndoNotice(props: {
  readonly sentence: string;
  /** Stays until it is dismissed; or null. */
  readonly note: string | null;
  /** Another number starts the clock anew. */
  readonly number: number;
  readonly canUndo: boolean;
  readonly onUndo: () => void;
  readonly onDismiss: () => void;
}) {
  return (
    <div className="cfgw-undo-dock">
      <div className="cfgw-undo">
        {/* An animation is the clock: the style sheet stops it under the pointer and the focus. */}
        {props.note === null ? (
          <span
            key={props.number}
            className="cfgw-undo-clock"
            onAnimationEnd={props.onDismiss}
            aria-hidden="true"
          />
        ) : null}
        <p>
          {props.sentence}
          {props.note === null ? null : <span className="cfgw-undo-note">{props.note}</span>}
        </p>
        {props.canUndo ? (
          <button
            type="button"
            className="cfgw-text-button"
            onClick={(event) => {
              // This button may go with the last step; its neighbour stays.
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
