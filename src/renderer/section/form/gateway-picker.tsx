/** Chooses a provider's gateway among the known ones, or another one that has to be entered. */
import { useId } from "react";

import { useKnownGateways } from "../data/queries";
import { formTexts } from "../words/form-texts";
import { gatewayChoices } from "./gateway-choice";
import type { GatewayForm } from "./gateway-form-state";

const ANOTHER = "another";

export function GatewayPicker(props: { readonly form: GatewayForm; readonly disabled: boolean }) {
  const { form } = props;
  const id = useId();
  const choices = gatewayChoices(useKnownGateways(true).known);
  const chosen = choices.findIndex(
    ({ label, kind }) => label === form.chosen?.label && kind === form.chosen.kind,
  );
  if (choices.length === 0) return null;
  return (
    <div className="cfgw-field">
      <label className="cfgw-label" htmlFor={id}>
        {formTexts.form.gateway}
      </label>
      <select
        id={id}
        className="cfgw-select"
        data-field="gateway"
        value={chosen === -1 ? ANOTHER : String(chosen)}
        disabled={props.disabled}
        onChange={({ target }) => {
          form.choose(choices[Number(target.value)] ?? null);
        }}
      >
        {choices.map(({ key, label }, index) => (
          <option key={JSON.stringify(key)} value={index}>
            {label}
          </option>
        ))}
        <option value={ANOTHER}>{formTexts.form.another}</option>
      </select>
    </div>
  );
}
