/** The field that narrows a long list down, and how many are left. */
import { useId } from "react";

import type { ProviderView } from "../../../shared/view";
import { words } from "../words/words";

/** Fewer than so many are seen at a glance; mux alone has twelve. */
export const FILTER_FROM = 24;

/** Whether a provider's name or key has every word of the text in it, in either case. */
export function matches({ name, id }: ProviderView, text: string): boolean {
  const where = `${name} ${id}`.toLocaleLowerCase();
  return text
    .toLocaleLowerCase()
    .split(/\s+/u)
    .every((word) => where.includes(word));
}

export function ProviderFilter(props: {
  readonly text: string;
  readonly shown: number;
  readonly all: number;
  readonly onChange: (text: string) => void;
}) {
  const id = useId();
  return (
    <div className="cfgw-filter">
      <label className="cfgw-hidden" htmlFor={id}>
        {words.filter.label}
      </label>
      <input
        id={id}
        type="search"
        className="cfgw-input"
        placeholder={words.filter.label}
        value={props.text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => props.onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || props.text === "") return;
          // The host's page stays open: the key has done its work here.
          event.preventDefault();
          event.stopPropagation();
          props.onChange("");
        }}
      />
      <span role="status" className="cfgw-quiet cfgw-number">
        {props.text.trim() === ""
          ? words.filter.all(props.all)
          : words.filter.some(props.shown, props.all)}
      </span>
    </div>
  );
}
