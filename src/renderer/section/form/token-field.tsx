/** The gateway's token: can be given, replaced or removed, and is never shown. */
import { useLayoutEffect, useRef, useState } from "react";

import { API_TOKENS_PAGE } from "../../../shared/dashboard";
import { ExternalLink } from "../ui/external-link";
import { SecretField } from "../ui/text-field";
import type { TypedToken } from "../data/typed-token";
import { words } from "../words/words";

export function TokenField(props: {
  readonly stored: boolean;
  /** undefined: untouched; null: to be removed. */
  readonly value: TypedToken | null | undefined;
  readonly forgotten: boolean;
  readonly problem: string | undefined;
  readonly insist: boolean;
  readonly disabled: boolean;
  /** undefined takes back what was typed. */
  readonly onChange: (value: string | null | undefined) => void;
  /** A pasted or dropped text; false when the field itself takes it. */
  readonly onEnter: (text: string) => boolean;
}) {
  const { stored, value } = props;
  // Each step takes away the button that had the focus; what comes instead gets it.
  const [acted, setActed] = useState(false);
  const lost = useRef(false);
  const actions = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    // Saved by Enter in the field, which is no longer there: the focus goes to what is in its place.
    if (lost.current) actions.current?.querySelector("button")?.focus();
    lost.current = false;
  });
  const onChange = (next: string | null | undefined) => {
    setActed(true);
    props.onChange(next);
  };
  if (!stored || value) {
    return (
      <SecretField
        label={words.form.token}
        optional={words.form.optional}
        hint={
          props.forgotten ? (
            words.form.tokenForgotten
          ) : (
            <>
              {words.form.tokenHint}{" "}
              <ExternalLink href={API_TOKENS_PAGE} label={words.form.tokenLink} />
            </>
          )
        }
        value={value ?? null}
        problem={props.problem}
        insist={props.insist}
        disabled={props.disabled}
        autoFocus={stored}
        onEnter={props.onEnter}
        onGone={(hadFocus) => {
          lost.current = hadFocus;
        }}
        onChange={(text) => {
          // Only what is given up here leaves a button that wants the focus; what is saved does not.
          setActed(typeof text !== "string");
          props.onChange(text);
        }}
      />
    );
  }
  return (
    <div className="cfgw-field" role="group" aria-label={words.form.token}>
      <span className="cfgw-label">{words.form.token}</span>
      <div className="cfgw-token" ref={actions}>
        <span className="cfgw-token-state">
          {value === null ? words.form.tokenRemoved : <StoredToken />}
        </span>
        {value === null ? (
          <TokenAction
            label={words.form.tokenKeep}
            autoFocus={acted}
            onClick={() => onChange(undefined)}
          />
        ) : (
          <>
            <TokenAction
              label={words.form.tokenReplace}
              autoFocus={acted}
              onClick={() => onChange("")}
            />
            <TokenAction label={words.form.tokenRemove} onClick={() => onChange(null)} />
          </>
        )}
      </div>
      {props.forgotten ? <p className="cfgw-hint">{words.form.tokenForgotten}</p> : null}
    </div>
  );
}

function StoredToken() {
  return (
    <>
      <span aria-hidden="true">•••••••• </span>
      {words.form.tokenStored}
    </>
  );
}

function TokenAction(props: {
  readonly label: string;
  readonly autoFocus?: boolean;
  readonly onClick: () => void;
}) {
  return (
    <button
      type="button"
      className="cfgw-text-button"
      autoFocus={props.autoFocus}
      onClick={props.onClick}
    >
      {props.label}
    </button>
  );
}
