/** The keys that the section listens to, in a small dialog: opened by its button or by “?”. */
import { useCallback, useId, useRef, type KeyboardEvent } from "react";
import { X } from "lucide-react";

import { usePageKey } from "./page-key";
import { words } from "./words";

/** On a Mac the command key takes the place of Ctrl. */
function undoKeys(): readonly string[] {
  return [navigator.userAgent.includes("Mac") ? "⌘" : "Ctrl", "Z"];
}

export function ShortcutHelp() {
  const id = useId();
  // The browser's own: it keeps the focus inside, gives it back, and brings no styles of its own,
  // which a strict content security policy would refuse.
  const dialog = useRef<HTMLDialogElement>(null);
  const open = useCallback(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  const close = () => dialog.current?.close();
  usePageKey(isHelpKey, true, open);
  const onKeyDown = (event: KeyboardEvent) => {
    // What is behind the dialog hears of no key; a host's page closes on an Escape that it hears.
    event.stopPropagation();
    if (event.key !== "Escape") return;
    event.preventDefault();
    close();
  };
  return (
    <>
      <button type="button" className="cfgw-text-button" aria-haspopup="dialog" onClick={open}>
        {words.help.open}
      </button>
      <dialog
        ref={dialog}
        className="cfgw-dialog"
        aria-labelledby={id}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          // The dialog itself is only hit beside its content: on the backdrop.
          if (event.target === event.currentTarget) close();
        }}
      >
        <div className="cfgw-dialog-body">
          <div className="cfgw-dialog-head">
            <h3 className="cfgw-title" id={id}>
              {words.help.title}
            </h3>
            <button
              type="button"
              className="cfgw-icon-button"
              aria-label={words.help.close}
              onClick={close}
            >
              <X size={14} aria-hidden="true" />
            </button>
          </div>
          <dl className="cfgw-keys">
            <Shortcut keys={["Tab"]} does={words.help.tab} />
            <Shortcut keys={["Space"]} does={words.help.space} />
            <Shortcut keys={["Enter"]} does={words.help.enter} />
            <Shortcut keys={["Esc"]} does={words.help.escape} />
            <Shortcut keys={undoKeys()} does={words.help.undo} />
            <Shortcut keys={["?"]} does={words.help.help} />
          </dl>
        </div>
      </dialog>
    </>
  );
}

function Shortcut(props: { readonly keys: readonly string[]; readonly does: string }) {
  return (
    <div>
      <dt>
        {props.keys.map((key) => (
          <kbd key={key} className="cfgw-key">
            {key}
          </kbd>
        ))}
      </dt>
      <dd>{props.does}</dd>
    </div>
  );
}

function isHelpKey({ key, altKey, ctrlKey, metaKey }: globalThis.KeyboardEvent): boolean {
  return key === "?" && !altKey && !ctrlKey && !metaKey;
}
