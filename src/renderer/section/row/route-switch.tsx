/** The switch between a provider's own host and the gateway. */
import { useId } from "react";

import { Switch } from "../ui/switch";
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
      <Switch
        on={props.on}
        disabled={locked !== null}
        label={words.row.route(props.name)}
        describedBy={locked === null ? undefined : id}
        title={locked ?? undefined}
        onToggle={props.onToggle}
      />
      {locked === null ? null : (
        <span id={id} className="cfgw-hidden">
          {locked}
        </span>
      )}
    </>
  );
}
