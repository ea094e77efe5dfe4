/** All gateways: a card for each, and the form for a new one. */
import { useEffect, useId, useState } from "react";

import {
  isSameGateway,
  keyOfGateway,
  type GatewayKey,
  type GatewayView,
} from "../../../shared/gateways";
import type { ProvidersView } from "../../../shared/view";
import { useAccountParts } from "../cloudflare/on-demand";
import { gatewayAt } from "../form/token-situation";
import { Callout } from "../ui/callout";
import { useGatewayOpener, type GatewayFocus } from "../ui/gateway-opener";
import { Question } from "../ui/question";
import { words } from "../words/words";
import { AddGatewayOnDemand, loadAddGateway } from "./add-gateway-on-demand";
import { GatewayCard } from "./gateway-card";
import type { Opened } from "./opened";
import { planDirect, type ChangeOfAll } from "./route-all";

const prefetch = () => {
  loadAddGateway().catch(() => undefined);
};

interface OpenCard {
  readonly opened: Opened;
  /** As it was when its form opened: the file may lose it while the user types. */
  readonly gateway: GatewayView;
  readonly dirty: boolean;
}

export function GatewaySection(props: {
  readonly view: ProvidersView;
  readonly locked: boolean;
  readonly run: ChangeOfAll;
}) {
  const { view, locked, run } = props;
  const [cards, setCards] = useState<readonly OpenCard[]>([]);
  const [adding, setAdding] = useState(0);
  const [asksDirect, askDirect] = useState(false);
  const addButton = useId();
  const account = useAccountParts();
  const isFirst = view.gateways.length === 0;
  const isKnown = view.problem === null;
  const isAdding = adding > 0 || (isFirst && isKnown);
  useEffect(() => {
    if (!isAdding) return undefined;
    return () => {
      // The form takes the focus with it when it closes.
      if (document.activeElement === document.body) {
        document.getElementById(addButton)?.focus({ preventScroll: true });
      }
    };
  }, [isAdding, addButton]);
  const direct = planDirect(view.providers);

  const close = (gateway: GatewayKey) => {
    setCards((before) => before.filter((card) => !isSameGateway(card.gateway, gateway)));
  };
  const open = (gateway: GatewayView, focus: GatewayFocus) => {
    setCards((before) => {
      const card = before.find((each) => isSameGateway(each.gateway, gateway));
      const others = before.filter((each) => each !== card);
      return [...others, { gateway, dirty: card?.dirty ?? false, opened: { focus } }];
    });
  };
  const markDirty = (gateway: GatewayKey, dirty: boolean) => {
    setCards((before) =>
      before.map((card) => (isSameGateway(card.gateway, gateway) ? { ...card, dirty } : card)),
    );
  };
  useGatewayOpener((key, focus) => {
    const gateway = key === null ? undefined : gatewayAt(view.gateways, key);
    if (gateway === undefined) setAdding((times) => times + 1);
    else open(gateway, focus ?? "gatewayName");
  });
  // A card stays while the user types in it, even when the file no longer has its gateway.
  const lost = cards
    .filter(({ gateway, dirty }) => dirty && gatewayAt(view.gateways, gateway) === undefined)
    .map(({ gateway }) => gateway);
  const cardsShown = [...view.gateways, ...lost];
  return (
    <section className="cfgw-gateways" aria-label={words.gateway.title}>
      <div className="cfgw-gateways-head">
        <h2 className="cfgw-group">{words.gateway.title}</h2>
        {direct.length === 0 ? null : (
          <button
            type="button"
            className="cfgw-text-button"
            disabled={locked}
            onClick={() => askDirect(true)}
          >
            {words.bulk.direct}
          </button>
        )}
        {isFirst ? null : (
          <button
            type="button"
            className="cfgw-text-button"
            disabled={locked}
            id={addButton}
            onPointerEnter={prefetch}
            onFocus={prefetch}
            onClick={() => setAdding((times) => times + 1)}
          >
            {words.gateway.add}
          </button>
        )}
        {account === null ? null : <account.AccountHead accountChanges={view.accountChanges} />}
      </div>
      {cardsShown.length === 0 ? null : (
        <ul className="cfgw-gateway-list">
          {cardsShown.map((gateway) => (
            <GatewayCard
              key={JSON.stringify(keyOfGateway(gateway))}
              gateway={gateway}
              view={view}
              locked={locked}
              run={run}
              account={account}
              opened={cards.find((card) => isSameGateway(card.gateway, gateway))?.opened ?? null}
              onOpen={(focus) => open(gateway, focus)}
              onClose={() => close(gateway)}
              onDirty={(dirty) => markDirty(gateway, dirty)}
            />
          ))}
        </ul>
      )}
      {isAdding ? (
        <AddGatewayOnDemand
          view={view}
          locked={locked}
          isFirst={isFirst}
          asked={adding}
          onClose={() => setAdding(0)}
        />
      ) : null}
      {run.problem === null ? null : (
        <Callout kind="error" urgent>
          <p>{run.problem.message}</p>
        </Callout>
      )}
      {asksDirect ? (
        <Question
          title={words.bulk.directTitle}
          text={words.bulk.directText(
            view.providers.filter(({ id }) => direct.includes(id)).map(({ name }) => name),
          )}
          yes={words.bulk.direct}
          no={words.bulk.cancel}
          onYes={() => {
            askDirect(false);
            run.direct(direct);
          }}
          onNo={() => askDirect(false)}
        />
      ) : null}
    </section>
  );
}
