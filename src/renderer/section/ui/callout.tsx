/** A framed message: a title, a sentence or two, and what can be done about it. */
import type { ReactNode } from "react";
import { CircleAlert, Info, TriangleAlert } from "lucide-react";

const ICONS = { info: Info, warning: TriangleAlert, error: CircleAlert } as const;

export function Callout(props: {
  readonly kind: keyof typeof ICONS;
  readonly title?: string;
  readonly children: ReactNode;
  /** Errors that appear on their own interrupt a screen reader; others are read in their place. */
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
