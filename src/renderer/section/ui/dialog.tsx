/** A modal dialog: it traps and restores the focus, and closes on Escape or on a click outside. */
import { useContext, type ReactNode } from "react";
import { X } from "lucide-react";
import * as Primitive from "@radix-ui/react-dialog";

import { keepInside } from "./keep-inside";
import { LayerContext } from "./layer";
import { useReturnFocus } from "./return-focus";
import { words } from "../words/words";

/** `wide`: for long texts such as the guide. */
export function Dialog(props: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  const layer = useContext(LayerContext);
  const returnFocus = useReturnFocus();
  return (
    <Primitive.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Primitive.Portal container={layer}>
        {/* Radix's own overlay injects a style sheet, which a strict CSP blocks. */}
        <div className="cfgw-backdrop">
          <Primitive.Content
            className="cfgw-dialog"
            data-wide={props.wide === true ? "" : undefined}
            aria-modal="true"
            aria-describedby={undefined}
            onKeyDown={keepInside}
            {...returnFocus}
          >
            <div className="cfgw-dialog-head">
              <Primitive.Title className="cfgw-title">{props.title}</Primitive.Title>
              <Primitive.Close className="cfgw-icon-button" aria-label={words.dialog.close}>
                <X size={14} aria-hidden="true" />
              </Primitive.Close>
            </div>
            {props.children}
          </Primitive.Content>
        </div>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
