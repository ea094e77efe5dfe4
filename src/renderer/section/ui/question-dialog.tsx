/** The dialog of a confirmation. `question.tsx` loads it on demand. */
import { useContext } from "react";
import * as AlertDialog from "@radix-ui/react-alert-dialog";

import { keepInside } from "./keep-inside";
import { LayerContext } from "./layer";
import type { QuestionProps } from "./question";
import { useReturnFocus } from "./return-focus";

export function QuestionDialog(props: QuestionProps) {
  const layer = useContext(LayerContext);
  const returnFocus = useReturnFocus();
  return (
    <AlertDialog.Root
      open
      onOpenChange={(open) => {
        if (!open) props.onNo();
      }}
    >
      <AlertDialog.Portal container={layer}>
        <div className="cfgw-backdrop">
          <AlertDialog.Content
            className="cfgw-dialog"
            aria-modal="true"
            onKeyDown={keepInside}
            {...returnFocus}
          >
            <AlertDialog.Title className="cfgw-title">{props.title}</AlertDialog.Title>
            <AlertDialog.Description>{props.text}</AlertDialog.Description>
            <div className="cfgw-dialog-answers">
              <AlertDialog.Cancel className="cfgw-button">{props.no}</AlertDialog.Cancel>
              <button type="button" className="cfgw-button cfgw-danger" onClick={props.onYes}>
                {props.yes}
              </button>
            </div>
          </AlertDialog.Content>
        </div>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
