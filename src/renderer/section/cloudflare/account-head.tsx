/** In the head of the gateways: the button for the connection to Cloudflare, and what it opens. */
import { useId, useState } from "react";
import { CloudCheck, CloudOff } from "lucide-react";

import { useAccounts, useAccountStatus } from "../data/account";
import { Notice, NoticeButton } from "../ui/notice";
import { accountWords } from "../words/account-words";
import { AccountCard } from "./account-card";
import { connectionName } from "./account-names";
import { ConnectForm } from "./connect-form";

export interface AccountHeadProps {
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}

/** Nothing for a host without an account. */
export function AccountHead(props: AccountHeadProps) {
  const status = useAccountStatus();
  const id = useId();
  const [replaces, setReplaces] = useState(false);
  if (status === null) return null;
  const { token, problem } = status;
  const close = () => {
    setReplaces(false);
    props.onOpen(false);
    document.getElementById(id)?.focus();
  };
  const toggle = () => (props.open ? close() : props.onOpen(true));
  return (
    <>
      {token === null ? (
        <button
          id={id}
          type="button"
          className="cfgw-text-button"
          aria-expanded={props.open}
          onClick={toggle}
        >
          {accountWords.connect.button}
        </button>
      ) : (
        <ConnectedButton id={id} open={props.open} failed={problem !== null} onToggle={toggle} />
      )}
      {problem === null || props.open ? null : (
        <div className="cfgw-account-place">
          <Notice
            kind="error"
            action={
              <NoticeButton
                label={accountWords.account.again}
                onPress={() => {
                  setReplaces(true);
                  props.onOpen(true);
                }}
              />
            }
          >
            <p>{problem.message}</p>
          </Notice>
        </div>
      )}
      {props.open ? (
        <div className="cfgw-account-place cfgw-gateway">
          {token === null || replaces ? (
            <ConnectForm status={status} onClose={close} />
          ) : (
            <AccountCard status={status} onOther={() => setReplaces(true)} onClose={close} />
          )}
        </div>
      ) : null}
    </>
  );
}

function ConnectedButton(props: {
  readonly id: string;
  readonly open: boolean;
  readonly failed: boolean;
  readonly onToggle: () => void;
}) {
  const accounts = useAccounts();
  const name = connectionName(accounts.data);
  const Icon = props.failed ? CloudOff : CloudCheck;
  return (
    <button
      id={props.id}
      type="button"
      className="cfgw-text-button cfgw-account-button"
      data-failed={props.failed}
      aria-label={accountWords.account.buttonOf(name)}
      aria-expanded={props.open}
      title={accountWords.account.buttonOf(name)}
      onClick={props.onToggle}
    >
      <Icon size={14} aria-hidden="true" />
      <span dir="auto">{name}</span>
    </button>
  );
}
