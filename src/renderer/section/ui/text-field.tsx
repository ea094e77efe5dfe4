/** A labelled text field with a hint, which is replaced by an error after a pause in typing. */
import {
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type ComponentProps,
  type ReactNode,
} from "react";

import type { TypedToken } from "../data/typed-token";
import { useAfterPress } from "./after-press";

const PAUSE_MS = 700;

interface FieldProps {
  /** Finds the input, to focus it. */
  readonly name?: string;
  readonly label: string;
  readonly optional?: string;
  readonly hint?: ReactNode;
  readonly problem: string | undefined;
  /** Shows the problem immediately, because the user has submitted the form. */
  readonly insist?: boolean;
  /** Takes the focus on mount, when the field replaces the button that opened it. */
  readonly autoFocus?: boolean;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly suggestions?: readonly string[];
  readonly onChange: (value: string) => void;
  /** Called with pasted, dropped or completed text. Returns false if the field should keep the text. */
  readonly onEnter?: (text: string) => boolean;
}

export interface TextFieldProps extends FieldProps {
  readonly value: string;
}

export function TextField({ value, ...field }: TextFieldProps) {
  return <Field {...field} typed={value} input={{ type: "text", value }} />;
}

/**
 * An uncontrolled input, so that the secret exists only in the DOM property. For a controlled input,
 * React keeps old values in memory and also writes them to the `value` attribute.
 */
export function SecretField(
  props: FieldProps & {
    readonly value: TypedToken | null;
    /** Called on unmount with whether the field had the focus. */
    readonly onGone: (hadFocus: boolean) => void;
  },
) {
  const { value, onGone, ...field } = props;
  const gone = useRef(onGone);
  const ref = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    const text = value?.text ?? "";
    if (ref.current && ref.current.value !== text) ref.current.value = text;
  }, [value]);
  useLayoutEffect(() => {
    const { current: input } = ref;
    const { current: notify } = gone;
    return () => {
      notify(input !== null && document.activeElement === input);
      // The browser may keep a removed input for a while.
      if (input !== null) input.value = "";
    };
  }, []);
  return <Field {...field} typed={value} input={{ type: "password", ref }} />;
}

function Field(
  props: FieldProps & {
    /** Changes whenever the typed text changes. */
    readonly typed: unknown;
    readonly input: ComponentProps<"input">;
  },
) {
  const id = useId();
  const { shown, touch, settle } = useDelayedProblem(
    props.typed,
    props.problem,
    props.insist === true,
  );
  const afterPress = useAfterPress();
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
        {...props.input}
        data-field={props.name}
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
        onBlur={({ target }) => {
          afterPress(() => {
            settle();
            if (target.value !== "") props.onEnter?.(target.value);
          });
        }}
        onPaste={(event) => {
          if (props.onEnter?.(event.clipboardData.getData("text")) === true) event.preventDefault();
        }}
        onDrop={(event) => {
          if (props.onEnter?.(event.dataTransfer.getData("text")) === true) event.preventDefault();
        }}
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

/** Shows a problem after a pause in typing or on blur, and hides it as soon as it is fixed. */
function useDelayedProblem(typed: unknown, problem: string | undefined, insist: boolean) {
  const [touched, setTouched] = useState(false);
  const [settledOn, setSettledOn] = useState<unknown>(null);
  useEffect(() => {
    if (!touched) return undefined;
    const timer = setTimeout(() => {
      setSettledOn(typed);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [touched, typed]);
  return {
    shown: insist || (touched && settledOn !== null) ? problem : undefined,
    touch: () => {
      setTouched(true);
    },
    settle: () => {
      setSettledOn(typed);
    },
  };
}
