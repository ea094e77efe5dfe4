/** Whether a mux that does not know the gateway yet is made to take the same route: one switch, one sentence. */
import { useId } from "react";
import * as Switch from "@radix-ui/react-switch";

import type { ProvidersView } from "../../../shared/view";
import { Callout } from "../ui/callout";
import { useFeedback } from "../ui/feedback";
import { useChange } from "../data/queries";
import { words } from "../words/words";

export function MirrorSwitch(props: {
  readonly mirror: ProvidersView["mirror"];
  readonly locked: boolean;
}) {
  const id = useId();
  const { changed } = useFeedback();
  const { mutateAsync, isPending, variables, data } = useChange("the mirror");
  const shown = isPending && variables.call === "setMirror" ? variables.input.on : props.mirror.on;
  const set = async (on: boolean) => {
    const answer = await mutateAsync({ call: "setMirror", input: { on } });
    if (answer.success) {
      changed(on ? words.mirror.isOn : words.mirror.isOff, { steps: answer.steps });
    }
  };
  return (
    <div className="cfgw-mirror">
      <div>
        <p className="cfgw-label" id={`${id}-label`}>
          {words.mirror.label}
        </p>
        <p className="cfgw-hint" id={`${id}-why`}>
          {words.mirror.why}
        </p>
      </div>
      <Switch.Root
        className="cfgw-switch"
        checked={shown}
        disabled={props.locked}
        aria-labelledby={`${id}-label`}
        aria-describedby={`${id}-why`}
        onCheckedChange={(on) => {
          void set(on);
        }}
      >
        <Switch.Thumb className="cfgw-switch-thumb" />
      </Switch.Root>
      {data?.success === false ? (
        <Callout kind="error" urgent>
          <p>{data.error.message}</p>
        </Callout>
      ) : null}
    </div>
  );
}
