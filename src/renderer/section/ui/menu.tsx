/** A button with a menu. The menu's code loads when the pointer or the focus reaches the button. */
import { lazy, Suspense, useRef, useState, type ReactNode } from "react";

export type MenuEntry = {
  /** Unique in its menu. */
  readonly id: string;
} & (
  | { readonly kind: "item"; readonly label: string; readonly onSelect: () => void }
  | { readonly kind: "danger"; readonly label: string; readonly onSelect: () => void }
  | {
      readonly kind: "choice";
      readonly label: string;
      readonly chosen: boolean;
      /** A short remark at the right. */
      readonly detail?: string;
      readonly onSelect: () => void;
    }
  | { readonly kind: "link"; readonly label: string; readonly href: string }
  | { readonly kind: "line" }
);

const load = () => import("./menu-list");
const MenuList = lazy(async () => ({ default: (await load()).MenuList }));

export function MenuButton(props: {
  readonly className: string;
  /** The accessible name. Absent: the button's text. */
  readonly label?: string;
  readonly title?: string;
  readonly disabled?: boolean;
  /** Called while the menu is open. */
  readonly entries: () => readonly MenuEntry[];
  readonly children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const [byKey, setByKey] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const prefetch = () => void load();
  return (
    <span className="cfgw-menu-place">
      <button
        ref={button}
        type="button"
        className={props.className}
        aria-label={props.label}
        aria-haspopup="menu"
        aria-expanded={open}
        title={props.title}
        disabled={props.disabled}
        onPointerEnter={prefetch}
        onFocus={prefetch}
        onClick={({ detail }) => {
          // Only a key makes a click without a count.
          setByKey(detail === 0);
          setOpen(!open);
        }}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
          event.preventDefault();
          setByKey(true);
          setOpen(true);
        }}
      >
        {props.children}
      </button>
      {open ? (
        <Suspense fallback={null}>
          <MenuList
            button={button}
            label={props.label}
            byKey={byKey}
            entries={props.entries()}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      ) : null}
    </span>
  );
}
