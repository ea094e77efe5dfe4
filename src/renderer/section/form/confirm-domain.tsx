/** Asks whether a gateway's custom domain is the user's own, before anything is sent there. */
import { useState } from "react";

import { keyOfGateway, type GatewayKey } from "../../../shared/gateways";
import { useChange } from "../data/queries";
import { useFeedback } from "../ui/feedback";
import { Question } from "../ui/question";
import { words } from "../words/words";

export function ConfirmDomain(props: {
  readonly gateway: GatewayKey & { readonly host: string };
  readonly disabled: boolean;
}) {
  const { gateway, disabled } = props;
  const { host, gatewayName } = gateway;
  const [asks, ask] = useState(false);
  const { changed } = useFeedback();
  const { mutateAsync, isPending, data } = useChange("all");
  const confirm = async () => {
    ask(false);
    const input = { ...keyOfGateway(gateway), host };
    const answer = await mutateAsync({ call: "confirmDomain", input });
    if (answer.success) {
      changed(words.domain.confirmed(host), { steps: answer.steps, note: null });
    }
  };
  return (
    <>
      <button
        type="button"
        className="cfgw-button cfgw-confirm"
        disabled={disabled}
        aria-disabled={isPending}
        onClick={() => {
          if (!isPending) ask(true);
        }}
      >
        {words.domain.confirm}
      </button>
      {data?.success === false ? <p className="cfgw-problem">{data.error.message}</p> : null}
      {asks ? (
        <Question
          title={words.domain.question(host)}
          text={words.domain.meaning(host, gatewayName)}
          yes={words.domain.yes}
          no={words.domain.no}
          onYes={() => void confirm()}
          onNo={() => ask(false)}
        />
      ) : null}
    </>
  );
}
