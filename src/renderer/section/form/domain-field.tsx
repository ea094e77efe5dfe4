/** The custom domain of a gateway. Most gateways have none, so the field opens on request. */
import { useState } from "react";

import { Callout } from "../ui/callout";
import { TextField } from "../ui/text-field";
import { formTexts } from "../words/form-texts";

export function DomainField(props: {
  readonly value: string;
  readonly problem: string | undefined;
  readonly insist: boolean;
  readonly disabled: boolean;
  /** A domain in the pasted text, which the user has to accept; null for none. */
  readonly proposed: string | null;
  readonly onAnswer: (accepted: boolean) => void;
  readonly onChange: (host: string) => void;
  readonly onEnter: (text: string) => boolean;
}) {
  const { value, proposed, disabled } = props;
  const [isAsked, ask] = useState(false);
  if (proposed !== null && proposed !== value) {
    return (
      <Callout kind="info" title={formTexts.domain.looksLike(proposed)}>
        <p>{formTexts.domain.looksLikeText}</p>
        <div className="cfgw-actions">
          <button
            type="button"
            className="cfgw-button"
            disabled={disabled}
            onClick={() => props.onAnswer(true)}
          >
            {formTexts.domain.use(proposed)}
          </button>
          <button type="button" className="cfgw-button" onClick={() => props.onAnswer(false)}>
            {formTexts.domain.ignore}
          </button>
        </div>
      </Callout>
    );
  }
  if (value === "" && !isAsked) {
    return (
      <div>
        <button
          type="button"
          className="cfgw-text-button"
          disabled={disabled}
          onClick={() => ask(true)}
        >
          {formTexts.domain.add}
        </button>
      </div>
    );
  }
  return (
    <TextField
      name="host"
      label={formTexts.domain.label}
      optional={formTexts.form.optional}
      hint={formTexts.domain.hint}
      placeholder="ai.example.com"
      value={value}
      problem={props.problem}
      insist={props.insist}
      autoFocus={isAsked && value === ""}
      disabled={disabled}
      onChange={props.onChange}
      onEnter={props.onEnter}
    />
  );
}
