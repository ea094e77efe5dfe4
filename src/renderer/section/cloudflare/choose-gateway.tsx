/** Chooses a gateway among those of the connected account, instead of typing its names. */
import { useEffect, useId, useRef, useState } from "react";

import type { AccountGatewaysView, AccountsView } from "../../../shared/account";
import type { GatewayKey } from "../../../shared/gateways";
import { useAccountGateways, useAccounts } from "../data/account";
import { useGatewayDetails } from "../data/account-gateway";
import type { Asked } from "../data/asked";
import { accountWords } from "../words/account-words";
import { accountName } from "./account-names";
import { CreateGateway } from "./create-gateway";
import { GatewayList, isOf } from "./gateway-list";

const { choose: texts } = accountWords;

export interface ChooseGatewayProps {
  /** The chosen names; empty before the first choice. */
  readonly chosen: GatewayKey;
  /** Says that a gateway must be chosen, because the user has submitted the form. */
  readonly insist: boolean;
  /** `isOpen`: Cloudflare says that the gateway needs no token. */
  readonly onChoose: (gateway: GatewayKey, isOpen: boolean) => void;
  /** Called when the form chooses a gateway by itself; null: it never does. */
  readonly onPreselect: ((gateway: GatewayKey, isOpen: boolean) => void) | null;
  /** Whether a custom domain of the gateway can be chosen. */
  readonly hasDomains: boolean;
  /** Shows the fields for the names. */
  readonly onManual: () => void;
}

export function ChooseGateway(props: ChooseGatewayProps) {
  const { chosen } = props;
  const accounts = useAccounts();
  const known = accounts.data?.accounts ?? [];
  const [account, setAccount] = useState<string | null>(null);
  const accountId = account ?? accountOf(known, chosen.accountId);
  const gateways = useAccountGateways(accountId);
  const [asked, setCreates] = useState(false);
  const isEmpty = gateways.data?.gateways.length === 0;
  const creates = asked || isEmpty;
  usePreselection(gateways.data, accountId, chosen, props.onPreselect);
  const choose = (gateway: GatewayKey) => props.onChoose(gateway, isOpen(gateways.data, gateway));
  if (accounts.data === null || known.length === 0) {
    return <NoList accounts={accounts} onManual={props.onManual} />;
  }
  return (
    <div className="cfgw-account-choose">
      <AccountSelect
        accounts={accounts.data}
        accountId={accountId}
        onChoose={(next) => {
          setAccount(next);
          setCreates(false);
          choose({ accountId: next, gatewayName: "" });
        }}
      />
      <GatewayList answer={gateways} chosen={chosen} onChoose={choose} />
      <Unlisted chosen={chosen} view={gateways.data} />
      {!props.hasDomains || chosen.gatewayName === "" || chosen.accountId !== accountId ? null : (
        <Domains key={chosen.gatewayName} chosen={chosen} onChoose={choose} />
      )}
      {props.insist && chosen.gatewayName === "" && !creates ? (
        <p className="cfgw-problem" role="alert">
          {texts.required}
        </p>
      ) : null}
      {creates && accountId !== null ? (
        <CreateGateway
          accountId={accountId}
          taken={gateways.data?.gateways ?? []}
          onCreated={(gatewayName) => {
            setCreates(false);
            // Every new gateway needs a token.
            props.onChoose({ accountId, gatewayName }, false);
          }}
          {...(isEmpty ? {} : { onCancel: () => setCreates(false) })}
        />
      ) : null}
      <div className="cfgw-actions">
        {creates ? null : (
          <button
            type="button"
            className="cfgw-text-button"
            disabled={accountId === null}
            onClick={() => setCreates(true)}
          >
            {texts.create}
          </button>
        )}
        <button type="button" className="cfgw-text-button" onClick={props.onManual}>
          {texts.manual}
        </button>
      </div>
    </div>
  );
}

function accountOf(known: AccountsView["accounts"], chosen: string): string | null {
  const found = known.find(({ accountId }) => accountId === chosen) ?? known[0];
  return found?.accountId ?? null;
}

/** Whether Cloudflare says that a gateway needs no token. */
function isOpen(view: AccountGatewaysView | null, gateway: GatewayKey): boolean {
  return view?.gateways.find((each) => isOf(each, gateway))?.authentication === false;
}

