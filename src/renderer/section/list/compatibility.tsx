/** The switch for the compatibility fields, which make a mux without gateway support use the same routes. */
import { useId } from "react";

import type { ProvidersView } from "../../../shared/view";
import { Callout } from "../ui/callout";
import { useFeedback } from "../ui/feedback";
import { Switch } from "../ui/switch";
import { useChange } from "../data/queries";
import { words } from "../words/words";

export function Compatibility(props: {
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
    <section aria-labelledby={`${id}-title`}>
      <h2 className="cfgw-group" id={`${id}-title`}>
        {words.mirror.title}
      </h2>
      <div className="cfgw-mirror">
        <div>
          <p id={`${id}-label`}>{words.mirror.label}</p>
          <p className="cfgw-hint" id={`${id}-why`}>
            {words.mirror.why}
          </p>
        </div>
        <Switch
          on={shown}
          disabled={props.locked}
          labelledBy={`${id}-label`}
          describedBy={`${id}-why`}
          onToggle={(on) => {
            void set(on);
          }}
        />
        {data?.success === false ? (
          <Callout kind="error" urgent>
            <p>{data.error.message}</p>
          </Callout>
        ) : null}
      </div>
    </section>
  );
}
