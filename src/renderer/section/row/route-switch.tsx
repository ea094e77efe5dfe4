/** The switch between a provider's own host and the gateway. */
import { useId } from "react";
import * as Switch from "@radix-ui/react-switch";

import { words } from "../words/words";

export function RouteSwitch(props: {
  readonly name: string;
  readonly on: boolean;
  /** Why it cannot be moved, or null. */
  readonly locked: string | null;
  readonly onToggle: (on: boolean) => void;
}) {
  const id = useId();
  const { locked } = props;
  return (
    <>
      <Switch.Root
        className="cfgw-switch"
        checked={props.on}
        disabled={locked !== null}
        aria-label={words.row.route(props.name)}
        aria-describedby={locked === null ? undefined : id}
        title={locked ?? undefined}
        onCheckedChange={props.onToggle}
      >
        <Switch.Thumb className="cfgw-switch-thumb" />
      </Switch.Root>
      {locked === null ? null : (
        <span id={id} className="cfgw-hidden">
          {locked}
        </span>
      )}
    </>
  );
}
