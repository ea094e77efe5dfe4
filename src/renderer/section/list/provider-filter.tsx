/** The text field that filters a long list, and the number of matching providers. */
import { useCallback, useId, useRef } from "react";

import type { ProviderView } from "../../../shared/view";
import { isFilterKey, usePageKey } from "../ui/page-key";
import { hostOf } from "../words/route-words";
import { words } from "../words/words";

/** Shorter lists fit on a screen. */
export const FILTER_FROM = 8;

/** Whether each word of the text is in the provider's name, key, host or gateway, in any case. */
export function matches(provider: ProviderView, text: string): boolean {
  const { name, id, directBaseUrl, gateway, gatewayByHand } = provider;
  const where = [
    name,
    id,
    hostOf(directBaseUrl) ?? "",
    gateway?.gatewayName ?? "",
    gatewayByHand?.gatewayName ?? "",
  ]
    .join(" ")
    .toLocaleLowerCase();
  return text
    .toLocaleLowerCase()
    .split(/\s+/u)
    .every((word) => where.includes(word));
}

/** The key “/” moves the focus to the field. */
export function ProviderFilter(props: {
  readonly text: string;
  readonly shown: number;
  readonly all: number;
  readonly onChange: (text: string) => void;
}) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const isFiltering = props.text.trim() !== "";
  const focus = useCallback(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  usePageKey(isFilterKey, true, focus);
  return (
    <div className="cfgw-filter">
      <label className="cfgw-hidden" htmlFor={id}>
        {words.filter.label}
      </label>
      <input
        ref={field}
        id={id}
        type="search"
        className="cfgw-input cfgw-filter-input"
        placeholder={words.filter.label}
        value={props.text}
        autoComplete="off"
        spellCheck={false}
        aria-keyshortcuts="/"
        onChange={(event) => props.onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || props.text === "" || event.nativeEvent.isComposing) return;
          // Otherwise the host's page would close.
          event.preventDefault();
          event.stopPropagation();
          props.onChange("");
        }}
      />
      <span role="status" className="cfgw-quiet cfgw-number">
        {isFiltering ? words.filter.some(props.shown, props.all) : words.filter.all(props.all)}
      </span>
      {isFiltering && props.shown === 0 ? (
        <div className="cfgw-filter-none">
          <p className="cfgw-quiet">{words.filter.none(props.text.trim())}</p>
          <button
            type="button"
            className="cfgw-text-button"
            onClick={() => {
              field.current?.focus();
              props.onChange("");
            }}
          >
            {words.filter.clear}
          </button>
        </div>
      ) : null}
    </div>
  );
}
