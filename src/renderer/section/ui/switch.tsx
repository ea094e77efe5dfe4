/** A switch: a button that is on or off, with the keys and the focus of every button. */
export function Switch(props: {
  readonly on: boolean;
  readonly disabled: boolean;
  readonly label?: string;
  /** The ID of the element with the label, where it is on screen. */
  readonly labelledBy?: string;
  readonly describedBy?: string | undefined;
  readonly title?: string | undefined;
  readonly onToggle: (on: boolean) => void;
}) {
  const state = props.on ? "checked" : "unchecked";
  return (
    <button
      type="button"
      role="switch"
      className="cfgw-switch"
      data-state={state}
      aria-checked={props.on}
      disabled={props.disabled}
      aria-label={props.label}
      aria-labelledby={props.labelledBy}
      aria-describedby={props.describedBy}
      title={props.title}
      onClick={() => props.onToggle(!props.on)}
    >
      <span className="cfgw-switch-thumb" data-state={state} />
    </button>
  );
}
