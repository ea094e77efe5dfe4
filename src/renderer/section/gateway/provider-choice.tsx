/** Which providers a new gateway is given to: their names, and on request a list of checkboxes. */
import { useId, useState } from "react";

import type { ProviderView } from "../../../shared/view";
import { formTexts } from "../words/form-texts";
import type { Candidate } from "./route-all";

export function ProviderChoice(props: {
  readonly candidates: readonly Candidate[];
  readonly chosen: readonly ProviderView[];
  readonly onPick: (provider: string, on: boolean) => void;
}) {
  const { candidates, chosen } = props;
  const id = useId();
  const [open, setOpen] = useState(false);
  if (candidates.length === 0) return null;
  const ids = new Set(chosen.map((provider) => provider.id));
  return (
    <div className="cfgw-field">
      <p className="cfgw-quiet">
        {chosen.length === 0
          ? formTexts.newGateway.chosenNone
          : formTexts.newGateway.chosen(chosen.map(({ name }) => name))}{" "}
        <button
          type="button"
          className="cfgw-text-button"
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          onClick={() => setOpen(!open)}
        >
          {open ? formTexts.newGateway.hide : formTexts.newGateway.choose}
        </button>
      </p>
      {open ? (
        <ul id={id} className="cfgw-choice" aria-label={formTexts.newGateway.list}>
          {candidates.map(({ provider, uses }) => (
            <li key={provider.id}>
              <label className="cfgw-check">
                <input
                  type="checkbox"
                  checked={ids.has(provider.id)}
                  onChange={(event) => props.onPick(provider.id, event.target.checked)}
                />
                <span dir="auto">
                  {provider.name}{" "}
                  {uses === null ? null : (
                    <span className="cfgw-hint">{formTexts.newGateway.uses(uses)}</span>
                  )}
                </span>
              </label>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
