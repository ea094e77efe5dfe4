/** The gateway's token: entered once, taken from elsewhere or not needed. It is never shown. */
import { useId, useLayoutEffect, useRef, useState, type ReactNode } from "react";

import { TOKEN_FORM_PAGE } from "../../../shared/dashboard";
import { assertNever } from "../../../shared/assert-never";
import { ExternalLink } from "../ui/external-link";
import { SecretField } from "../ui/text-field";
import type { TypedChoice } from "../data/change";
import { TypedToken } from "../data/typed-token";
import type { Refusal } from "./pasted";
import { isAsked, type TokenSituation } from "./token-situation";
import { formTexts } from "../words/form-texts";

export interface TokenOwner {
  readonly id: string;
  readonly name: string;
}

type Choice = string | TypedChoice | undefined;

export interface TokenFieldProps {
  readonly situation: TokenSituation;
  /** The providers with one of several different tokens of this gateway. */
  readonly owners: readonly TokenOwner[];
  /** undefined: untouched; null: the gateway is open. */
  readonly value: TypedChoice | undefined;
  readonly forgotten: boolean;
  readonly problem: string | undefined;
  readonly insist: boolean;
  readonly refused: Refusal | null;
  readonly disabled: boolean;
  /** undefined: back to the untouched state. */
  readonly onChange: (value: Choice) => void;
  /** A pasted or dropped text; false when the field itself takes it. */
  readonly onEnter: (text: string) => boolean;
}

export function TokenField({ refused, ...field }: TokenFieldProps) {
  const isRefused = refused === "api-token";
  const { situation, value } = field;
  // A text that was typed stays in the field, with its own problem.
  const hasText = value instanceof TypedToken && value.text !== "";
  const props = {
    ...field,
    refused,
    problem:
      isRefused && !(hasText && field.problem !== undefined)
        ? formTexts.token.ofApi
        : field.problem,
    insist: isRefused || field.insist,
  };
  // Each step removes the button that had the focus, so its replacement gets the focus.
  const [acted, setActed] = useState(false);
  const lost = useRef(false);
  const actions = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    // Enter in the field saved it and removed the field, so its replacement gets the focus.
    if (lost.current) actions.current?.querySelector("button")?.focus();
    lost.current = false;
  });
  const onChange = (next: Choice) => {
    setActed(true);
    props.onChange(next);
  };
  const asks = isAsked(situation);
  if (value instanceof TypedToken || (asks && (value === undefined || value === null))) {
    return (
      <TypedTokenField
        {...props}
        value={value ?? undefined}
        isOpen={value === null}
        canBeTakenBack={!asks}
        onGone={(hadFocus) => {
          lost.current = hadFocus;
        }}
        onChange={(next) => {
          // Only a step back leaves a button that needs the focus. A save does not.
          setActed(next === undefined);
          props.onChange(next);
        }}
      />
    );
  }
  return (
    <div
      className="cfgw-field"
      role="group"
      aria-label={formTexts.form.token}
      data-token=""
      data-field="token"
    >
      <span className="cfgw-label">{formTexts.form.token}</span>
      <div className="cfgw-token" ref={actions}>
        <span className="cfgw-token-state">{stateOf(situation, value)}</span>
        {value !== undefined ? (
          <TokenAction
            label={asks ? formTexts.token.enter : formTexts.token.keep}
            autoFocus={acted}
            onClick={() => onChange(asks ? "" : undefined)}
          />
        ) : (
          <>
            <TokenAction
              label={situation === "stored" ? formTexts.token.replace : formTexts.token.enter}
              autoFocus={acted}
              onClick={() => onChange("")}
            />
            {situation === "open" ? null : (
              <TokenAction label={formTexts.token.isOpen} onClick={() => onChange(null)} />
            )}
          </>
        )}
      </div>
      {situation === "different" && value === undefined ? (
        <Owners
          owners={props.owners}
          onChoose={(provider) => onChange({ from: "provider", provider })}
        />
      ) : null}
      {props.insist && props.problem !== undefined ? (
        <p className="cfgw-problem">{props.problem}</p>
      ) : null}
      {props.forgotten ? <p className="cfgw-hint">{formTexts.form.tokenForgotten}</p> : null}
    </div>
  );
}

/** The state of a token that is not being typed. */
function stateOf(
  situation: TokenSituation,
  value: Exclude<TypedChoice, TypedToken> | undefined,
): ReactNode {
  if (value === null) return formTexts.token.willBeOpen;
  if (value !== undefined) {
    return value.from === "environment" ? formTexts.token.fromEnvironment : formTexts.token.chosen;
  }
  switch (situation) {
    case "stored":
      return <Stored text={formTexts.token.stored} />;
    case "account":
      return <Stored text={formTexts.token.ofAccount} />;
    case "open":
      return formTexts.token.open;
    case "different":
      return formTexts.token.different;
    case "needed":
    case "optional":
      return null;
    default:
      return assertNever(situation);
  }
}

function Stored(props: { readonly text: string }) {
  return (
    <>
      <span aria-hidden="true">•••••••• </span>
      {props.text}
    </>
  );
}

/** Whose token all providers of the gateway get. */
function Owners(props: {
  readonly owners: readonly TokenOwner[];
  readonly onChoose: (provider: string) => void;
}) {
  const id = useId();
  return (
    <div className="cfgw-actions">
      <label className="cfgw-hint" htmlFor={id}>
        {formTexts.token.takeOf}
      </label>
      <select
        id={id}
        className="cfgw-select"
        value=""
        onChange={(event) => props.onChoose(event.target.value)}
      >
        <option value="" disabled>
          {formTexts.token.chooseOwner}
        </option>
        {props.owners.map(({ id: owner, name }) => (
          <option key={owner} value={owner}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

function TypedTokenField(
  props: Omit<TokenFieldProps, "value"> & {
    readonly value: TypedToken | undefined;
    readonly isOpen: boolean;
    /** Whether there is a stored token to return to. */
    readonly canBeTakenBack: boolean;
    readonly onGone: (hadFocus: boolean) => void;
  },
) {
  const { isOpen, canBeTakenBack } = props;
  return (
    <div className="cfgw-token-step">
      <SecretField
        name="token"
        label={formTexts.form.token}
        {...(props.situation === "optional" ? { optional: formTexts.token.noneStored } : {})}
        {...(props.forgotten ? { hint: formTexts.form.tokenForgotten } : {})}
        value={props.value ?? null}
        problem={isOpen ? undefined : props.problem}
        insist={props.insist}
        disabled={props.disabled || isOpen}
        autoFocus={canBeTakenBack}
        onEnter={props.onEnter}
        onGone={props.onGone}
        onChange={props.onChange}
      />
      <p className="cfgw-hint">
        {formTexts.token.hint} <ExternalLink href={TOKEN_FORM_PAGE} label={formTexts.token.link} />{" "}
        {formTexts.token.permission}
      </p>
      {canBeTakenBack ? (
        <div className="cfgw-actions">
          <TokenAction label={formTexts.token.keep} onClick={() => props.onChange(undefined)} />
        </div>
      ) : (
        <label className="cfgw-check">
          <input
            type="checkbox"
            checked={isOpen}
            disabled={props.disabled}
            onChange={(event) => props.onChange(event.target.checked ? null : undefined)}
          />
          <span>
            {formTexts.token.isOpen} <span className="cfgw-hint">{formTexts.token.isOpenHint}</span>
          </span>
        </label>
      )}
    </div>
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
