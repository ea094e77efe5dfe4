/** The settings of a provider: notices, its gateway, and the model to test with. */
import type { ReactNode } from "react";

import { goesElsewhere } from "../../../shared/mux-route";
import { catalogued } from "../../../shared/providers";
import type { FixCode, Notice, ProviderView } from "../../../shared/view";
import { Callout } from "../ui/callout";
import { isInformation } from "../words/common-notice";
import { ConfirmDomain } from "../form/confirm-domain";
import { GatewayFormFields } from "../form/gateway-form";
import type { CardState } from "./provider-card-state";
import { TextField } from "../ui/text-field";
import { formTexts } from "../words/form-texts";
import { uneditable } from "../words/route-words";
import { words } from "../words/words";

export interface ProviderDetailsProps {
  readonly provider: ProviderView;
  readonly card: CardState;
  readonly locked: string | null;
  readonly problem: ReactNode;
}

export function ProviderDetails(props: ProviderDetailsProps) {
  const { provider, card } = props;
  return (
    <div className="cfgw-settings">
      {provider.notices.filter(isShownHere).map((notice) => (
        <Callout key={notice.code} kind={kindOf(notice)}>
          <p>{notice.message}</p>
          {notice.fix === undefined ? null : (
            <FixButton fix={notice.fix} disabled={props.locked !== null} onFix={card.fix} />
          )}
          {notice.code === "domain_unconfirmed" ? (
            <DomainAction provider={provider} disabled={props.locked !== null} />
          ) : null}
        </Callout>
      ))}
      <MuxRoutes provider={provider} />
      {/* While the file is invalid, typing goes on. Only saving has to wait. */}
      <GatewayFormFields
        provider={provider}
        form={card.form}
        disabled={uneditable(provider) !== null}
      />
      {card.form.overtaken && props.problem === null ? (
        <Callout kind="warning">
          <p>{formTexts.form.changedMeanwhile}</p>
        </Callout>
      ) : null}
      {props.problem}
      <FormActions provider={provider} card={card} locked={props.locked !== null} />
      <ModelField provider={provider} card={card} />
    </div>
  );
}

function DomainAction(props: { readonly provider: ProviderView; readonly disabled: boolean }) {
  const { gateway } = props.provider;
  if (gateway?.host === undefined) return null;
  return <ConfirmDomain gateway={{ ...gateway, host: gateway.host }} disabled={props.disabled} />;
}

function kindOf(notice: Notice): "info" | "warning" | "error" {
  if (notice.code === "token_leak") return "error";
  return isInformation(notice) ? "info" : "warning";
}

/** The form below says at the segment whose key it is. */
function isShownHere({ code }: Notice): boolean {
  return code !== "foreign_host";
}

/** Models with a route of their own, beyond those that are named. */
const NAMED_MODELS = 3;

/** How mux's route differs, unless a notice says so, and for which models. */
function MuxRoutes(props: { readonly provider: ProviderView }) {
  const { muxRoute, modelRoutes, notices, route } = props.provider;
  const isSaid = (message: string) => notices.some((notice) => notice.message === message);
  const own = goesElsewhere(muxRoute) && !isSaid(muxRoute.message) ? muxRoute.message : null;
  const models = modelRoutes.flatMap(({ model, route: found }) =>
    goesElsewhere(found) ? [words.elsewhere.models(model, found.message)] : [],
  );
  const more = models.length - NAMED_MODELS;
  return (
    <>
      {own === null ? null : (
        <Callout kind={route === "gateway" ? "warning" : "info"}>
          <p>{own}</p>
        </Callout>
      )}
      {models.length === 0 ? null : (
        <Callout kind="info">
          {models.slice(0, NAMED_MODELS).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          {more > 0 ? <p>{words.elsewhere.more(more)}</p> : null}
        </Callout>
      )}
    </>
  );
}

function FixButton(props: {
  readonly fix: FixCode;
  readonly disabled: boolean;
  readonly onFix: (fix: FixCode) => void;
}) {
  return (
    <button
      type="button"
      className="cfgw-button"
      disabled={props.disabled}
      onClick={() => props.onFix(props.fix)}
    >
      {words.fix[props.fix]}
    </button>
  );
}

function FormActions(props: {
  readonly provider: ProviderView;
  readonly card: CardState;
  readonly locked: boolean;
}) {
  const { provider, card, locked } = props;
  const { form } = card;
  const nothingToSave = provider.route === "gateway" && !form.dirty;
  return (
    <div className="cfgw-actions">
      <button
        type="submit"
        form={form.id}
        className="cfgw-button cfgw-primary"
        disabled={locked}
        // Not `disabled`: the focus stays on it after saving.
        aria-disabled={nothingToSave}
      >
        {provider.route === "gateway" ? formTexts.form.save : formTexts.form.saveAndTurnOn}
      </button>
      {form.dirty ? (
        <button
          type="button"
          className="cfgw-button"
          onClick={() => {
            form.discard();
            document.getElementById(form.id)?.querySelector("input")?.focus();
          }}
        >
          {formTexts.form.cancel}
        </button>
      ) : null}
      {provider.gateway === null || form.dirty ? null : (
        <button
          type="button"
          className="cfgw-text-button cfgw-text-danger cfgw-end"
          title={formTexts.form.removeWhy}
          disabled={locked}
          onClick={card.forget}
        >
          {formTexts.form.remove}
        </button>
      )}
      {provider.route === "gateway" ? null : (
        <p className="cfgw-hint cfgw-wide">{formTexts.form.logged}</p>
      )}
    </div>
  );
}

function ModelField(props: { readonly provider: ProviderView; readonly card: CardState }) {
  const { provider, card } = props;
  const usual = provider.models[0] ?? catalogued(provider)?.testModel ?? null;
  return (
    <div className="cfgw-apart">
      <TextField
        name="model"
        label={formTexts.form.model}
        optional={formTexts.form.optional}
        hint={usual === null ? formTexts.form.modelNone : formTexts.form.modelHint(usual)}
        value={card.modelText}
        problem={undefined}
        suggestions={provider.models}
        onChange={card.setModel}
      />
    </div>
  );
}