/** The gateway that the form names, if the list does not show it. */
function Unlisted(props: {
  readonly chosen: GatewayKey;
  readonly view: AccountGatewaysView | null;
}) {
  const { chosen, view } = props;
  if (view === null || chosen.gatewayName === "") return null;
  if (view.gateways.some((each) => isOf(each, chosen))) return null;
  return <p className="cfgw-hint">{texts.unlisted(chosen.gatewayName)}</p>;
}

/** Chooses an account's first gateway, so that most users need no click here. */
function usePreselection(
  view: AccountGatewaysView | null,
  accountId: string | null,
  chosen: GatewayKey,
  onPreselect: ChooseGatewayProps["onPreselect"],
): void {
  const latest = useRef(onPreselect);
  useEffect(() => {
    latest.current = onPreselect;
  });
  const gateways = view?.gateways ?? null;
  const wanted = gateways?.[0]?.gatewayName ?? "";
  const startsOpen = gateways?.[0]?.authentication === false;
  // Names that the list does not show must not be saved.
  const isShown =
    gateways === null ||
    accountId === null ||
    (chosen.accountId === accountId && chosen.gatewayName === wanted) ||
    gateways.some((each) => isOf(each, chosen));
  useEffect(() => {
    if (isShown || accountId === null) return;
    latest.current?.({ accountId, gatewayName: wanted }, startsOpen);
  }, [isShown, wanted, accountId, startsOpen]);
}

function NoList(props: { readonly accounts: Asked<AccountsView>; readonly onManual: () => void }) {
  const { data, problem, isAsking, askAgain } = props.accounts;
  return (
    <div className="cfgw-account-choose">
      <p className="cfgw-quiet" role="status">
        {isAsking ? texts.asking : (problem?.message ?? accountWords.account.idNotNamed)}
      </p>
      <div className="cfgw-actions">
        {data === null && !isAsking ? (
          <button type="button" className="cfgw-button" onClick={askAgain}>
            {texts.again}
          </button>
        ) : null}
        <button type="button" className="cfgw-text-button" onClick={props.onManual}>
          {texts.manual}
        </button>
      </div>
    </div>
  );
}

/** Shown only if there are several accounts. */
function AccountSelect(props: {
  readonly accounts: AccountsView;
  readonly accountId: string | null;
  readonly onChoose: (accountId: string) => void;
}) {
  const id = useId();
  const { accounts } = props.accounts;
  if (accounts.length < 2) return null;
  return (
    <div className="cfgw-field">
      <label className="cfgw-label" htmlFor={id}>
        {texts.account}
      </label>
      <select
        id={id}
        className="cfgw-select"
        data-field="accountId"
        value={props.accountId ?? ""}
        onChange={({ target }) => props.onChoose(target.value)}
      >
        {accounts.map((account) => (
          <option key={account.accountId} value={account.accountId}>
            {accountName(account)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** The address of the chosen gateway, if it has a custom domain. Only active ones can be chosen. */
function Domains(props: {
  readonly chosen: GatewayKey;
  readonly onChoose: (gateway: GatewayKey) => void;
}) {
  const { accountId, gatewayName, host = "" } = props.chosen;
  const id = useId();
  const { data } = useGatewayDetails({ accountId, gatewayName });
  const domains = data?.domains ?? [];
  if (domains.length === 0) return null;
  return (
    <div className="cfgw-field">
      <label className="cfgw-label" htmlFor={id}>
        {texts.host}
      </label>
      <select
        id={id}
        className="cfgw-select"
        data-field="host"
        value={host}
        aria-describedby={`${id}-note`}
        onChange={({ target }) =>
          props.onChoose({
            accountId,
            gatewayName,
            ...(target.value === "" ? {} : { host: target.value }),
          })
        }
      >
        <option value="">{texts.ownHost}</option>
        {host === "" || domains.some((domain) => domain.host === host) ? null : (
          <option value={host}>{`${host}, ${texts.domainUnlisted}`}</option>
        )}
        {domains.map((domain) => (
          <option key={domain.host} value={domain.host} disabled={!domain.isActive}>
            {domain.isActive ? domain.host : `${domain.host}, ${texts.domainState(domain.status)}`}
          </option>
        ))}
      </select>
      <p id={`${id}-note`} className="cfgw-hint">
        {texts.domainHint}
      </p>
    </div>
  );
}
