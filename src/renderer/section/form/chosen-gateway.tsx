/** In a form: a gateway of the connected account, instead of typed names. */
import { useEffect, useRef, useState } from "react";

import type { GatewayKey } from "../../../shared/gateways";
import { ChooseGateway, type ChooseGatewayProps } from "../cloudflare/choose-gateway";
import { useIsConnected } from "../data/account";
import { accountWords } from "../words/account-words";
import { GatewayFields, type GatewayFieldsProps } from "./gateway-fields";
import { TokenField } from "./token-field";

type Choosing = Pick<ChooseGatewayProps, "onChoose" | "onPreselect" | "hasDomains">;

export interface ListedGatewayProps extends Choosing {
  readonly form: GatewayFieldsProps;
  /** The gateway that the form names. */
  readonly target: GatewayKey;
}

/** The gateways of the account, and the token of the chosen one. */
export function ChosenGateway({
  form,
  target,
  onChoose,
  ...props
}: ListedGatewayProps & { readonly onManual: () => void }) {
  return (
    <>
      <ChooseGateway
        {...props}
        chosen={target}
        insist={form.insist}
        onChoose={(gateway, isOpen) => {
          form.onEdit?.();
          onChoose(gateway, isOpen);
        }}
      />
      <TokenField
        situation={form.situation}
        owners={form.owners}
        value={form.token}
        forgotten={form.tokenForgotten}
        problem={form.problems.token}
        insist={form.insist}
        refused={form.refused}
        disabled={form.disabled}
        onChange={(token) => {
          form.onEdit?.();
          form.onToken(token);
        }}
        onEnter={(text) => form.onEnter("token", text)}
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

/** The fields for the names, or the list of a connected account. Each offers the other one. */
export function FieldsOrList(props: ListedGatewayProps & { readonly startsWithList: boolean }) {
  const { startsWithList, ...listed } = props;
  const isConnected = useIsConnected();
  const [showsList, showList] = useState(startsWithList);
  const content = useRef<HTMLDivElement>(null);
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    // The pressed button is gone.
    if (changes > 0) content.current?.querySelector<HTMLElement>("input, select, button")?.focus();
  }, [changes]);
  const change = (list: boolean) => {
    showList(list);
    setChanges(changes + 1);
  };
  if (!isConnected) return <GatewayFields {...props.form} />;
  return (
    <div className="cfgw-form" ref={content}>
      {showsList ? (
        <ChosenGateway {...listed} onManual={() => change(false)} />
      ) : (
        <>
          <GatewayFields {...props.form} />
          <ChooseAgain onChoose={() => change(true)} />
        </>
      )}
    </div>
  );
}
