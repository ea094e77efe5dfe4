/** The content of an open row: its last test and its settings, below the row or beside the list. */
import { useLayoutEffect, useRef, type ReactNode } from "react";
import { createPortal } from "react-dom";
import { X } from "lucide-react";

import type { ProviderView } from "../../../shared/view";
import type { RowField } from "../ui/row-openers";
import { ProviderMark } from "../ui/provider-mark";
import { words } from "../words/words";
import { useMovedFocus } from "./moved-focus";
import type { RowOpening } from "./row-opening";
import { RowTabs } from "./row-tabs";
import { TestPanel, type TestPanelProps } from "../test/test-panel";
import { ProviderDetails, type ProviderDetailsProps } from "./provider-details";

export function RowDetails(props: {
  readonly provider: ProviderView;
  /** The ID of the row's button, which gets the focus when the content closes. */
  readonly rowId: string;
  readonly opening: RowOpening;
  readonly test: TestPanelProps;
  /** Null for a provider without settings, which has no tabs. */
  readonly settings: ProviderDetailsProps | null;
}) {
  const { provider, opening, settings } = props;
  const { tab, place, takeFocus } = opening;
  const content = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (content.current === null) return;
    const wanted = takeFocus();
    if (wanted !== null) focusIn(content.current, wanted.tab === "test" ? null : wanted);
  });
  const movedFocus = useMovedFocus(content);
  if (tab === null) return null;
  const test = <TestPanel {...props.test} />;
  const details = (
    <div
      ref={content}
      className="cfgw-details"
      role="group"
      aria-label={words.row.tabsOf(provider.name)}
      data-beside={place !== null}
      {...movedFocus}
    >
      {place === null ? null : (
        <PaneHead
          provider={provider}
          onClose={() => {
            document.getElementById(props.rowId)?.focus();
            opening.close();
          }}
        />
      )}
      {settings === null ? (
        <div className="cfgw-tab-content">{test}</div>
      ) : (
        <RowTabs
          name={provider.name}
          tab={tab}
          onTab={opening.open}
          test={test}
          settings={<ProviderDetails {...settings} />}
        />
      )}
    </div>
  );
  return place === null ? details : createPortal(details, place);
}

function PaneHead(props: {
  readonly provider: ProviderView;
  readonly onClose: () => void;
}): ReactNode {
  const { name } = props.provider;
  return (
    <div className="cfgw-pane-head">
      <ProviderMark provider={props.provider} />
      <h3 className="cfgw-pane-name" dir="auto">
        {name}
      </h3>
      <button
        type="button"
        className="cfgw-icon-button"
        aria-label={words.row.close(name)}
        title={words.row.close(name)}
        onClick={props.onClose}
      >
        <X size={14} aria-hidden="true" />
      </button>
    </div>
  );
}

/** Without `settings`, the report gets the focus. */
function focusIn(content: HTMLElement, settings: { readonly field: RowField | null } | null): void {
  const target =
    settings === null ? content.querySelector(".cfgw-test") : fieldIn(content, settings);
  if (target instanceof HTMLElement) target.focus();
}

/** The wanted field, or the first one that needs input. */
function fieldIn(
  content: HTMLElement,
  { field }: { readonly field: RowField | null },
): Element | null {
  const named = field === null ? null : content.querySelector(`[data-field="${field}"]:enabled`);
  const form = content.querySelector("form");
  const inputs = [...(form?.querySelectorAll("input") ?? [])];
  return (
    named ??
    inputs.find((input) => input.getAttribute("aria-invalid") === "true") ??
    inputs.find((input) => input.value === "" && !input.disabled) ??
    form?.querySelector("[data-token] button") ??
    inputs[0] ??
    form?.querySelector("select") ??
    null
  );
}
