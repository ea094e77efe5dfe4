/** One provider: where its requests go, the switch, the test, and the details folded below. */
import { memo, useId, type KeyboardEvent } from "react";
import { ChevronRight, TriangleAlert } from "lucide-react";
import * as Collapsible from "@radix-ui/react-collapsible";

import type { RememberedTest } from "../../../shared/tests";
import type { ProviderView } from "../../../shared/view";
import { Breakable } from "../ui/breakable";
import { ChangeProblem } from "../ui/change-problem";
import { needsAttention } from "../words/common-notice";
import { ProviderDetails } from "./provider-details";
import { ProviderMark } from "../ui/provider-mark";
import { useProviderCard } from "./provider-card-state";
import { RouteSwitch } from "./route-switch";
import { remarksOn, routeWords, uneditable } from "../words/route-words";
import { TestBadge } from "../test/test-badge";
import { TestButton } from "../test/test-button";
import { TestPanel } from "../test/test-panel";
import { words } from "../words/words";

export interface ProviderCardProps {
  readonly provider: ProviderView;
  /** Filtered out; what was typed in it stays. */
  readonly hidden: boolean;
  /** Why nothing can be written now, or null. */
  readonly locked: string | null;
  /** The last test over the saved route, or null. */
  readonly last: RememberedTest | null;
  /** The model that was last asked for by name, or null. */
  readonly lastModel: string | null;
}

export const ProviderCard = memo(function ProviderCard(props: ProviderCardProps) {
  const { provider } = props;
  const id = useId();
  const card = useProviderCard(provider, props.last, props.lastModel);
  const locked = props.locked ?? uneditable(provider)?.message ?? null;
  const problem =
    card.problem === null ? null : (
      <ChangeProblem error={card.problem} onKeepMine={card.keepMine} onKeepFile={card.keepFile} />
    );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !card.open || !card.form.dirty) return;
    // A host's page closes on an Escape that nobody took, and what was typed goes with it.
    event.preventDefault();
    event.stopPropagation();
    card.form.discard();
    focusFormUnlessInField(card.form.id);
  };
  return (
    <li
      className="cfgw-card"
      hidden={props.hidden}
      aria-labelledby={card.rowId}
      data-route={card.shown.route}
      data-leak={provider.leak !== null}
      onKeyDown={onKeyDown}
    >
      <Collapsible.Root open={card.open} onOpenChange={card.setOpen}>
        <div className="cfgw-head">
          <div className="cfgw-lead" data-state={card.open ? "open" : "closed"}>
            <ChevronRight className="cfgw-chevron" size={16} aria-hidden="true" />
            <ProviderMark provider={provider} />
            <div className="cfgw-names">
              <div className="cfgw-title-row">
                <h3 className="cfgw-name" dir="auto">
                  <Collapsible.Trigger
                    className="cfgw-trigger"
                    id={card.rowId}
                    aria-describedby={`${id}-route ${id}-remarks`}
                  >
                    {provider.name}
                  </Collapsible.Trigger>
                </h3>
                <Remarks
                  id={`${id}-remarks`}
                  provider={provider}
                  unsaved={card.form.dirty && !card.open}
                />
              </div>
              <p className="cfgw-route" id={`${id}-route`}>
                <Breakable text={routeWords(provider, card.shown)} />
              </p>
            </div>
            <TestBadge run={card.test} />
            {needsAttention(provider) ? <Attention /> : null}
          </div>
          <TestButton name={provider.name} run={card.test} model={card.model} />
          <RouteSwitch
            name={provider.name}
            on={card.shown.route === "gateway"}
            locked={locked}
            onToggle={card.toggle}
          />
        </div>
        {problem === null || card.open ? null : <div className="cfgw-section">{problem}</div>}
        <TestPanel
          provider={provider}
          run={card.test}
          model={card.model}
          onEdit={card.edit}
          {...(provider.route === "gateway" ? { comparison: card.comparison } : {})}
          {...(canAdopt(provider) ? { onAdopt: () => card.fix("adopt_gateway") } : {})}
        />
        {/* Closed, it would still have the browser compute its style, row by row. */}
        {card.open ? (
          <Collapsible.Content className="cfgw-details">
            <ProviderDetails provider={provider} card={card} locked={locked} problem={problem} />
          </Collapsible.Content>
        ) : null}
      </Collapsible.Root>
    </li>
  );
});

function canAdopt(provider: ProviderView): boolean {
  return provider.notices.some(({ fix }) => fix === "adopt_gateway");
}

/** The button that had the focus may be gone with what was typed. */
function focusFormUnlessInField(formId: string): void {
  if (document.activeElement instanceof HTMLInputElement) return;
  document.getElementById(formId)?.querySelector("input")?.focus();
}

function Remarks(props: {
  readonly id: string;
  readonly provider: ProviderView;
  /** Something is typed in the form, which cannot be seen now. */
  readonly unsaved: boolean;
}) {
  const remarks = [...remarksOn(props.provider), ...(props.unsaved ? [words.row.unsaved] : [])];
  return (
    <span id={props.id} className="cfgw-remarks">
      {remarks.map((remark) => (
        <span key={remark} className="cfgw-remark">
          {remark}
        </span>
      ))}
    </span>
  );
}

function Attention() {
  return (
    <span className="cfgw-attention">
      <TriangleAlert size={14} aria-hidden="true" />
      <span className="cfgw-hidden">{words.row.attention}</span>
    </span>
  );
}
