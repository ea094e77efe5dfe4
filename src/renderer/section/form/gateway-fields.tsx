/** Account ID, gateway name and token: the fields that identify a gateway. */
import type { TypedChoice } from "../data/change";
import { TextField } from "../ui/text-field";
import { words } from "../words/words";
import type { GatewayField } from "./pasted";
import { TokenField, type TokenOwner } from "./token-field";
import type { TokenSituation } from "./token-situation";

export interface GatewayFieldsProps {
  readonly fields: { readonly accountId: string; readonly gatewayName: string };
  readonly problems: {
    readonly accountId?: string;
    readonly gatewayName?: string;
    readonly token?: string;
  };
  /** Shows the problems immediately. */
  readonly insist: boolean;
  readonly disabled: boolean;
  /** The last pasted text held no details. */
  readonly nothingEntered: boolean;
  /** undefined: untouched; null: the gateway is open. */
  readonly token: TypedChoice | undefined;
  readonly situation: TokenSituation;
  /** The providers with one of several different tokens of this gateway. */
  readonly owners: readonly TokenOwner[];
  readonly tokenForgotten: boolean;
  readonly onType: (typed: { readonly accountId?: string; readonly gatewayName?: string }) => void;
  readonly onToken: (token: string | TypedChoice | undefined) => void;
  /** A text that was pasted, dropped or completed; false when the field itself takes it. */
  readonly onEnter: (field: GatewayField, text: string) => boolean;
}

/** In one line where there is room. */
export function GatewayFields(props: GatewayFieldsProps) {
  const { fields, problems, insist, disabled } = props;
  return (
    <div className="cfgw-trio">
      <TextField
        name="accountId"
        label={words.form.accountId}
        hint={props.nothingEntered ? words.form.nothingEntered : words.form.accountIdHint}
        value={fields.accountId}
        problem={problems.accountId}
        insist={insist}
        disabled={disabled}
        onChange={(accountId) => props.onType({ accountId })}
        onEnter={(text) => props.onEnter("accountId", text)}
      />
      <TextField
        name="gatewayName"
        label={words.form.gatewayName}
        hint={words.form.gatewayNameHint}
        value={fields.gatewayName}
        problem={problems.gatewayName}
        insist={insist}
        disabled={disabled}
        onChange={(gatewayName) => props.onType({ gatewayName })}
        onEnter={(text) => props.onEnter("gatewayName", text)}
      />
      <TokenField
        situation={props.situation}
        owners={props.owners}
        value={props.token}
        forgotten={props.tokenForgotten}
        problem={problems.token}
        insist={insist}
        disabled={disabled}
        onChange={props.onToken}
        onEnter={(text) => props.onEnter("token", text)}
      />
    </div>
  );
}
