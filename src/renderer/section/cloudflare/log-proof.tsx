/** Shows whether Cloudflare's own log has the test. This never changes the verdict. */
import { CircleCheck, CircleHelp, Search, TriangleAlert } from "lucide-react";

import type { LogProof, LogRowInput } from "../../../shared/account";
import { useAccounts, useIsConnected } from "../data/account";
import { useLogProof } from "../data/account-gateway";
import { accountWords } from "../words/account-words";
import { isOwn } from "./account-names";

const { proof: texts } = accountWords;

/** Nothing while no account is connected, or while the gateway's account is not one of the user's. */
export function LogProofLine(props: { readonly input: LogRowInput }) {
  return useIsConnected() ? <OfConnected {...props} /> : null;
}

function OfConnected(props: { readonly input: LogRowInput }) {
  const accounts = useAccounts();
  return isOwn(accounts.data, props.input) === true ? <Proof {...props} /> : null;
}

function Proof(props: { readonly input: LogRowInput }) {
  const { data, problem, isAsking, askAgain } = useLogProof(props.input);
  if (data === null && problem === null) {
    return (
      <Line icon="looking">
        <p>
          {texts.label}: {texts.looking}
        </p>
      </Line>
    );
  }
  const canLater = problem !== null || data?.state === "not_found";
  return (
    <Line icon={data === null ? "unknown" : iconOf(data)}>
      <p>{problem?.message ?? data?.message}</p>
      {data === null || data.differences.length === 0 ? null : (
        <ul className="cfgw-account-differences">
          {data.differences.map((difference) => (
            <li key={difference}>{difference}</li>
          ))}
        </ul>
      )}
      {canLater ? (
        <button
          type="button"
          className="cfgw-text-button"
          aria-disabled={isAsking}
          onClick={askAgain}
        >
          {isAsking ? texts.looking : texts.again}
        </button>
      ) : null}
    </Line>
  );
}

const ICONS = {
  looking: Search,
  confirmed: CircleCheck,
  different: TriangleAlert,
  unknown: CircleHelp,
} as const;

function iconOf({ state, differences }: LogProof): keyof typeof ICONS {
  if (state !== "confirmed") return "unknown";
  return differences.length > 0 ? "different" : "confirmed";
}

function Line(props: { readonly icon: keyof typeof ICONS; readonly children: React.ReactNode }) {
  const Icon = ICONS[props.icon];
  return (
    <div
      className="cfgw-account-proof"
      role="group"
      aria-label={texts.label}
      data-state={props.icon}
    >
      <Icon size={14} aria-hidden="true" />
      <div role="status">{props.children}</div>
    </div>
  );
}
