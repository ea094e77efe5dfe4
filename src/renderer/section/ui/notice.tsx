/** A message in one line, with at most one button. */
import type { ReactNode } from "react";
import { CircleAlert, Info, TriangleAlert } from "lucide-react";

import { pageOf } from "./page-root";
import { useFocusHandedOn } from "./focus-handed-on";

const ICONS = { info: Info, warning: TriangleAlert, error: CircleAlert } as const;

export function Notice(props: {
  readonly kind: keyof typeof ICONS;
  /** Interrupts a screen reader. Set it for errors that appear without a focus change. */
  readonly urgent?: boolean;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  const Icon = ICONS[props.kind];
  return (
    <div
      className="cfgw-notice"
      data-kind={props.kind}
      {...(props.urgent === true ? { role: "alert" } : {})}
    >
      <Icon className="cfgw-callout-icon" size={14} aria-hidden="true" />
      <div className="cfgw-notice-text">{props.children}</div>
      {props.action}
    </div>
  );
}

/** The button of a notice. When both unmount, the focus moves to the page. */
export function NoticeButton(props: {
  readonly label: string;
  readonly disabled?: boolean;
  readonly onPress: () => void;
}) {
  const button = useFocusHandedOn(pageOf);
  return (
    <button
      ref={button}
      type="button"
      className="cfgw-button"
      disabled={props.disabled}
      onClick={props.onPress}
    >
      {props.label}
    </button>
  );
}
