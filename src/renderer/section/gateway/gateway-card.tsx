/** One gateway: its token, its providers, and the actions for all of them. */
import { lazy, Suspense, useId, useState } from "react";
import { Cloud, ExternalLink } from "lucide-react";

import { gatewayPage } from "../../../shared/dashboard";
import { checkAccountId, checkGatewayName } from "../../../shared/gateway-names";
import { keyOfGateway, type GatewayView } from "../../../shared/gateways";
import type { ProvidersView } from "../../../shared/view";
import type { AccountParts } from "../cloudflare/on-demand";
import { ConfirmDomain } from "../form/confirm-domain";
import { shortAccount } from "../form/gateway-choice";
import { gatewayAt } from "../form/token-situation";
import type { GatewayFocus } from "../ui/gateway-opener";
import { words } from "../words/words";
import { ownersOf, usersOf } from "./gateway-edit";
import { GatewayMenu } from "./gateway-menu";
import type { Opened } from "./opened";
import type { ChangeOfAll } from "./route-all";
import { TokenChoice } from "./token-choice";

const load = () => import("./gateway-editor-form");
const EditorForm = lazy(async () => ({ default: (await load()).GatewayEditorForm }));

export function GatewayCard(props: {
  readonly gateway: GatewayView;
  readonly view: ProvidersView;
  readonly locked: boolean;
  readonly run: ChangeOfAll;
  /** Null until they are loaded. */
  readonly account: AccountParts | null;
  /** Null while the form is closed. */
  readonly opened: Opened | null;
  readonly onOpen: (focus: GatewayFocus) => void;
  readonly onClose: () => void;
  readonly onDirty: (dirty: boolean) => void;
}) {
  const { gateway, view, locked, run, account, opened } = props;
  const [isUnfolded, unfold] = useState(false);
  const id = useId();
  const { gatewayName } = gateway;
  const users = usersOf(gateway, view.providers);
  const owner = ownersOf(gateway, view.providers)[0];
  const dashboard = dashboardOf(gateway);
  const prefetch = () => void load();
  const close = () => {
    props.onClose();
    document.getElementById(id)?.focus();
  };
  return (
    <li className="cfgw-gateway" aria-label={gatewayName} data-open={opened !== null}>
      <div className="cfgw-gateway-head">
        <Cloud className="cfgw-gateway-cloud" size={14} aria-hidden="true" />
        <h3 className="cfgw-gateway-name" dir="auto" title={gatewayName}>
          {gatewayName}
        </h3>
        <Facts
          gateway={gateway}
          isInFile={gatewayAt(view.gateways, gateway) !== undefined}
          owners={ownersOf(gateway, view.providers).length}
        />
        {gateway.host !== undefined && gateway.isConfirmed === false ? (
          <ConfirmDomain gateway={{ ...gateway, host: gateway.host }} disabled={locked} />
        ) : null}
        {gateway.token === "none" && users.length > 0 ? (
          <button
            type="button"
            className="cfgw-button"
            disabled={locked}
            onClick={() => props.onOpen("token")}
          >
            {words.gateway.addToken}
          </button>
        ) : null}
        {gateway.token === "some" && owner !== undefined ? (
          <button
            type="button"
            className="cfgw-button"
            disabled={locked}
            onClick={() => {
              run.update(
                {
                  call: "updateGateway",
                  input: {
                    gateway: keyOfGateway(gateway),
                    change: { token: { from: "provider", provider: owner.id } },
                  },
                },
                (count) => words.gateway.tokenSaved(gatewayName, count),
              );
            }}
          >
            {words.gateway.giveToAll(users.length)}
          </button>
        ) : null}
        {account === null ? null : (
          <account.CardButton
            gateway={gateway}
            open={isUnfolded}
            onToggle={() => unfold(!isUnfolded)}
          />
        )}
        {dashboard === null ? null : (
          <a
            className="cfgw-icon-button cfgw-gateway-dashboard"
            href={dashboard}
            target="_blank"
            rel="noreferrer"
            aria-label={words.gateway.dashboard(gatewayName)}
            title={words.gateway.dashboard(gatewayName)}
          >
            <ExternalLink size={14} aria-hidden="true" />
          </a>
        )}
        <button
          id={id}
          type="button"
          className="cfgw-button"
          aria-label={words.gateway.editOf(gatewayName)}
          aria-expanded={opened !== null}
          onPointerEnter={prefetch}
          onFocus={prefetch}
          onClick={() => (opened === null ? props.onOpen("gatewayName") : close())}
        >
          {words.gateway.edit}
        </button>
        <GatewayMenu
          gateway={gateway}
          view={view}
          locked={locked}
          run={run}
          dashboard={dashboard}
          onReplaceToken={() => props.onOpen("token")}
        />
      </div>
      {gateway.token === "different" ? (
        <TokenChoice gateway={gateway} view={view} locked={locked} run={run} />
      ) : null}
      {account !== null && isUnfolded ? (
        <account.CardFold gateway={gateway} providers={view.providers} />
      ) : null}
      {opened === null ? null : (
        <Suspense fallback={null}>
          <EditorForm
            gateway={gateway}
            view={view}
            locked={locked}
            opened={opened}
            onClose={close}
            onDirty={props.onDirty}
          />
        </Suspense>
      )}
    </li>
  );
}

function Facts(props: {
  readonly gateway: GatewayView;
  /** False for one that is still being edited, but was removed elsewhere. */
  readonly isInFile: boolean;
  readonly owners: number;
}) {
  const { accountId, host, isConfirmed, token, active, disabled } = props.gateway;
  const isWarned = token === "none" || token === "some" || token === "different";
  return (
    <p className="cfgw-gateway-facts">
      <span title={accountId}>{words.gateway.account(shortAccount(accountId))}</span>{" "}
      {host === undefined ? null : (
        <span data-warn={isConfirmed === false} dir="auto">
          {isConfirmed === false ? `${host} (${words.domain.notConfirmed})` : host}
        </span>
      )}{" "}
      {props.isInFile ? (
        <>
          <span data-warn={isWarned} title={token === "open" ? words.gateway.openWhy : undefined}>
            {token === "some"
              ? words.gateway.someTokens(props.owners, active.length + disabled.length)
              : words.gateway.token[token]}
          </span>{" "}
          <span>{words.gateway.usedBy(active.length, disabled.length)}</span>
        </>
      ) : (
        <span data-warn>{words.gateway.removedElsewhere}</span>
      )}
    </p>
  );
}

/** Null for names that are not valid, because they are not escaped. */
function dashboardOf({ accountId, gatewayName }: GatewayView): string | null {
  if (!checkAccountId(accountId).success || !checkGatewayName(gatewayName).success) return null;
  return gatewayPage({ accountId, gatewayName });
}
