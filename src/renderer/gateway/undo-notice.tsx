/** The quiet line after a change, with the button that takes it back. */
import { X } from "lucide-react";

import { words } from "./words";

export function UndoNotice(props: {
  readonly sentence: string;
  readonly canUndo: boolean;
  readonly onUndo: () => void;
  readonly onDismiss: () => void;
}) {
  return (
    // The style sheet lets an animation run as the clock; it stands still under the pointer or the focus.
    <div className="cfgw-undo-dock">
      <div
        className="cfgw-undo"
        onAnimationEnd={(event) => {
          if (event.animationName === "cfgw-undo-time") props.onDismiss();
        }}
      >
        <p>{props.sentence}</p>
        {props.canUndo ? (
          <button type="button" className="cfgw-text-button" onClick={props.onUndo}>
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
