/** The form for a new gateway, which routes the chosen providers in the same write. */
import { useEffect, useId, useState } from "react";
import { Cloud } from "lucide-react";

import { GATEWAYS_PAGE } from "../../../shared/dashboard";
import type { GatewayError } from "../../../shared/errors";
import { keyOfGateway, type GatewayKey } from "../../../shared/gateways";
import type { ProvidersView } from "../../../shared/view";
import { useIsConnected } from "../data/account";
import { useFollowingChanges } from "../data/queries";
import { ChooseAgain, ChosenGateway } from "../form/chosen-gateway";
import { GatewayFields, type GatewayFieldsProps } from "../form/gateway-fields";
import { isChosen, sendable } from "../form/gateway-draft";
import { shortAccount } from "../form/gateway-choice";
import { gatewayAt } from "../form/token-situation";
import { Callout } from "../ui/callout";
import { ExternalLink } from "../ui/external-link";
import { accountWords } from "../words/account-words";
import { formTexts } from "../words/form-texts";
import { words } from "../words/words";
import { EnvironmentOffer } from "./environment-offer";
import { discards, focusField } from "./form-keys";
import { isAboutField, ownersOf, withRefusal } from "./gateway-edit";
import { useGatewayEditor, type GatewayEditor } from "./gateway-editor";
import { PromptStorage } from "./prompt-storage";
import { ProviderChoice } from "./provider-choice";
import { candidatesForNew, routeChange, useBulkChange } from "./route-all";

interface Preselected {
  readonly gateway: GatewayKey;
  readonly isOpen: boolean;
}

const NO_NAMES = { accountId: "", gatewayName: "" } as const;

