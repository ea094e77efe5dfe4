/** In the head of the gateways: the button for the connection to Cloudflare, and what it opens. */
import { useId, useState } from "react";
import { CloudCheck, CloudOff } from "lucide-react";

import type { GatewayError } from "../../../shared/errors";
import {
  useAccountChanges,
  useAccountNews,
  useAccounts,
  useAccountStatus,
  useAskStatusAgain,
} from "../data/account";
import { isTokenRefused } from "../data/asked";
import { useFeedback } from "../ui/feedback";
import { Notice, NoticeButton } from "../ui/notice";
import { accountWords } from "../words/account-words";
import { AccountCard } from "./account-card";
import { connectionName } from "./account-names";
import { ConnectForm } from "./connect-form";

/** Nothing for a host without an account. */
export function AccountHead(props: {
  /** The view's number of connections and disconnections. */
  readonly accountChanges: number;
}) {
  const status = useAccountStatus();
  useAccountNews(props.accountChanges);
  const id = useId();
  const [isOpen, open] = useState(false);
  const [replaces, setReplaces] = useState(false);
  if (status === null) return null;
  const { token, problem } = status;
  const close = () => {
    setReplaces(false);
    open(false);
    document.getElementById(id)?.focus();
  };
  const toggle = () => (isOpen ? close() : open(true));
  return (
    <>
      {/* One button for both states, so that it keeps the focus when they change. */}
      <button
        id={id}
        type="button"
        className={token === null ? "cfgw-text-button" : "cfgw-text-button cfgw-account-button"}
        data-failed={problem !== null}
        aria-expanded={isOpen}
        onClick={toggle}
      >
        {token === null ? accountWords.connect.button : <Connected failed={problem !== null} />}
      </button>
      {problem === null || isOpen ? null : (
        <div className="cfgw-account-place">
          <Problem
            error={problem}
            onConnect={() => {
              setReplaces(true);
              open(true);
            }}
          />
        </div>
      )}
      {token === null && status.rememberProblem?.code === "secret_not_deleted" ? (
        <div className="cfgw-account-place">
          <StillStored error={status.rememberProblem} />
        </div>
      ) : null}
      {isOpen ? (
        <div className="cfgw-account-place cfgw-gateway">
          {token === null || replaces ? (
            <ConnectForm
              status={status}
              onConnected={({ missing, rememberProblem }) => {
                // The card shows missing permissions, and that the token could not be saved.
                close();
                open(missing.length > 0 || rememberProblem !== null);
              }}
              onClose={close}
            />
          ) : (
            <AccountCard status={status} onOther={() => setReplaces(true)} onClose={close} />
          )}
        </div>
      ) : null}
    </>
  );
}

/** Why the connection does not work: Cloudflare refused the token, or cannot be reached. */
function Problem(props: { readonly error: GatewayError; readonly onConnect: () => void }) {
  const askAgain = useAskStatusAgain();
  const isRefused = isTokenRefused(props.error);
  return (
    <Notice
      kind={isRefused ? "error" : "warning"}
      action={
        <NoticeButton
          label={isRefused ? accountWords.account.again : accountWords.fold.again}
          onPress={isRefused ? props.onConnect : askAgain}
        />
      }
    >
      <p>{props.error.message}</p>
    </Notice>
  );
}

/** The token is forgotten, but a copy of it is still on this computer. */
function StillStored(props: { readonly error: GatewayError }) {
  const { announce } = useFeedback();
  const { disconnect } = useAccountChanges();
  const deleteAgain = async () => {
    const answer = await disconnect();
    announce(answer.success ? accountWords.account.disconnected : answer.error.message);
  };
  return (
    <Notice
      kind="error"
      action={<NoticeButton label={accountWords.fold.again} onPress={() => void deleteAgain()} />}
    >
      <p>{props.error.message}</p>
    </Notice>
  );
}

/** The button's label while an account is connected. */
function Connected(props: { readonly failed: boolean }) {
  const name = connectionName(useAccounts().data);
  const Icon = props.failed ? CloudOff : CloudCheck;
  return (
    <>
      <Icon size={14} aria-hidden="true" />
      <span className="cfgw-hidden">{accountWords.account.connectedTo} </span>
      <span dir="auto" title={name}>
        {name}
      </span>
    </>
  );
}
