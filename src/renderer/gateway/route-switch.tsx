/** The switch between a provider's own host and the gateway. */
import { useId } from "react";
import { Switch } from "radix-ui";

import { words } from "./words";

export function RouteSwitch(props: {
  readonly name: string;
  readonly on: boolean;
  /** Why it cannot be moved, or null. */
  readonly locked: string | null;
  /** The element that says why already; without one the reason is read from here. */
  readonly describedBy?: string;
  readonly onToggle?: (on: boolean) => void;
}) {
  const id = useId();
  const { locked } = props;
  const reasonHere = locked !== null && props.describedBy === undefined;
  return (
    <>
      <Switch.Root
        className="cfgw-switch"
        checked={props.on}
        disabled={locked !== null}
        aria-label={words.row.route(props.name)}
        aria-describedby={reasonHere ? id : props.describedBy}
        title={locked ?? undefined}
        onCheckedChange={props.onToggle}
      >
        <Switch.Thumb className="cfgw-switch-thumb" />
      </Switch.Root>
      {reasonHere ? (
        <span id={id} className="cfgw-hidden">
          {locked}
        </span>
      ) : null}
    </>
  );
}
