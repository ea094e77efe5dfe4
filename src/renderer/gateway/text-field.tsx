/** A labelled line of text with its hint, and with what is wrong once typing has paused. */
import { useEffect, useId, useState, type ClipboardEvent, type ReactNode } from "react";

const PAUSE_MS = 700;

export interface TextFieldProps {
  readonly label: string;
  readonly optional?: string;
  readonly hint?: ReactNode;
  readonly value: string;
  readonly problem: string | undefined;
  /** Shows the problem at once: the form was sent. */
  readonly insist?: boolean;
  readonly secret?: boolean;
  /** Takes the focus when it appears: it stands where the button was that brought it. */
  readonly autoFocus?: boolean;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly suggestions?: readonly string[];
  readonly onChange: (value: string) => void;
  readonly onPaste?: (event: ClipboardEvent<HTMLInputElement>) => void;
}

export function TextField(props: TextFieldProps) {
  const id = useId();
  const { shown, touch, settle } = usePatience(props.value, props.problem, props.insist === true);
  const note = shown ?? props.hint;
  const listed = (props.suggestions ?? []).length > 0;
  return (
    <div className="cfgw-field">
      <label className="cfgw-label" htmlFor={id}>
        {props.label}
        {props.optional === undefined ? null : <span> {props.optional}</span>}
      </label>
      <input
        id={id}
        className="cfgw-input"
        type={props.secret === true ? "password" : "text"}
        value={props.value}
        placeholder={props.placeholder}
        disabled={props.disabled}
        autoFocus={props.autoFocus}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        list={listed ? `${id}-list` : undefined}
        aria-invalid={shown !== undefined}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        onChange={(event) => {
          touch();
          props.onChange(event.target.value);
        }}
        onBlur={settle}
        onPaste={props.onPaste}
      />
      {listed ? (
        <datalist id={`${id}-list`}>
          {props.suggestions?.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      ) : null}
      {note === undefined ? null : (
        <p id={`${id}-note`} className={shown === undefined ? "cfgw-hint" : "cfgw-problem"}>
          {note}
        </p>
      )}
    </div>
  );
}

/** A problem is shown once typing has paused or the field was left, and goes at once when mended. */
function usePatience(value: string, problem: string | undefined, insist: boolean) {
  const [touched, setTouched] = useState(false);
  const [settledOn, setSettledOn] = useState<string | null>(null);
  useEffect(() => {
    if (!touched) return undefined;
    const timer = setTimeout(() => {
      setSettledOn(value);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [touched, value]);
  return {
    shown: insist || (touched && settledOn !== null) ? problem : undefined,
    touch: () => {
      setTouched(true);
    },
    settle: () => {
      setSettledOn(value);
    },
  };
}
