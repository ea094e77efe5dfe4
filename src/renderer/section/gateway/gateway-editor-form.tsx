/** Changes the account, name or token of a gateway for all its providers. */
import { useEffect, useId, useRef, useState } from "react";

import type { GatewayError } from "../../../shared/errors";
import { isSameGateway, keyOfGateway, type GatewayView } from "../../../shared/gateways";
import type { ProvidersView } from "../../../shared/view";
import { useFollowingChanges } from "../data/queries";
import { TypedToken } from "../data/typed-token";
import { isChosen } from "../form/gateway-draft";
import { FieldsOrList } from "../form/chosen-gateway";
import { gatewayAt } from "../form/token-situation";
import { Callout } from "../ui/callout";
import { words } from "../words/words";
import { discards, focusField } from "./form-keys";
import { isAboutField, ownersOf, updateChange, withRefusal } from "./gateway-edit";
import { useGatewayEditor } from "./gateway-editor";
import type { Opened } from "./opened";
import { PromptStorage } from "./prompt-storage";
import { useBulkChange } from "./route-all";

export function GatewayEditorForm(props: {
  readonly gateway: GatewayView;
  readonly view: ProvidersView;
  readonly locked: boolean;
  readonly opened: Opened;
  readonly onClose: () => void;
  readonly onDirty: (dirty: boolean) => void;
}) {
  const { gateway, view, locked, opened } = props;
  const id = useId();
  const change = useBulkChange(view.providers);
  const [startToken] = useState(() => (opened.focus === "token" ? new TypedToken("") : undefined));
  const editor = useGatewayEditor({
    form: `gateway ${JSON.stringify(keyOfGateway(gateway))}`,
    name: gateway.gatewayName,
    original: gateway,
    start: gateway,
    ...(startToken === undefined ? {} : { startToken }),
    gateways: view.gateways,
  });
  // The form may be open already when it is asked for its token.
  const typeToken = useRef(() => {});
  useEffect(() => {
    typeToken.current = () => {
      if (!isChosen(editor.token)) editor.typeToken(new TypedToken(""));
    };
  });
  useEffect(() => {
    if (opened.focus === "token") typeToken.current();
    focusField(id, opened.focus);
  }, [id, opened]);
  const onDirty = useRef(props.onDirty);
  useEffect(() => {
    onDirty.current = props.onDirty;
  });
  useEffect(() => {
    onDirty.current(editor.dirty);
  }, [editor.dirty]);

  const follow = useFollowingChanges();
  const [refusal, setRefusal] = useState<GatewayError | null>(null);
  /** The custom domain that was chosen from Cloudflare's list. */
  const listedHost = useRef<string | null>(null);

  const save = async () => {
    if (locked || change.running) return;
    if (!editor.check()) {
      focusField(id, "invalid");
      return;
    }
    const { target, token, promptsChoice } = editor;
    const next = updateChange(gateway, target, token, view, promptsChoice);
    if (next === null) {
      props.onClose();
      return;
    }
    const { host } = target;
    const isListed = listedHost.current !== null && listedHost.current === host;
    if (isListed && host !== gateway.host) {
      // Main asks Cloudflare again, so that only a domain of this gateway is confirmed.
      const input = { ...keyOfGateway(target), host, listed: true } as const;
      const { problem } = await follow([{ call: "confirmDomain", input }]);
      setRefusal(problem);
      if (problem !== null) return;
    }
    const isRenamed = !isSameGateway(target, gateway);
    const count = await change.send(next, (changed) =>
      isRenamed
        ? words.gateway.saved(target.gatewayName, changed)
        : isChosen(token)
          ? words.gateway.tokenSaved(target.gatewayName, changed)
          : words.gateway.settingSaved(target.gatewayName, changed),
    );
    if (count === null) return;
    if (count > 0) props.onClose();
  };
  const other = isSameGateway(editor.target, gateway)
    ? undefined
    : gatewayAt(view.gateways, editor.target);
  // A rename removes it too, until its answer closes the form.
  const isVanished = !change.running && gatewayAt(view.gateways, gateway) === undefined;
  return (
    <form
      id={id}
      className="cfgw-section cfgw-form"
      aria-label={words.gateway.formOf(gateway.gatewayName)}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (!discards(event) || !editor.dirty) return;
        event.preventDefault();
        event.stopPropagation();
        props.onClose();
      }}
    >
      <FieldsOrList
        startsWithList={false}
        hasDomains
        target={editor.target}
        onChoose={(chosen, isOpen) => {
          listedHost.current = chosen.host ?? null;
          editor.choose(chosen, isOpen);
        }}
        onPreselect={null}
        form={{
          fields: editor.fields,
          problems: withRefusal(editor.problems, change.problem),
          insist: editor.insist,
          disabled: false,
          refused: editor.refused,
          token: editor.token,
          situation: editor.situation,
          owners: ownersOf(other ?? gateway, view.providers),
          tokenForgotten: false,
          onType: editor.type,
          onToken: editor.typeToken,
          onEnter: editor.enter,
          onEdit: () => {
            setRefusal(null);
            change.dismiss();
          },
        }}
      />
      <PromptStorage stores={editor.storePrompts} onChange={editor.choosePrompts} />
      {other === undefined ? null : (
        <p className="cfgw-hint">{words.gateway.merges(other.gatewayName)}</p>
      )}
      {refusal === null &&
      (change.problem === null || isAboutField(change.problem)) &&
      !isVanished ? null : (
        <Callout kind="error" urgent>
          <p>
            {(refusal ?? change.problem)?.message ?? words.gateway.vanished(gateway.gatewayName)}
          </p>
        </Callout>
      )}
      <div className="cfgw-actions">
        <button
          type="submit"
          className="cfgw-button cfgw-primary"
          disabled={locked || isVanished}
          aria-disabled={change.running || !editor.dirty}
        >
          {change.running ? words.gateway.working : words.gateway.save}
        </button>
        <button type="button" className="cfgw-button" onClick={props.onClose}>
          {words.gateway.cancel}
        </button>
        {isVanished ? null : (
          <p className="cfgw-hint">
            {words.gateway.forAll(gateway.active.length + gateway.disabled.length)}
          </p>
        )}
      </div>
    </form>
  );
}
