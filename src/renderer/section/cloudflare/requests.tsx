/** The last requests in a gateway's log, each failed one with its cause. */
import { useState } from "react";

import type { LoggedRequest, RequestsView } from "../../../shared/account";
import type { GatewayKey } from "../../../shared/gateways";
import type { ProviderView } from "../../../shared/view";
import { useRequests } from "../data/account-gateway";
import { countOf, dayAndTimeOf, moneyOf } from "../words/account-figures";
import { accountWords } from "../words/account-words";
import { duration } from "../words/report-words";
import { AnswerState } from "./answer-state";
import { nameOfSegment } from "./provider-names";

const { traffic: texts } = accountWords;

interface RequestsProps {
  readonly gateway: GatewayKey;
  readonly providers: readonly ProviderView[];
}

/** Loaded on demand, because each failed request needs a call to find its cause. */
export function Requests(props: RequestsProps) {
  const [shown, setShown] = useState(false);
  return (
    <section className="cfgw-account-requests" aria-label={texts.last}>
      {shown ? (
        <LastRequests {...props} />
      ) : (
        <button type="button" className="cfgw-button" onClick={() => setShown(true)}>
          {texts.show}
        </button>
      )}
    </section>
  );
}

function LastRequests(props: RequestsProps) {
  const [errorsFirst, setErrorsFirst] = useState(false);
  const answer = useRequests({ ...props.gateway, errorsFirst });
  return (
    <>
      <div className="cfgw-account-bar">
        <h4 className="cfgw-strong" tabIndex={-1} ref={focusOnce}>
          {texts.last}
        </h4>
        <label className="cfgw-check">
          <input
            type="checkbox"
            checked={errorsFirst}
            onChange={({ target }) => setErrorsFirst(target.checked)}
          />
          <span>{texts.errorsFirst}</span>
        </label>
      </div>
      <AnswerState answer={answer} />
      {answer.data === null ? null : <RequestList view={answer.data} providers={props.providers} />}
    </>
  );
}

/** The heading replaces the button that had the focus. */
function focusOnce(heading: HTMLElement | null): void {
  if (document.activeElement === document.body) heading?.focus();
}

export function RequestList(props: {
  readonly view: RequestsView;
  readonly providers: readonly ProviderView[];
}) {
  const { requests, remark } = props.view;
  return (
    <>
      {remark === null ? null : <p className="cfgw-quiet">{remark}</p>}
      {requests.length === 0 && remark === null ? (
        <p className="cfgw-quiet">{texts.noRequests}</p>
      ) : null}
      {requests.length === 0 ? null : (
        <ol className="cfgw-account-log">
          {requests.map((request) => (
            <Request
              key={request.id}
              request={request}
              name={nameOfSegment(request, props.providers)}
            />
          ))}
        </ol>
      )}
    </>
  );
}

function Request(props: { readonly request: LoggedRequest; readonly name: string }) {
  const { request, name } = props;
  const { isError, status, diagnosis } = request;
  return (
    <li data-failed={isError}>
      <p className="cfgw-account-log-line">
        {request.at === null ? (
          <span>{texts.noTime}</span>
        ) : (
          <time dateTime={request.at}>{dayAndTimeOf(request.at)}</time>
        )}
        <span className="cfgw-account-log-name" dir="auto">
          {name}
        </span>
        {request.model === null ? null : (
          <span className="cfgw-account-log-model" dir="auto">
            {request.model}
          </span>
        )}
        <span className="cfgw-account-log-status">
          <span className="cfgw-hidden">{isError ? texts.failed : texts.ok} </span>
          {status ?? (isError ? texts.failed : texts.ok)}
        </span>
        <span className="cfgw-quiet cfgw-number">{figuresOf(request).join(" · ")}</span>
      </p>
      {isError ? (
        <p className="cfgw-account-log-cause">
          <span>{diagnosis === null ? texts.noBody : diagnosis.title}</span>
          {diagnosis === null ? null : ` ${diagnosis.action}`}
        </p>
      ) : null}
    </li>
  );
}

function figuresOf(request: LoggedRequest): readonly string[] {
  const { durationMs, tokens, cost, isCached, isOwnTest } = request;
  const { input, output } = tokens;
  return [
    ...(durationMs === null ? [] : [duration(durationMs)]),
    ...(input === null || output === null
      ? []
      : [texts.tokenCount(countOf(input), countOf(output))]),
    ...(cost === null ? [] : [moneyOf(cost)]),
    ...(isCached === true ? [texts.fromCache] : []),
    ...(isOwnTest ? [texts.ownTest] : []),
  ];
}
