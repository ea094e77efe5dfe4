/** What can be done with all providers of one gateway, below its form. */
import { useId, useState } from "react";

import type { GatewayView } from "../../../shared/gateways";
import type { ProvidersView } from "../../../shared/view";
import { gatewayChoices, isSameKey } from "../form/gateway-choice";
import { Question } from "../ui/question";
import { words } from "../words/words";
import { updateChange, usersOf } from "./gateway-edit";
import type { ChangeOfAll } from "./route-all";

export function GatewayActions(props: {
  readonly gateway: GatewayView;
  readonly view: ProvidersView;
  readonly locked: boolean;
  readonly run: ChangeOfAll;
}) {
  const { gateway, view, locked, run } = props;
  const id = useId();
  const [asked, ask] = useState<"direct" | "remove" | null>(null);
  const users = usersOf(gateway, view.providers);
  const routed = users.filter(({ route }) => route === "gateway");
  const others = gatewayChoices(view).filter(
    ({ key, kind }) => kind === "file" && !isSameKey(key, gateway),
  );
  return (
    <div className="cfgw-section cfgw-actions">
      {others.length === 0 ? null : (
        <>
          <label className="cfgw-quiet" htmlFor={id}>
            {words.gateway.moveLabel}
          </label>
          <select
            id={id}
            className="cfgw-select"
            value=""
            disabled={locked}
            onChange={({ target }) => {
              const key = others[Number(target.value)]?.key;
              const change = key && updateChange(gateway, key, undefined, view);
              if (!change) return;
              run.update(change, (count) => words.gateway.moved(count, key.gatewayName));
            }}
          >
            <option value="" disabled>
              {words.gateway.moveChoose}
            </option>
            {others.map(({ key, label }, index) => (
              <option key={`${key.accountId} ${key.gatewayName}`} value={index}>
                {label}
              </option>
            ))}
          </select>
        </>
      )}
      {routed.length === 0 ? null : (
        <button
          type="button"
          className="cfgw-button"
          disabled={locked}
          onClick={() => ask("direct")}
        >
          {words.gateway.direct}
        </button>
      )}
      <button
        type="button"
        className="cfgw-text-button cfgw-text-danger cfgw-end"
        disabled={locked}
        onClick={() => ask("remove")}
      >
        {words.gateway.remove}
      </button>
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
    </div>
  );
}
