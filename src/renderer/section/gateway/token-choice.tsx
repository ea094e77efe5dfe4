/** For a gateway whose providers have different tokens: the user chooses the one to keep. */
import { useId, useState } from "react";

import { keyOfGateway, type GatewayView } from "../../../shared/gateways";
import type { ProvidersView } from "../../../shared/view";
import { words } from "../words/words";
import { ownersOf, usersOf } from "./gateway-edit";
import type { ChangeOfAll } from "./route-all";

const OPEN = "";

export function TokenChoice(props: {
  readonly gateway: GatewayView;
  readonly view: ProvidersView;
  readonly locked: boolean;
  readonly run: ChangeOfAll;
}) {
  const { gateway, view, locked, run } = props;
  const id = useId();
  const owners = ownersOf(gateway, view.providers);
  const count = usersOf(gateway, view.providers).length;
  const [picked, pick] = useState<string | null>(null);
  // With a single token, other blocks say that the gateway is open.
  const mayBeOpen = owners.length < 2;
  const shown = picked ?? owners[0]?.id ?? OPEN;
  return (
    <div className="cfgw-gateway-choice">
      <span>{words.gateway.chooseTitle}</span>
      <label htmlFor={id}>{words.gateway.chooseLabel}</label>
      <select
        id={id}
        className="cfgw-select"
        value={shown}
        disabled={locked}
        onChange={({ target }) => pick(target.value)}
      >
        {owners.map((owner) => (
          <option key={owner.id} value={owner.id}>
            {owner.name}
          </option>
        ))}
        {mayBeOpen ? <option value={OPEN}>{words.gateway.chooseOpen}</option> : null}
      </select>
      <button
        type="button"
        className="cfgw-button"
        disabled={locked}
        onClick={() => {
          const token = shown === OPEN ? null : ({ from: "provider", provider: shown } as const);
          run.update(
            {
              call: "updateGateway",
              input: { gateway: keyOfGateway(gateway), change: { token } },
            },
            (changed) => words.gateway.tokenSaved(gateway.gatewayName, changed),
          );
        }}
      >
        {words.gateway.chooseUse(count)}
      </button>
    </div>
  );
}
