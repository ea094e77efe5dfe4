/** The menu of the status strip: actions for all providers, help and the file. */
import { useMemo, useState } from "react";
import { Ellipsis } from "lucide-react";

import type { ProvidersView } from "../../../shared/view";
import { useKnownGateways } from "../data/queries";
import { planDirect, planRemove, planRouteAll, type ChangeOfAll } from "../gateway/route-all";
import { useHelp } from "../help/help";
import { MenuButton, type MenuEntry } from "../ui/menu";
import { words } from "../words/words";
import { BulkQuestion, type BulkAction } from "./bulk-question";
import { useFileOpening } from "./open-file";

export function PageMenu(props: {
  readonly view: ProvidersView;
  /** Whether nothing can be written now. */
  readonly locked: boolean;
  readonly run: ChangeOfAll;
}) {
  const { view, run } = props;
  const help = useHelp();
  const openFile = useFileOpening();
  const [asked, ask] = useState<BulkAction | null>(null);
  const { known } = useKnownGateways(true);
  const plans = useMemo(
    () => ({
      route: planRouteAll(view.providers, known, view.mirror.on),
      direct: planDirect(view.providers),
      remove: planRemove(view.providers),
    }),
    [view.providers, known, view.mirror.on],
  );
  const changes: readonly MenuEntry[] = props.locked
    ? []
    : [
        ...(plans.route === null || plans.route.providers.length === 0
          ? []
          : [
              item(
                "route",
                words.routeAll.start(plans.route.providers.length, plans.route.gateway.gatewayName),
                () => ask("route"),
              ),
            ]),
        ...(plans.direct.length === 0
          ? []
          : [item("direct", words.bulk.directAsk, () => ask("direct"))]),
        ...(plans.remove.length === 0
          ? []
          : [
              {
                id: "remove",
                kind: "danger",
                label: words.bulk.remove,
                onSelect: () => ask("remove"),
              } as const,
            ]),
      ];
  return (
    <>
      <MenuButton
        className="cfgw-icon-button cfgw-strip-menu"
        label={words.status.menu}
        title={words.status.menu}
        entries={() => [
          ...changes,
          ...(changes.length === 0 ? [] : [LINE]),
          item("guide", words.guide.open, () => help.open("guide")),
          item("keys", words.help.open, () => help.open("keys")),
          ...(view.canOpenFile && view.exists
            ? [item("file", words.status.openFile, openFile)]
            : []),
        ]}
      >
        <Ellipsis size={16} aria-hidden="true" />
      </MenuButton>
      {help.dialog}
      {asked === null ? null : (
        <BulkQuestion
          action={asked}
          plans={plans}
          providers={view.providers}
          run={run}
          onClose={() => ask(null)}
        />
      )}
    </>
  );
}

const LINE: MenuEntry = { id: "line", kind: "line" };

function item(id: string, label: string, onSelect: () => void): MenuEntry {
  return { id, kind: "item", label, onSelect };
}
