/** Account ID, gateway name and token: the fields that identify a gateway. */
import { useState } from "react";

import type { TypedChoice } from "../data/change";
import { TextField } from "../ui/text-field";
import { formTexts } from "../words/form-texts";
import { DomainField } from "./domain-field";
import type { GatewayNameFields } from "./gateway-draft";
import type { GatewayField, Refusal } from "./pasted";
import { proposedDomain } from "./proposed-domain";
import { TokenField, type TokenOwner } from "./token-field";
import type { TokenSituation } from "./token-situation";

export interface GatewayFieldsProps {
  readonly fields: GatewayNameFields;
  readonly problems: {
    readonly accountId?: string;
    readonly gatewayName?: string;
    readonly host?: string;
    readonly token?: string;
  };
  /** Shows the problems immediately. */
  readonly insist: boolean;
  readonly disabled: boolean;
  /** Why the last pasted text, or its credential, was not entered. */
  readonly refused: Refusal | null;
  /** undefined: untouched; null: the gateway is open. */
  readonly token: TypedChoice | undefined;
  readonly situation: TokenSituation;
  /** The providers with one of several different tokens of this gateway. */
  readonly owners: readonly TokenOwner[];
  readonly tokenForgotten: boolean;
  readonly onType: (typed: Partial<GatewayNameFields>) => void;
  readonly onToken: (token: string | TypedChoice | undefined) => void;
  /** A text that was pasted, dropped or completed; false when the field itself takes it. */
  readonly onEnter: (field: GatewayField, text: string) => boolean;
  /** Called when a field changes. */
  readonly onEdit?: () => void;
}

/** Empties the fields that hold an address on this domain. */
function withoutAddresses(
  { accountId, gatewayName }: Pick<GatewayNameFields, "accountId" | "gatewayName">,
  domain: string,
): Partial<GatewayNameFields> {
  const isAddress = (text: string) => proposedDomain(text)?.host === domain;
  return {
    ...(isAddress(accountId) ? { accountId: "" } : {}),
    ...(isAddress(gatewayName) ? { gatewayName: "" } : {}),
  };
}

/** In one line where there is room. */
export function GatewayFields(props: GatewayFieldsProps) {
  const { fields, problems, insist, disabled } = props;
  const type: GatewayFieldsProps["onType"] = (typed) => {
    props.onEdit?.();
    props.onType(typed);
  };
  const [proposed, propose] = useState<string | null>(null);
  /** An address on a possible custom domain is only proposed, and has no other details. */
  const enter: GatewayFieldsProps["onEnter"] = (field, text) => {
    const host = proposedDomain(text)?.host ?? null;
    propose(host);
    return host !== null && !/\s/u.test(text.trim()) ? true : props.onEnter(field, text);
  };
  return (
    <div className="cfgw-trio">
      <TextField
        name="accountId"
        label={formTexts.form.accountId}
        hint={
          props.refused === "nothing" && proposed === null
            ? formTexts.form.nothingEntered
            : formTexts.form.accountIdHint
        }
        value={fields.accountId}
        problem={problems.accountId}
        insist={insist}
        disabled={disabled}
        onChange={(accountId) => type({ accountId })}
        onEnter={(text) => enter("accountId", text)}
      />
      <TextField
        name="gatewayName"
        label={formTexts.form.gatewayName}
        hint={formTexts.form.gatewayNameHint}
        value={fields.gatewayName}
        problem={problems.gatewayName}
        insist={insist}
        disabled={disabled}
        onChange={(gatewayName) => type({ gatewayName })}
        onEnter={(text) => enter("gatewayName", text)}
      />
      <TokenField
        situation={props.situation}
        owners={props.owners}
        value={props.token}
        forgotten={props.tokenForgotten}
        problem={problems.token}
        insist={insist}
        refused={props.refused}
        disabled={disabled}
        onChange={(token) => {
          props.onEdit?.();
          props.onToken(token);
        }}
        onEnter={(text) => enter("token", text)}
      />
      <div className="cfgw-whole">
        <DomainField
          value={fields.host}
          problem={problems.host}
          insist={insist}
          disabled={disabled}
          proposed={proposed}
          onAnswer={(accepted) => {
            if (accepted && proposed !== null) {
              // Removes the address from the field into which it was typed.
              const names = { accountId: fields.accountId, gatewayName: fields.gatewayName };
              type({ ...withoutAddresses(names, proposed), host: proposed });
            }
            propose(null);
          }}
          onChange={(host) => type({ host })}
          onEnter={(text) => props.onEnter("host", text)}
        />
      </div>
    </div>
  );
}