export function AddGateway(props: {
  readonly view: ProvidersView;
  readonly locked: boolean;
  /** No gateway exists yet, so the form is open by itself. */
  readonly isFirst: boolean;
  /** Increases whenever the user asks for the form, which then takes the focus. */
  readonly asked: number;
  readonly onClose: () => void;
}) {
  const { view, locked, isFirst } = props;
  const id = useId();
  const [isDraft, setDraft] = useState(false);
  const [picked, setPicked] = useState<ReadonlyMap<string, boolean>>(new Map());
  const change = useBulkChange(view.providers);
  const environment = view.environmentGateway;
  const [preselected, preselect] = useState<Preselected | null>(null);
  const start = preselected?.gateway ?? (isFirst && environment !== null ? environment : NO_NAMES);
  const isConnected = useIsConnected();
  const [isManual, enterManually] = useState(false);
  const chooses = isConnected && !isManual;
  const follow = useFollowingChanges();
  const [refusal, setRefusal] = useState<GatewayError | null>(null);
  const editor = useGatewayEditor({
    form: "new gateway",
    name: formTexts.newGateway.unsaved,
    original: null,
    start,
    startsOpen: preselected?.isOpen === true,
    gateways: view.gateways,
  });
  const isOpen = editor.token === null || editor.situation === "open";
  const candidates = candidatesForNew(view.providers, view.mirror.on || isOpen);
  const chosen = candidates
    .filter(({ provider, uses }) => picked.get(provider.id) ?? uses === null)
    .map(({ provider }) => provider);
  useEffect(() => {
    if (props.asked > 0) focusField(id, "accountId");
  }, [props.asked, id]);

  const save = async () => {
    if (locked || change.running || !editor.check()) {
      focusField(id, "invalid");
      return;
    }
    if (chosen.length === 0) {
      setDraft(true);
      return;
    }
    const { token, target, promptsChoice } = editor;
    const { host } = target;
    if (chooses && host !== undefined) {
      // Main asks Cloudflare again, so that only a domain of this gateway is confirmed.
      const domain = { ...keyOfGateway(target), host, listed: true } as const;
      const { problem } = await follow([{ call: "confirmDomain", input: domain }]);
      setRefusal(problem);
      if (problem !== null) return;
    }
    const gateway = {
      ...target,
      ...(isChosen(token) ? { token: sendable(token) } : {}),
      ...(promptsChoice === undefined ? {} : { storePrompts: promptsChoice }),
    };
    const plan = { gateway, providers: chosen.map((provider) => provider.id) };
    const count = await change.send(routeChange(plan), (changed) =>
      words.routeAll.done(changed, target.gatewayName),
    );
    if (count === null || count === 0) return;
    editor.discard();
    props.onClose();
  };
  const discard = () => {
    editor.discard();
    setDraft(false);
    props.onClose();
  };
  if (isDraft) {
    return (
      <DraftCard
        editor={editor}
        onChoose={() => {
          setDraft(false);
        }}
        onDiscard={discard}
      />
    );
  }
  // One button is enough while the one-click offer is the likely choice.
  const isOffered = isFirst && environment?.hasToken === true && !editor.dirty;
  const existing = gatewayAt(view.gateways, editor.target);
  const problems = withRefusal(editor.problems, change.problem);
  const fields: GatewayFieldsProps = {
    fields: editor.fields,
    problems,
    insist: editor.insist,
    disabled: false,
    refused: editor.refused,
    token: editor.token,
    situation: editor.situation,
    owners: existing === undefined ? [] : ownersOf(existing, view.providers),
    tokenForgotten: false,
    onType: editor.type,
    onToken: editor.typeToken,
    onEnter: editor.enter,
    onEdit: change.dismiss,
  };
  const shownRefusal = refusal ?? change.problem;
  const isShownAtField = shownRefusal === null || (isAboutField(shownRefusal) && !chooses);
  return (
    <div className="cfgw-gateway" data-open="true">
      <form
        id={id}
        className="cfgw-section cfgw-form"
        aria-label={isFirst ? formTexts.newGateway.first : formTexts.newGateway.title}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
        onKeyDown={(event) => {
          if (!discards(event) || !editor.dirty) return;
          // A host's page closes on an Escape that no element has handled.
          event.preventDefault();
          event.stopPropagation();
          editor.discard();
          focusField(id, "accountId");
        }}
      >
        <div>
          <h3 className="cfgw-strong">
            {isFirst ? formTexts.newGateway.first : formTexts.newGateway.title}
          </h3>
          {chooses ? (
            <p className="cfgw-quiet">{accountWords.choose.intro}</p>
          ) : (
            <p className="cfgw-quiet">
              {formTexts.newGateway.firstText}{" "}
              <ExternalLink href={GATEWAYS_PAGE} label={formTexts.newGateway.dashboard} />
            </p>
          )}
        </div>
        {isFirst ? (
          <EnvironmentOffer view={view} locked={locked} promptsChoice={editor.promptsChoice} />
        ) : null}
        {isConnected && isManual ? <ChooseAgain onChoose={() => enterManually(false)} /> : null}
        {chooses ? (
          <ChosenGateway
            form={fields}
            target={editor.target}
            hasDomains
            onChoose={editor.choose}
            onPreselect={(gateway, isOpenThere) => {
              // Typed or chosen values win over the start values.
              if (editor.dirty) editor.choose(gateway, isOpenThere);
              else preselect({ gateway, isOpen: isOpenThere });
            }}
            onManual={() => {
              enterManually(true);
              focusField(id, "accountId");
            }}
          />
        ) : (
          <GatewayFields {...fields} />
        )}
        {existing === undefined ? null : (
          <p className="cfgw-hint">{formTexts.newGateway.exists(existing.gatewayName)}</p>
        )}
        <PromptStorage stores={editor.storePrompts} onChange={editor.choosePrompts} />
        <ProviderChoice
          candidates={candidates}
          chosen={chosen}
          onPick={(provider, on) => {
            setPicked((before) => new Map(before).set(provider, on));
          }}
        />
        {isShownAtField ? null : (
          <Callout kind="error" urgent>
            <p>{shownRefusal.message}</p>
          </Callout>
        )}
        <div className="cfgw-actions">
          <button
            type="submit"
            className={isOffered ? "cfgw-button" : "cfgw-button cfgw-primary"}
            disabled={locked}
            aria-disabled={change.running}
          >
            {chosen.length === 0
              ? formTexts.newGateway.add
              : formTexts.newGateway.addAndRoute(chosen.length)}
          </button>
          {isFirst && !editor.dirty ? null : (
            <button type="button" className="cfgw-button" onClick={discard}>
              {formTexts.newGateway.cancel}
            </button>
          )}
          <Hints view={view} areAnyReady={candidates.length > 0} />
        </div>
      </form>
    </div>
  );
}

/** Remarks on a file that does not exist, and on providers without keys. */
function Hints(props: { readonly view: ProvidersView; readonly areAnyReady: boolean }) {
  const { exists, providers } = props.view;
  const isKeyless =
    providers.length > 0 && providers.every(({ keySource }) => keySource === "none");
  const { noFile, noKeys, noneReady } = formTexts.newGateway;
  const hints = [
    ...(isKeyless ? [noKeys] : props.areAnyReady ? [] : [noneReady]),
    ...(exists ? [] : [noFile]),
  ];
  return hints.length === 0 ? null : <p className="cfgw-hint cfgw-wide">{hints.join(" ")}</p>;
}

/** A gateway without providers, which exists only in this window. */
function DraftCard(props: {
  readonly editor: GatewayEditor;
  readonly onChoose: () => void;
  readonly onDiscard: () => void;
}) {
  const { accountId, gatewayName } = props.editor.target;
  return (
    <div className="cfgw-gateway" data-draft="true">
      <div className="cfgw-gateway-head">
        <Cloud size={14} aria-hidden="true" />
        <h3 className="cfgw-gateway-name">{gatewayName}</h3>
        <p className="cfgw-gateway-facts">
          {words.gateway.account(shortAccount(accountId))} · {formTexts.newGateway.draft}
        </p>
        <button type="button" className="cfgw-button" autoFocus onClick={props.onChoose}>
          {formTexts.newGateway.choose}
        </button>
        <button type="button" className="cfgw-button" onClick={props.onDiscard}>
          {formTexts.newGateway.discard}
        </button>
      </div>
    </div>
  );
}
