/** For a provider whose host Cloudflare does not know: finds or creates its custom provider. */
import { useState } from "react";

import type { CustomProviderInput, CustomProviderView } from "../../../shared/account";
import { useAccounts, useIsConnected } from "../data/account";
import { useCreateCustomProvider, useCustomProvider } from "../data/account-gateway";
import { useFeedback } from "../ui/feedback";
import { Question } from "../ui/question";
import { accountWords } from "../words/account-words";
import { isOwn } from "./account-names";

const { custom: texts } = accountWords;

export interface CustomProviderHelpProps {
  readonly input: CustomProviderInput;
  /** The segment in the form. */
  readonly segment: string;
  readonly disabled: boolean;
  readonly onFill: (segment: string) => void;
}

/** Nothing while no account is connected, or for an account that is not one of the user's. */
export function CustomProviderHelp(props: CustomProviderHelpProps) {
  return useIsConnected() ? <OfConnected {...props} /> : null;
}

function OfConnected(props: CustomProviderHelpProps) {
  const accounts = useAccounts();
  const { accountId } = props.input;
  return isOwn(accounts.data, { accountId, gatewayName: "" }) === true ? <Help {...props} /> : null;
}

function Help(props: CustomProviderHelpProps) {
  const { data, problem } = useCustomProvider(props.input);
  if (problem !== null) return <p className="cfgw-hint">{problem.message}</p>;
  if (data === null) return <p className="cfgw-hint">{texts.find}</p>;
  if (data.segment === null) return <Create {...props} found={data} />;
  const { segment } = data;
  if (!data.isEnabled) return <p className="cfgw-hint">{texts.off(segment)}</p>;
  if (props.segment.trim() === segment) return null;
  return (
    <p className="cfgw-actions">
      <span className="cfgw-hint">{texts.exists(data.host)}</span>
      <button
        type="button"
        className="cfgw-button"
        disabled={props.disabled}
        onClick={() => props.onFill(segment)}
      >
        {texts.use(segment)}
      </button>
    </p>
  );
}

function Create(props: CustomProviderHelpProps & { readonly found: CustomProviderView }) {
  const { host, proposed } = props.found;
  const { announce } = useFeedback();
  const create = useCreateCustomProvider();
  const [asks, ask] = useState(false);
  const [running, setRunning] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const send = async () => {
    ask(false);
    setRefusal(null);
    setRunning(true);
    const answer = await create(props.input);
    setRunning(false);
    if (!answer.success) {
      setRefusal(answer.error.message);
      announce(answer.error.message);
      return;
    }
    const segment = answer.data.segment ?? proposed;
    if (!answer.data.isEnabled) {
      announce(texts.off(segment));
      return;
    }
    announce(texts.created(segment, answer.data.host));
    props.onFill(segment);
  };
  return (
    <div>
      <button
        type="button"
        className="cfgw-button"
        disabled={props.disabled}
        aria-disabled={running}
        onClick={() => {
          if (!running) ask(true);
        }}
      >
        {running ? texts.creating : texts.create(host)}
      </button>
      {refusal === null ? null : <p className="cfgw-problem">{refusal}</p>}
      {asks ? (
        <Question
          title={texts.question(host)}
          text={texts.text(host, proposed)}
          yes={texts.yes}
          no={texts.no}
          onYes={() => void send()}
          onNo={() => ask(false)}
        />
      ) : null}
    </div>
  );
}
