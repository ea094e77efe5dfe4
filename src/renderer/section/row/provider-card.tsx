/** The row of one provider: its route, its last result, the switch, and the content that it opens. */
import { memo, useId, type KeyboardEvent } from "react";
import { TriangleAlert } from "lucide-react";

import type { MuxAppName } from "../../../shared/mux-route";
import type { RememberedTest } from "../../../shared/tests";
import type { ProviderView } from "../../../shared/view";
import { spokenResult, TestBadge } from "../test/test-badge";
import { TestButton } from "../test/test-button";
import { ChangeProblem } from "../ui/change-problem";
import { ProviderMark } from "../ui/provider-mark";
import { isComposing, isTestKey } from "../ui/page-key";
import { needsAttention } from "../words/common-notice";
import { uneditable } from "../words/route-words";
import { words } from "../words/words";
import { chipOf, routeSummary, rowRemarks } from "./chip-text";
import { DetailsOnDemand, loadRowDetails } from "./details-on-demand";
import { MiniPath } from "./mini-path";
import { useProviderCard, type CardState } from "./provider-card-state";
import { RouteChip } from "./route-chip";
import { RouteSwitch } from "./route-switch";
import { firstTab } from "./row-opening";

export interface ProviderCardProps {
  readonly provider: ProviderView;
  /** Filtered out; its typed text stays. */
  readonly hidden: boolean;
  /** Why nothing can be written now, or null. */
  readonly locked: string | null;
  /** Whether the whole file could be read. */
  readonly isKnown: boolean;
  readonly app: MuxAppName;
  /** The last test of the route in use, or null. */
  readonly last: RememberedTest | null;
  /** The last test of the route in the settings, if mux takes another one; else null. */
  readonly lastSaved: RememberedTest | null;
  /** The last model that the user chose, or null. */
  readonly lastModel: string | null;
}

export const ProviderCard = memo(function ProviderCard(props: ProviderCardProps) {
  const { provider, isKnown } = props;
  const id = useId();
  const card = useProviderCard(provider, props.last, props.lastModel);
  const { opening, shown, test } = card;
  const locked = props.locked ?? uneditable(provider)?.message ?? null;
  const chip = chipOf(provider, shown, props);
  const summary = routeSummary(provider, shown, props);
  const remarks = [
    ...rowRemarks(provider, shown, props),
    ...(card.form.dirty && opening.tab === null ? [words.row.unsaved] : []),
  ];
  const isOpen = opening.tab !== null;
  const problem =
    card.problem === null ? null : (
      <ChangeProblem error={card.problem} onKeepMine={card.keepMine} onKeepFile={card.keepFile} />
    );
  const prefetch = () => void loadRowDetails();
  return (
    <li
      className="cfgw-card"
      hidden={props.hidden}
      aria-labelledby={`${id}-name`}
      data-route={shown.route}
      data-open={isOpen}
      data-beside={opening.place !== null}
      data-leak={provider.leak !== null}
      onKeyDown={(event) => onKeyDown(event, card)}
    >
      <div
        className="cfgw-head"
        data-state={isOpen ? "open" : "closed"}
        data-remarks={remarks.length > 0}
        onPointerEnter={prefetch}
        onFocus={prefetch}
      >
        <ProviderMark provider={provider} />
        <h3 className="cfgw-heading">
          <button
            type="button"
            className="cfgw-trigger"
            id={card.rowId}
            aria-label={words.row.label(provider.name, summary, spokenResult(test.badge))}
            aria-expanded={isOpen}
            onClick={({ detail }) =>
              opening.toggle(firstTab(test.badge, card.form.dirty), detail === 0)
            }
          >
            <span className="cfgw-name" id={`${id}-name`} dir="auto">
              {provider.name}
            </span>
            <span className="cfgw-hidden cfgw-route">{summary}</span>
          </button>
        </h3>
        <Remarks remarks={remarks} needsAttention={needsAttention(provider)} />
        {chip === null ? null : (
          <RouteChip
            provider={provider}
            chip={chip}
            isDirect={shown.route === "direct"}
            locked={locked}
            summary={summary}
            actions={card.routeActions}
          />
        )}
        <TestButton name={provider.name} run={test} model={card.model} />
        {isKnown ? (
          <MiniPath
            viaGateway={shown.route === "gateway" || provider.gatewayByHand !== null}
            test={test.badge}
          />
        ) : null}
        <TestBadge
          test={test.badge}
          isTestable={isKnown && provider.enabled && chip?.text !== words.chip.noKey}
          onOpen={() => opening.openAt("test")}
        />
        <RouteSwitch
          name={provider.name}
          on={shown.route === "gateway"}
          locked={locked}
          onToggle={card.toggle}
        />
      </div>
      {problem === null || opening.tab === "settings" ? null : (
        <div className="cfgw-card-problem">{problem}</div>
      )}
      {isOpen ? (
        <DetailsOnDemand
          provider={provider}
          rowId={card.rowId}
          opening={opening}
          test={{
            provider,
            run: test,
            model: card.model,
            lastSaved: props.lastSaved,
            onEdit: card.editField,
            ...(provider.route === "gateway" ? { comparison: card.comparison } : {}),
            ...(canSync(provider) ? { onSync: () => card.fix("mend_mirror") } : {}),
            ...(canAdopt(provider) ? { onAdopt: () => card.fix("adopt_gateway") } : {}),
          }}
          settings={{ provider, card, locked, problem }}
        />
      ) : null}
    </li>
  );
});

function canSync(provider: ProviderView): boolean {
  return provider.notices.some(({ fix }) => fix === "mend_mirror");
}

function canAdopt(provider: ProviderView): boolean {
  return provider.notices.some(({ fix }) => fix === "adopt_gateway");
}

/** Escape discards what was typed in the open row; “T” in the row itself starts its test. */
function onKeyDown(event: KeyboardEvent, { opening, form, test, model }: CardState): void {
  // The Escape that ends an input method's composition belongs to the input method.
  if (isComposing(event.nativeEvent)) return;
  if (event.key === "Escape" && opening.tab !== null && form.dirty) {
    // Otherwise the host's page would close, and the typed text would be lost.
    event.preventDefault();
    event.stopPropagation();
    form.discard();
    focusFormUnlessInField(form.id);
  } else if (isTestKey(event.nativeEvent) && isInHead(event.target) && !test.running) {
    event.preventDefault();
    test.start(model);
  }
}

function isInHead(target: EventTarget): boolean {
  return target instanceof Element && target.closest(".cfgw-head") !== null;
}

/** The focused button may unmount together with the typed text. */
function focusFormUnlessInField(formId: string): void {
  if (document.activeElement instanceof HTMLInputElement) return;
  document.getElementById(formId)?.querySelector("input")?.focus();
}

function Remarks(props: { readonly remarks: readonly string[]; readonly needsAttention: boolean }) {
  if (props.remarks.length === 0 && !props.needsAttention) return null;
  return (
    <span className="cfgw-remarks">
      {props.remarks.map((remark) => (
        <span key={remark} className="cfgw-remark">
          {remark}
        </span>
      ))}
      {props.needsAttention ? (
        <span className="cfgw-attention" title={words.row.attention}>
          <TriangleAlert size={14} aria-hidden="true" />
          <span className="cfgw-hidden">{words.row.attention}</span>
        </span>
      ) : null}
    </span>
  );
}
