/** The button of a gateway's card that opens its Cloudflare part, or a note that the account is another. */
import { ChevronRight, TriangleAlert } from "lucide-react";

import type { GatewayKey } from "../../../shared/gateways";
import { useAccounts, useIsConnected } from "../data/account";
import { useGatewayDetails } from "../data/account-gateway";
import { accountWords } from "../words/account-words";
import { isOwn } from "./account-names";

export interface CardButtonProps {
  readonly gateway: GatewayKey;
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** Nothing while no account is connected. */
export function CardButton(props: CardButtonProps) {
  return useIsConnected() ? <ConnectedCard {...props} /> : null;
}

function ConnectedCard(props: CardButtonProps) {
  const accounts = useAccounts();
  const own = isOwn(accounts.data, props.gateway);
  if (own === null) return null;
  if (own) return <Opener {...props} />;
  return (
    <span className="cfgw-account-foreign" title={accountWords.account.notYoursWhy}>
      {accountWords.account.notYours}
    </span>
  );
}

function Opener(props: CardButtonProps) {
  const { gateway, open } = props;
  const { data, problem } = useGatewayDetails(gateway);
  const warnings = data?.warnings.length ?? 0;
  const isWarned = warnings > 0 || problem !== null;
  const label = accountWords.fold.buttonOf(gateway.gatewayName);
  return (
    <button
      type="button"
      className="cfgw-button cfgw-account-opener"
      aria-label={warnings === 0 ? label : `${label}, ${accountWords.fold.warned(warnings)}`}
      aria-expanded={open}
      title={warnings === 0 ? undefined : accountWords.fold.warned(warnings)}
      onClick={props.onToggle}
    >
      {isWarned ? (
        <TriangleAlert className="cfgw-account-warned" size={12} aria-hidden="true" />
      ) : null}
      <span>{accountWords.fold.button}</span>
      <ChevronRight className="cfgw-account-chevron" size={12} aria-hidden="true" />
    </button>
  );
}
