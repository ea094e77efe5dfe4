/** A link that leaves the app: the window's policy opens it in the system's browser. */
import { ExternalLink as Icon } from "lucide-react";

export function ExternalLink(props: { readonly href: string; readonly label: string }) {
  return (
    <a className="cfgw-link" href={props.href} target="_blank" rel="noreferrer">
      {props.label}
      <Icon size={12} aria-hidden="true" />
    </a>
  );
}
