/** The route of a provider in its row: a menu of the gateways, and of the direct route. */
import { Cloud, TriangleAlert } from "lucide-react";

import { isSameGateway } from "../../../shared/gateways";
import type { ProviderView } from "../../../shared/view";
import { gatewayChoices, type GatewayChoice } from "../form/gateway-choice";
import type { KnownGateways } from "../data/queries";
import { MenuButton, type MenuEntry } from "../ui/menu";
import { words } from "../words/words";
import type { ChipText } from "./chip-text";

export interface RouteActions {
  readonly latest: () => KnownGateways;
  readonly chooseGateway: (choice: GatewayChoice) => void;
  readonly goDirect: () => void;
  readonly addGateway: () => void;
}

export function RouteChip(props: {
  readonly provider: ProviderView;
  readonly chip: ChipText;
  readonly isDirect: boolean;
  /** Why it cannot be changed, or null. */
  readonly locked: string | null;
  /** The whole route, with its host. */
  readonly summary: string;
  readonly actions: RouteActions;
}) {
  const { provider, chip } = props;
  return (
    <MenuButton
      className={`cfgw-chip cfgw-chip-${chip.kind}`}
      label={words.chip.label(provider.name, chip.text)}
      title={props.locked ?? props.summary}
      disabled={props.locked !== null}
      entries={() => entriesOf(provider, props.isDirect, props.actions)}
    >
      <ChipIcon kind={chip.kind} />
      <span className="cfgw-chip-text" dir="auto">
        {chip.text}
      </span>
    </MenuButton>
  );
}

function ChipIcon(props: { readonly kind: ChipText["kind"] }) {
  switch (props.kind) {
    case "gateway":
      return <Cloud size={12} aria-hidden="true" />;
    case "elsewhere":
    case "leak":
      return <TriangleAlert size={12} aria-hidden="true" />;
    case "direct":
      return null;
    default:
      return props.kind satisfies never;
  }
}

function entriesOf(
  { gateway }: ProviderView,
  isDirect: boolean,
  { latest, chooseGateway, goDirect, addGateway }: RouteActions,
): readonly MenuEntry[] {
  const choices = gatewayChoices(latest());
  return [
    ...choices.map((choice): MenuEntry => ({
      kind: "choice",
      id: JSON.stringify(choice.key),
      label: choice.label,
      chosen: !isDirect && gateway !== null && isSameGateway(gateway, choice.key),
      onSelect: () => chooseGateway(choice),
    })),
    { kind: "item", id: "add", label: words.chip.add, onSelect: addGateway },
    { kind: "line", id: "line" },
    {
      kind: "choice",
      id: "direct",
      label: words.chip.goDirect,
      chosen: isDirect,
      onSelect: goDirect,
    },
  ];
}
