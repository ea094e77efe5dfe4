/** A gateway's settings at Cloudflare in words, and what they mean for mux. */
import { TriangleAlert } from "lucide-react";

import type { GatewayDetailsView } from "../../../shared/account";
import { gatewayPage } from "../../../shared/dashboard";
import type { GatewayKey } from "../../../shared/gateways";
import { useGatewayDetails } from "../data/account-gateway";
import { ExternalLink } from "../ui/external-link";
import { accountWords } from "../words/account-words";
import { AnswerState } from "./answer-state";
import { settingLines } from "./setting-words";

const { settings: texts } = accountWords;

export function SettingsTab(props: { readonly gateway: GatewayKey }) {
  const answer = useGatewayDetails(props.gateway);
  return (
    <div className="cfgw-account-part" aria-busy={answer.isAsking}>
      <AnswerState answer={answer} />
      {answer.data === null ? null : <Settings gateway={props.gateway} details={answer.data} />}
    </div>
  );
}

function Settings(props: { readonly gateway: GatewayKey; readonly details: GatewayDetailsView }) {
  const { settings, domains, warnings } = props.details;
  return (
    <>
      {warnings.length === 0 ? (
        settings.unread.length === 0 && <p className="cfgw-quiet">{texts.none}</p>
      ) : (
        <ul className="cfgw-account-warnings">
          {warnings.map(({ code, message, url }) => (
            <li key={code}>
              <TriangleAlert className="cfgw-account-warned" size={14} aria-hidden="true" />
              <div>
                <p>{message}</p>
                <ExternalLink href={url} label={texts.change} />
              </div>
            </li>
          ))}
        </ul>
      )}
      <dl className="cfgw-account-facts">
        {settingLines(settings, domains).map(({ name, text }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <p className="cfgw-actions cfgw-quiet">
        {texts.readOnly} <ExternalLink href={gatewayPage(props.gateway)} label={texts.open} />
      </p>
    </>
  );
}
