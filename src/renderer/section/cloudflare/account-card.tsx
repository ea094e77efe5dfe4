/** The connection to Cloudflare: its accounts, its token, and how to end it. */
import { useState } from "react";

import type { AccountsView, AccountStatus } from "../../../shared/account";
import { ACCOUNT_TOKEN_PAGE } from "../../../shared/dashboard";
import { useAccountChanges, useAccounts } from "../data/account";
import { Callout } from "../ui/callout";
import { ExternalLink } from "../ui/external-link";
import { useFeedback } from "../ui/feedback";
import { accountWords } from "../words/account-words";
import { dayOf } from "../words/account-figures";
import { shortAccountId } from "./account-names";

const { account: texts } = accountWords;

export function AccountCard(props: {
  readonly status: AccountStatus;
  readonly onOther: () => void;
  readonly onClose: () => void;
}) {
  const { status } = props;
  const { announce } = useFeedback();
  const { disconnect } = useAccountChanges();
  const accounts = useAccounts();
  const problem = status.problem ?? accounts.problem;
  const [running, setRunning] = useState(false);
  const end = async () => {
    if (running) return;
    setRunning(true);
    const answer = await disconnect();
    setRunning(false);
    announce(answer.success ? texts.disconnected : answer.error.message);
    // The head shows what went wrong.
    props.onClose();
  };
  return (
    <div className="cfgw-section" role="group" aria-label={texts.title}>
      <h3 className="cfgw-strong">{texts.title}</h3>
      <dl className="cfgw-account-facts">
        <div>
          <dt>{texts.names}</dt>
          <dd>
            <Names accounts={accounts.data} />
          </dd>
        </div>
        <div>
          <dt>{texts.token}</dt>
          <dd>{tokenFacts(status)}</dd>
        </div>
      </dl>
      {status.rememberProblem === null ? null : (
        <Callout kind="warning">
          <p>{status.rememberProblem.message}</p>
        </Callout>
      )}
      {problem === null ? null : (
        <Callout kind="error">
          <p>{problem.message}</p>
        </Callout>
      )}
      <MissingPermissions status={status} />
      <div className="cfgw-actions">
        <button
          type="button"
          className="cfgw-button"
          aria-disabled={running}
          onClick={() => void end()}
        >
          {running ? texts.disconnecting : texts.disconnect}
        </button>
        <button type="button" className="cfgw-button" onClick={props.onOther}>
          {texts.other}
        </button>
        <button type="button" className="cfgw-button" onClick={props.onClose}>
          {texts.close}
        </button>
      </div>
    </div>
  );
}

function tokenFacts({ token }: AccountStatus): string {
  if (token === null) return "";
  const source = texts.source[token.source];
  return token.expiresOn === null ? source : `${source}, ${texts.expires(dayOf(token.expiresOn))}`;
}

function Names(props: { readonly accounts: AccountsView | null }) {
  const { accounts } = props;
  if (accounts === null) return accountWords.choose.asking;
  if (accounts.accounts.length === 0) return texts.idNotNamed;
  return (
    <ul>
      {accounts.accounts.map(({ accountId, name }) => (
        <li key={accountId} title={accountId} dir="auto">
          {name ?? shortAccountId(accountId)}
        </li>
      ))}
    </ul>
  );
}

/** The permissions that the token lacks, and the parts of the page that are missing without them. */
export function MissingPermissions(props: { readonly status: AccountStatus }) {
  const { missing } = props.status;
  if (missing.length === 0) return null;
  return (
    <Callout kind="warning" title={texts.missing(missing)}>
      {missing.map((permission) => (
        <p key={permission}>{texts.missingMeans[permission]}</p>
      ))}
      <ExternalLink href={ACCOUNT_TOKEN_PAGE} label={texts.newToken} />
    </Callout>
  );
}
