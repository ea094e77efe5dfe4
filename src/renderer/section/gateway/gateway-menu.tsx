/** The menu of a gateway's card: what can be done with all of its providers. */
import { useState } from "react";
import { Ellipsis } from "lucide-react";

import { isSameGateway, type GatewayView } from "../../../shared/gateways";
import type { ProvidersView } from "../../../shared/view";
import { gatewayChoices } from "../form/gateway-choice";
import { MenuButton, type MenuEntry } from "../ui/menu";
import { Question } from "../ui/question";
import { words } from "../words/words";
import { updateChange, usersOf } from "./gateway-edit";
import type { ChangeOfAll } from "./route-all";

export function GatewayMenu(props: {
  readonly gateway: GatewayView;
  readonly view: ProvidersView;
  readonly locked: boolean;
  readonly run: ChangeOfAll;
  readonly dashboard: string | null;
  readonly onReplaceToken: () => void;
}) {
  const { gateway, view, locked, run, dashboard } = props;
  const [asked, ask] = useState<"direct" | "remove" | null>(null);
  const users = usersOf(gateway, view.providers);
  const routed = users.filter(({ route }) => route === "gateway");
  const label = words.gateway.menuOf(gateway.gatewayName);

  const moves = (): readonly MenuEntry[] =>
    gatewayChoices(view)
      .filter(({ key, kind }) => kind === "file" && !isSameGateway(key, gateway))
      .flatMap(({ key, label: name }) => {
        const change = updateChange(gateway, key, undefined, view);
        if (change === null) return [];
        const move = () => {
          run.update(change, (count) => words.gateway.moved(count, key.gatewayName));
        };
        const id = `move ${JSON.stringify(key)}`;
        return [{ id, kind: "item", label: words.gateway.moveTo(name), onSelect: move }];
      });
  const entries = (): readonly MenuEntry[] => [
    {
      id: "token",
      kind: "item",
      label: words.gateway.tokenChange(gateway.token),
      onSelect: props.onReplaceToken,
    },
    ...moves(),
    ...(routed.length === 0
      ? []
      : [
          {
            id: "direct",
            kind: "item",
            label: words.gateway.direct,
            onSelect: () => ask("direct"),
          } as const,
        ]),
    ...(dashboard === null
      ? []
      : [
          {
            id: "dashboard",
            kind: "link",
            label: words.gateway.inDashboard,
            href: dashboard,
          } as const,
        ]),
    { id: "line", kind: "line" },
    { id: "remove", kind: "danger", label: words.gateway.remove, onSelect: () => ask("remove") },
  ];

  // The form of a gateway that the file no longer has can only be saved or cancelled.
  if (users.length === 0) return null;
  return (
    <>
      <MenuButton
        className="cfgw-icon-button"
        label={label}
        title={label}
        disabled={locked}
        entries={entries}
      >
        <Ellipsis size={16} aria-hidden="true" />
      </MenuButton>
      {asked === null ? null : (
        <Question
          title={words.gateway[`${asked}Title`](gateway.gatewayName)}
          text={words.gateway[`${asked}Text`](
            (asked === "direct" ? routed : users).map(({ name }) => name),
          )}
          yes={words.gateway[`${asked}Yes`]}
          no={words.gateway.cancel}
          onYes={() => {
            ask(null);
            if (asked === "direct") run.direct(routed.map((user) => user.id));
            else run.remove(users.map((user) => user.id));
          }}
          onNo={() => ask(null)}
        />
      )}
    </>
  );
}
