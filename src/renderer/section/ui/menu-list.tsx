/** The open menu of a `MenuButton`: arrow keys, first letters and Escape work as in other menus. */
import { useContext, useRef, type RefObject } from "react";
import { Check, ExternalLink } from "lucide-react";
import * as Dropdown from "@radix-ui/react-dropdown-menu";

import { assertNever } from "../../../shared/assert-never";
import { keepInside } from "./keep-inside";
import { LayerContext } from "./layer";
import type { MenuEntry } from "./menu";

export function MenuList(props: {
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly label: string | undefined;
  /** Whether a key opened it. Then the first entry has the focus, and else none. */
  readonly byKey: boolean;
  readonly entries: readonly MenuEntry[];
  readonly onClose: () => void;
}) {
  const { button, byKey } = props;
  const isEntered = useRef(false);
  const layer = useContext(LayerContext);
  // An action may open a dialog, which returns the focus to the button, so the button needs it first.
  const chosen = useRef<(() => void) | null>(null);
  const isOnButton = (target: EventTarget | null) =>
    target instanceof Node && button.current?.contains(target) === true;
  return (
    <Dropdown.Root
      open
      // A modal menu injects a style sheet, which a strict CSP blocks.
      modal={false}
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
    >
      {/* Only the place of the menu: its button exists before this code is loaded. */}
      <Dropdown.Trigger asChild>
        <span className="cfgw-menu-anchor" aria-hidden="true" tabIndex={-1} />
      </Dropdown.Trigger>
      <Dropdown.Portal container={layer}>
        <Dropdown.Content
          onFocus={({ target, currentTarget }) => {
            // Radix focuses only the menu, because it did not see the key: its code was not loaded yet.
            if (!byKey || isEntered.current || target !== currentTarget) return;
            isEntered.current = true;
            const first = currentTarget.querySelector('[role^="menuitem"]');
            if (first instanceof HTMLElement) first.focus();
          }}
          className="cfgw-menu"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          loop
          aria-label={props.label ?? button.current?.innerText}
          aria-labelledby={undefined}
          onKeyDown={keepInside}
          onInteractOutside={(event) => {
            // The button closes its menu itself.
            if (isOnButton(event.target)) event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // The user may have moved the focus elsewhere.
            if (document.activeElement === document.body) button.current?.focus();
            chosen.current?.();
          }}
        >
          {props.entries.map((entry) => (
            <Entry
              key={entry.id}
              entry={entry}
              onChoose={(action) => {
                chosen.current = action;
              }}
            />
          ))}
        </Dropdown.Content>
      </Dropdown.Portal>
    </Dropdown.Root>
  );
}

function Entry(props: {
  readonly entry: MenuEntry;
  readonly onChoose: (action: () => void) => void;
}) {
  const { entry, onChoose } = props;
  switch (entry.kind) {
    case "item":
    case "danger":
      return (
        <Dropdown.Item
          className="cfgw-menu-item"
          data-danger={entry.kind === "danger"}
          onSelect={() => onChoose(entry.onSelect)}
        >
          <span>{entry.label}</span>
        </Dropdown.Item>
      );
    case "choice":
      return (
        <Dropdown.CheckboxItem
          className="cfgw-menu-item"
          role="menuitemradio"
          checked={entry.chosen}
          onSelect={() => onChoose(entry.onSelect)}
        >
          <span>{entry.label}</span>
          {entry.detail === undefined ? null : (
            <span className="cfgw-menu-detail">{entry.detail}</span>
          )}
          {entry.chosen ? <Check size={14} aria-hidden="true" /> : null}
        </Dropdown.CheckboxItem>
      );
    case "link":
      return (
        <Dropdown.Item className="cfgw-menu-item" asChild>
          <a href={entry.href} target="_blank" rel="noreferrer">
            <span>{entry.label}</span>
            <ExternalLink size={12} aria-hidden="true" />
          </a>
        </Dropdown.Item>
      );
    case "line":
      return <Dropdown.Separator className="cfgw-menu-line" />;
    default:
      return assertNever(entry);
  }
}
