/** In the form for a new gateway: a gateway of the connected account, instead of typed names. */
import type { GatewayKey } from "../../../shared/gateways";
import { ChooseGateway } from "../cloudflare/choose-gateway";
import { namesOf } from "../form/gateway-draft";
import { TokenField, type TokenOwner } from "../form/token-field";
import { accountWords } from "../words/account-words";
import type { GatewayEditor } from "./gateway-editor";

/** Instead of the fields for the names: the gateways of the account, and the token of the chosen one. */
export function ChosenGateway(props: {
  readonly editor: GatewayEditor;
  readonly tokenProblem: string | undefined;
  readonly owners: readonly TokenOwner[];
  readonly onPreselect: (gateway: GatewayKey) => void;
  readonly onManual: () => void;
  readonly onEdit: () => void;
}) {
  const { editor } = props;
  return (
    <>
      <ChooseGateway
        chosen={editor.target}
        insist={editor.insist}
        onChoose={(key) => {
          props.onEdit();
          editor.type(namesOf(key));
        }}
        onPreselect={props.onPreselect}
        onManual={props.onManual}
      />
      <TokenField
        situation={editor.situation}
        owners={props.owners}
        value={editor.token}
        forgotten={false}
        problem={props.tokenProblem}
        insist={editor.insist}
        refused={editor.refused}
        disabled={false}
        onChange={(token) => {
          props.onEdit();
          editor.typeToken(token);
        }}
        onEnter={(text) => editor.enter("token", text)}
      />
    </>
  );
}

/** Above the fields for the names, after the user asked for them. */
export function ChooseAgain(props: { readonly onChoose: () => void }) {
  return (
    <div>
      <button type="button" className="cfgw-text-button" onClick={props.onChoose}>
        {accountWords.choose.choose}
      </button>
    </div>
  );
}
