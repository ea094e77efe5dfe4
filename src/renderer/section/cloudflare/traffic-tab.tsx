/** A gateway's traffic as Cloudflare reports it: sums, a chart, providers and requests. */
import { useId, useState } from "react";
import { RefreshCw } from "lucide-react";

import type { TrafficSums, TrafficView, TrafficWindow } from "../../../shared/account";
import type { GatewayKey } from "../../../shared/gateways";
import type { ProviderView } from "../../../shared/view";
import { useTraffic } from "../data/account-gateway";
import { Callout } from "../ui/callout";
import { countOf, moneyOf, roughCountOf, shareOf } from "../words/account-figures";
import { accountWords } from "../words/account-words";
import { AnswerState } from "./answer-state";
import { nameOfSegment } from "./provider-names";
import { Requests } from "./requests";
import { TrafficChart } from "./traffic-chart";

const { traffic: texts } = accountWords;

const WINDOWS: readonly TrafficWindow[] = ["hour", "day", "week"];

export interface TrafficTabProps {
  readonly gateway: GatewayKey;
  readonly providers: readonly ProviderView[];
}

export function TrafficTab(props: TrafficTabProps) {
  const { gateway, providers } = props;
  const [window, setWindow] = useState<TrafficWindow>("day");
  const answer = useTraffic({ ...gateway, window });
  return (
    <div className="cfgw-account-part" aria-busy={answer.isAsking}>
      <div className="cfgw-account-bar">
        <Windows window={window} onChoose={setWindow} />
        <button
          type="button"
          className="cfgw-icon-button"
          aria-label={accountWords.fold.refresh}
          title={accountWords.fold.refresh}
          aria-disabled={answer.isAsking}
          onClick={answer.askAgain}
        >
          <RefreshCw size={14} aria-hidden="true" />
        </button>
      </div>
      <AnswerState answer={answer} />
      {answer.data === null ? null : <Traffic view={answer.data} providers={providers} />}
      <Requests gateway={gateway} providers={providers} />
    </div>
  );
}

function Windows(props: {
  readonly window: TrafficWindow;
  readonly onChoose: (window: TrafficWindow) => void;
}) {
  const name = useId();
  return (
    <fieldset className="cfgw-account-windows">
      <legend className="cfgw-hidden">{texts.period}</legend>
      {WINDOWS.map((window) => (
        <label key={window}>
          <input
            type="radio"
            name={name}
            checked={window === props.window}
            onChange={() => props.onChoose(window)}
          />
          <span>{texts.windows[window]}</span>
        </label>
      ))}
    </fieldset>
  );
}

export function Traffic(props: {
  readonly view: TrafficView;
  readonly providers: readonly ProviderView[];
}) {
  const { view, providers } = props;
  const isEmpty = view.total.requests === 0;
  return (
    <>
      {view.unseen.length === 0 ? null : (
        <Callout kind="warning">
          {view.unseen.map((id) => (
            <p key={id}>{texts.unseen(nameOf(id, providers))}</p>
          ))}
          <p className="cfgw-quiet">{texts.unseenHint}</p>
        </Callout>
      )}
      {isEmpty ? (
        <p>{texts.noneYet}</p>
      ) : (
        <>
          <Sums sums={view.total} />
          <TrafficChart view={view} />
          <ByProvider view={view} providers={providers} />
        </>
      )}
      <div className="cfgw-hint">
        {view.remarks.map((remark) => (
          <p key={remark}>{remark}</p>
        ))}
        <p>{texts.delay[view.source]}</p>
      </div>
    </>
  );
}

function nameOf(id: string, providers: readonly ProviderView[]): string {
  return providers.find((each) => each.id === id)?.name ?? id;
}

function Sums(props: { readonly sums: TrafficSums }) {
  const { requests, errors, cached } = props.sums;
  return (
    <dl className="cfgw-account-sums">
      <Sum name={texts.requests} figure={countOf(requests)} />
      <Sum name={texts.errors} figure={withShare(errors, requests)} isBad={errors > 0} />
      <Sum name={texts.cached} figure={withShare(cached, requests)} />
      <Sum name={texts.tokens} figure={tokensOf(props.sums)} />
      <Sum name={texts.cost} figure={costOf(props.sums)} />
    </dl>
  );
}

function Sum(props: { readonly name: string; readonly figure: string; readonly isBad?: boolean }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd className="cfgw-number" data-bad={props.isBad === true}>
        {props.figure}
      </dd>
    </div>
  );
}

function withShare(part: number, whole: number): string {
  return part === 0 ? "0" : texts.share(countOf(part), shareOf(part, whole));
}

function tokensOf({ tokensIn, tokensOut }: TrafficSums): string {
  if (tokensIn === null && tokensOut === null) return texts.unknown;
  const textOf = (count: number | null) => (count === null ? "?" : roughCountOf(count));
  return texts.tokensOf(textOf(tokensIn), textOf(tokensOut));
}

function costOf({ cost }: TrafficSums): string {
  return cost === null ? texts.unknown : moneyOf(cost);
}

function ByProvider(props: {
  readonly view: TrafficView;
  readonly providers: readonly ProviderView[];
}) {
  const { view, providers } = props;
  if (view.providers.length === 0) return null;
  return (
    <div className="cfgw-account-scroll" tabIndex={0} role="region" aria-label={texts.byProvider}>
      <table className="cfgw-account-table">
        <caption className="cfgw-hidden">{texts.byProvider}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.provider}</th>
            <th scope="col">{texts.requests}</th>
            <th scope="col">{texts.errors}</th>
            <th scope="col">{texts.cached}</th>
            <th scope="col">{texts.tokens}</th>
            <th scope="col">{texts.cost}</th>
          </tr>
        </thead>
        <tbody>
          {view.providers.map((each) => (
            <tr key={each.segment}>
              <th scope="row" dir="auto" title={nameOfSegment(each, providers)}>
                {nameOfSegment(each, providers)}
              </th>
              <td>{countOf(each.requests)}</td>
              <td data-bad={each.errors > 0}>{countOf(each.errors)}</td>
              <td>{countOf(each.cached)}</td>
              <td>{tokensOf(each)}</td>
              <td>{costOf(each)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
