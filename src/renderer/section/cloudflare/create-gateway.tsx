/** Creates a gateway in the connected account. */
import { useId, useState } from "react";

import type { GatewaySettings } from "../../../shared/account";
import { checkGatewayName } from "../../../shared/gateway-names";
import { useCreateGateway } from "../data/account-gateway";
import { useFeedback } from "../ui/feedback";
import { TextField } from "../ui/text-field";
import { accountWords } from "../words/account-words";

const { create: texts } = accountWords;

const DEFAULT_NAME = "mux";

/** Not a form element, because it is inside another form. */
export function CreateGateway(props: {
  readonly accountId: string;
  readonly taken: readonly GatewaySettings[];
  readonly onCreated: (gatewayName: string) => void;
  /** Absent where the account has no other gateway to choose. */
  readonly onCancel?: () => void;
}) {
  const { onCancel } = props;
  const id = useId();
  const { announce } = useFeedback();
  const create = useCreateGateway();
  const [typed, setTyped] = useState(() => freeName(props.taken));
  const [collectLogs, setCollectLogs] = useState(true);
  const [running, setRunning] = useState(false);
  const [insist, setInsist] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const check = checkGatewayName(typed.trim());
  const problem = check.success ? refusal : check.error.message;
  const send = async () => {
    if (running) return;
    setInsist(true);
    if (!check.success) return;
    setRefusal(null);
    setRunning(true);
    const gatewayName = check.data;
    const answer = await create({ accountId: props.accountId, gatewayName, collectLogs });
    setRunning(false);
    if (answer.success) {
      announce(texts.created(gatewayName));
      props.onCreated(gatewayName);
      return;
    }
    setRefusal(answer.error.message);
    announce(answer.error.message);
    document.getElementById(id)?.querySelector("input")?.focus();
  };
  return (
    <div
      id={id}
      className="cfgw-account-create"
      role="group"
      aria-label={texts.title}
      aria-busy={running}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        // Enter would send the form around it.
        if (event.key === "Enter" && event.target instanceof HTMLInputElement) {
          event.preventDefault();
          void send();
        }
        if (event.key === "Escape" && onCancel !== undefined) {
          event.preventDefault();
          event.stopPropagation();
          onCancel();
        }
      }}
    >
      <h4 className="cfgw-strong">{texts.title}</h4>
      <TextField
        name="newGatewayName"
        label={texts.name}
        hint={texts.nameHint}
        value={typed}
        problem={problem ?? undefined}
        insist={insist}
        autoFocus
        onChange={(name) => {
          setRefusal(null);
          setTyped(name);
        }}
      />
      <label className="cfgw-check">
        <input
          type="checkbox"
          checked={collectLogs}
          onChange={({ target }) => setCollectLogs(target.checked)}
        />
        <span>
          {texts.logs} <span className="cfgw-hint">{texts.logsHint}</span>
        </span>
      </label>
      <p className="cfgw-hint">{texts.closed}</p>
      <div className="cfgw-actions">
        <button
          type="button"
          className="cfgw-button cfgw-primary"
          aria-disabled={running}
          onClick={() => void send()}
        >
          {running ? texts.creating : texts.submit}
        </button>
        {onCancel === undefined ? null : (
          <button type="button" className="cfgw-button" onClick={onCancel}>
            {texts.cancel}
          </button>
        )}
      </div>
    </div>
  );
}

/** "mux", or "mux-2" where the account has one. */
function freeName(taken: readonly GatewaySettings[]): string {
  const names = new Set(taken.map(({ gatewayName }) => gatewayName));
  for (let number = 1; number <= names.size + 1; number += 1) {
    const name = number === 1 ? DEFAULT_NAME : `${DEFAULT_NAME}-${number}`;
    if (!names.has(name)) return name;
  }
  return DEFAULT_NAME;
}
