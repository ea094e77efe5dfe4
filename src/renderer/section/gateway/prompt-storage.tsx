/** The checkbox that keeps prompts and responses out of the gateway's log. */
import { useEffect, useId, useRef } from "react";

import { words } from "../words/words";

export function PromptStorage(props: {
  /** Whether the gateway may store prompts; null while its providers differ. */
  readonly stores: boolean | null;
  readonly onChange: (stores: boolean) => void;
}) {
  const { stores } = props;
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = stores === null;
  }, [stores]);
  return (
    <label className="cfgw-check">
      <input
        ref={box}
        type="checkbox"
        checked={stores === false}
        aria-describedby={id}
        onChange={(event) => props.onChange(!event.target.checked)}
      />
      <span>
        {words.gateway.hidePrompts}{" "}
        <span className="cfgw-hint" id={id}>
          {stores === null ? words.gateway.somePrompts : words.gateway.promptsByDefault}
        </span>
      </span>
    </label>
  );
}
