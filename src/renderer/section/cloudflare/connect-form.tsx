/** Connects the panel to the user's Cloudflare account with an API token. */
import { useEffect, useId, useState } from "react";

import type { AccountStatus } from "../../../shared/account";
import { ACCOUNT_TOKEN_PAGE, READING_TOKEN_PAGE } from "../../../shared/dashboard";
import { useAccountChanges } from "../data/account";
import { TypedToken } from "../data/typed-token";
import { ExternalLink } from "../ui/external-link";
import { useFeedback } from "../ui/feedback";
import { SecretField } from "../ui/text-field";
import { accountWords } from "../words/account-words";
import { apiTokenIn } from "./api-token";

const { connect: texts } = accountWords;

/** Longer than any token of Cloudflare's. */
const LONGEST = 4096;

export function ConnectForm(props: {
  readonly status: AccountStatus;
  readonly onConnected: (status: AccountStatus) => void;
  readonly onClose: () => void;
}) {
  const { status, onConnected, onClose } = props;
  const id = useId();
  const { announce } = useFeedback();
  const { connect } = useAccountChanges();
  const [token, setToken] = useState<TypedToken | null>(null);
  const [remember, setRemember] = useState(false);
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => () => token?.forget(), [token]);
  const send = async (typed: TypedToken | null) => {
    if (running) return;
    const length = typed?.text.length ?? null;
    if (length === 0 || (length ?? 0) > LONGEST) {
      setProblem(length === 0 ? texts.empty : texts.tooLong);
      return;
    }
    setProblem(null);
    setRunning(true);
    const answer = await connect(typed, remember && typed !== null);
    setRunning(false);
    if (answer.success) {
      const { missing, rememberProblem } = answer.data;
      const lacks = missing.length === 0 ? [] : [accountWords.account.missing(missing)];
      const unsaved = rememberProblem === null ? [] : [rememberProblem.message];
      announce([texts.connected, ...lacks, ...unsaved].join(" "));
      onConnected(answer.data);
      return;
    }
    setProblem(answer.error.message);
    announce(answer.error.message);
    document.getElementById(id)?.querySelector("input")?.focus();
  };
  return (
    <form
      id={id}
      className="cfgw-section cfgw-form"
      aria-label={texts.title}
      aria-busy={running}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send(token === null ? new TypedToken("") : new TypedToken(apiTokenIn(token.text)));
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <div>
        <h3 className="cfgw-strong">{texts.title}</h3>
        <p className="cfgw-quiet">{texts.why}</p>
      </div>
      <SecretField
        name="api-token"
        label={texts.field}
        hint={texts.safe}
        value={token}
        problem={problem ?? undefined}
        insist={problem !== null}
        autoFocus
        disabled={false}
        onGone={() => undefined}
        onChange={(text) => {
          setProblem(null);
          setToken(new TypedToken(text));
        }}
      />
      <Permissions />
      <Remember checked={remember} canRemember={status.canRemember} onChange={setRemember} />
      <div className="cfgw-actions">
        <button type="submit" className="cfgw-button cfgw-primary" aria-disabled={running}>
          {running ? texts.connecting : texts.submit}
        </button>
        {status.hasEnvironmentToken ? (
          <button
            type="button"
            className="cfgw-button"
            title={texts.environmentWhy}
            aria-disabled={running}
            onClick={() => void send(null)}
          >
            {texts.environment}
          </button>
        ) : null}
        <button type="button" className="cfgw-button" onClick={onClose}>
          {texts.cancel}
        </button>
      </div>
    </form>
  );
}

/** A link to Cloudflare's form, and the permissions in words, because the form drops unknown names. */
function Permissions() {
  return (
    <div className="cfgw-account-permissions">
      <p className="cfgw-actions">
        <ExternalLink href={ACCOUNT_TOKEN_PAGE} label={texts.link} />
        <ExternalLink href={READING_TOKEN_PAGE} label={texts.linkReadOnly} />
      </p>
      <p className="cfgw-hint">{texts.opens}</p>
      <ul className="cfgw-hint">
        {texts.permissions.map(([permission, use]) => (
          <li key={permission}>
            <span className="cfgw-strong">{permission}</span> {use}
          </li>
        ))}
      </ul>
      <p className="cfgw-hint">{texts.notRun}</p>
    </div>
  );
}

function Remember(props: {
  readonly checked: boolean;
  readonly canRemember: boolean;
  readonly onChange: (remember: boolean) => void;
}) {
  const id = useId();
  return (
    <label className="cfgw-check">
      <input
        type="checkbox"
        checked={props.checked}
        disabled={!props.canRemember}
        aria-describedby={id}
        onChange={(event) => props.onChange(event.target.checked)}
      />
      <span>
        {texts.remember}{" "}
        <span className="cfgw-hint" id={id}>
          {props.canRemember ? texts.rememberHint : texts.cannotRemember}
        </span>
      </span>
    </label>
  );
}
