/** A checklist of what can be wrong with a gateway, which runs with one button. */
import { useContext } from "react";
import { CircleAlert, CircleCheck, CircleHelp, TriangleAlert } from "lucide-react";

import type { DoctorItem } from "../../../shared/account";
import type { GatewayKey } from "../../../shared/gateways";
import type { ProviderView } from "../../../shared/view";
import { useDoctor } from "../data/account-gateway";
import { ExternalLink } from "../ui/external-link";
import { useFeedback } from "../ui/feedback";
import { RowOpenersContext } from "../ui/row-openers";
import { accountWords } from "../words/account-words";
import { AnswerState } from "./answer-state";

const { check: texts } = accountWords;

const ICONS = {
  ok: CircleCheck,
  warning: TriangleAlert,
  failed: CircleAlert,
  unknown: CircleHelp,
} as const;

export function CheckTab(props: {
  readonly gateway: GatewayKey;
  readonly providers: readonly ProviderView[];
}) {
  const { announce } = useFeedback();
  const { data, problem, isAsking, run } = useDoctor(props.gateway);
  const check = async () => {
    if (isAsking) return;
    const found = await run();
    announce(found.data === null ? (found.problem?.message ?? "") : sentenceOf(found.data.items));
  };
  return (
    <div className="cfgw-account-part" aria-busy={isAsking}>
      <div className="cfgw-actions">
        <button
          type="button"
          className={data === null ? "cfgw-button cfgw-primary" : "cfgw-button"}
          aria-disabled={isAsking}
          onClick={() => void check()}
        >
          {isAsking ? texts.checking : data === null ? texts.button : texts.again}
        </button>
        <p className="cfgw-quiet">{data === null ? texts.intro : sentenceOf(data.items)}</p>
      </div>
      {problem === null ? null : (
        <AnswerState answer={{ data, problem, isAsking, askAgain: () => void check() }} />
      )}
      {data === null ? null : (
        <ul className="cfgw-account-checks" aria-label={texts.list}>
          {data.items.map((item) => (
            <Item
              key={`${item.check} ${item.provider ?? ""}`}
              item={item}
              providers={props.providers}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

/** Only a list without a failure, warning or unknown state passed. */
export function sentenceOf(items: readonly DoctorItem[]): string {
  const countOf = (state: DoctorItem["state"]) =>
    items.filter((item) => item.state === state).length;
  const failed = countOf("failed");
  const warned = countOf("warning");
  const unknown = countOf("unknown");
  const sentences = [
    ...(failed === 0 ? [] : [texts.failedOf(failed)]),
    ...(warned === 0 ? [] : [texts.attention(warned)]),
    ...(unknown === 0 ? [] : [texts.unknownOf(unknown)]),
  ];
  return sentences.length === 0 ? texts.allFine : sentences.join(" ");
}

function Item(props: { readonly item: DoctorItem; readonly providers: readonly ProviderView[] }) {
  const { item } = props;
  const openers = useContext(RowOpenersContext);
  const Icon = ICONS[item.state];
  const provider = props.providers.find(({ id }) => id === item.provider);
  return (
    <li data-state={item.state}>
      <Icon size={14} aria-hidden="true" />
      <div>
        <p>
          <span className="cfgw-strong">{texts.names[item.check]}</span>{" "}
          <span className="cfgw-account-state">{texts.state[item.state]}</span>
        </p>
        <p>{item.message}</p>
        {item.fix === null ? null : <p className="cfgw-quiet">{item.fix}</p>}
        {item.url === null && provider === undefined ? null : (
          <div className="cfgw-actions">
            {provider === undefined ? null : (
              <button
                type="button"
                className="cfgw-text-button"
                onClick={() => openers.open(provider.id, "test")}
              >
                {texts.openRow(provider.name)}
              </button>
            )}
            {item.url === null ? null : <ExternalLink href={item.url} label={texts.dashboard} />}
          </div>
        )}
      </div>
    </li>
  );
}
