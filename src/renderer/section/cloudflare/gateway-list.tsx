/** The gateways of an account, with their differences. */
import { useId, useState } from "react";

import type { AccountGatewaysView, GatewaySettings } from "../../../shared/account";
import type { GatewayKey } from "../../../shared/gateways";
import type { Asked } from "../data/asked";
import { accountWords } from "../words/account-words";
import { traitsOf } from "./setting-words";

const { choose: texts } = accountWords;

/** A list of more gateways than this has a filter. */
const MANY = 8;

export function GatewayList(props: {
  readonly answer: Asked<AccountGatewaysView>;
  readonly chosen: GatewayKey;
  readonly onChoose: (gateway: GatewayKey) => void;
}) {
  const { answer, chosen } = props;
  const name = useId();
  const [filter, setFilter] = useState("");
  const all = answer.data?.gateways;
  if (all === undefined) {
    return (
      <div>
        <p className="cfgw-quiet" role="status">
          {answer.problem === null ? texts.asking : answer.problem.message}
        </p>
        {answer.problem === null ? null : (
          <button type="button" className="cfgw-button" onClick={answer.askAgain}>
            {texts.again}
          </button>
        )}
      </div>
    );
  }
  if (all.length === 0) return <p className="cfgw-quiet">{texts.none}</p>;
  const text = filter.trim().toLowerCase();
  const shown = all.filter(({ gatewayName }) => gatewayName.toLowerCase().includes(text));
  return (
    <fieldset className="cfgw-account-list">
      <legend className="cfgw-label">{texts.gateway}</legend>
      {all.length > MANY ? (
        <input
          type="search"
          className="cfgw-input cfgw-account-filter"
          aria-label={texts.filter}
          placeholder={texts.filter}
          value={filter}
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => setFilter(target.value)}
        />
      ) : null}
      <div className="cfgw-account-options">
        {shown.map((settings) => (
          <Option
            key={settings.gatewayName}
            name={name}
            settings={settings}
            checked={isOf(settings, chosen)}
            onChoose={props.onChoose}
          />
        ))}
        {shown.length === 0 ? <p className="cfgw-quiet">{texts.noMatch}</p> : null}
      </div>
    </fieldset>
  );
}

function Option(props: {
  readonly name: string;
  readonly settings: GatewaySettings;
  readonly checked: boolean;
  readonly onChoose: (gateway: GatewayKey) => void;
}) {
  const { accountId, gatewayName } = props.settings;
  const id = useId();
  return (
    <label className="cfgw-account-option">
      <input
        type="radio"
        name={props.name}
        checked={props.checked}
        aria-label={gatewayName}
        aria-describedby={id}
        data-field={props.checked ? "gatewayName" : undefined}
        onChange={() => props.onChoose({ accountId, gatewayName })}
      />
      <span>
        <span className="cfgw-account-option-name" dir="auto">
          {gatewayName}
        </span>
        <span id={id} className="cfgw-hint">
          {traitsOf(props.settings).join(" · ")}
        </span>
      </span>
    </label>
  );
}

/** Whether both are the same gateway, even at different addresses. */
export function isOf(one: GatewayKey, other: GatewayKey): boolean {
  return one.accountId === other.accountId && one.gatewayName === other.gatewayName;
}
