/** A framed message with a title, one or two sentences, and actions. */
import type { ReactNode } from "react";
import { CircleAlert, Info, TriangleAlert } from "lucide-react";

const ICONS = { info: Info, warning: TriangleAlert, error: CircleAlert } as const;

export function Callout(props: {
  readonly kind: keyof typeof ICONS;
  readonly title?: string;
  readonly children: ReactNode;
  /** Interrupts a screen reader. Set it for errors that appear without a focus change. */
  readonly urgent?: boolean;
}) {
  const Icon = ICONS[props.kind];
  return (
    <div
      className="cfgw-callout"
      data-kind={props.kind}
      {...(props.urgent === true ? { role: "alert" } : {})}
    >
      <Icon className="cfgw-callout-icon" size={16} aria-hidden="true" />
      <div className="cfgw-callout-body">
        {props.title === undefined ? null : <p className="cfgw-strong">{props.title}</p>}
        {props.children}
      </div>
    </div>
  );
}
