/** The settings of one provider: its gateway, its segment, and the resulting URL. */
import { useContext, useLayoutEffect, useRef } from "react";

import type { GatewayKey } from "../../../shared/gateways";
import type { ProviderView } from "../../../shared/view";
import { checkAccountId } from "../../../shared/gateway-names";
import { CustomProviderHelp } from "../cloudflare/custom-provider";
import { BaseUrlLine } from "../ui/base-url-line";
import { useKnownGateways } from "../data/queries";
import { GatewayOpenerContext } from "../ui/gateway-opener";
import { TextField } from "../ui/text-field";
import { hasSegmentField, usualSegmentOf } from "../words/segments";
import { formTexts } from "../words/form-texts";
import { FieldsOrList } from "./chosen-gateway";
import { previewBaseUrl, targetOf } from "./gateway-draft";
import type { GatewayForm } from "./gateway-form-state";
import { GatewayPicker } from "./gateway-picker";
import { segmentsToSuggest } from "./known-segments";
import { KeyHostBox } from "./key-host-box";
import { TokenField } from "./token-field";
import { useTokenOwners } from "./token-owners";

export function GatewayFormFields(props: {
  readonly provider: ProviderView;
  readonly form: GatewayForm;
  readonly disabled: boolean;
}) {
  const { provider, form, disabled } = props;
  const focused = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (focused.current?.isConnected !== false) return;
    // A removed field may hold a token, so nothing may refer to it.
    focused.current = null;
    // Saving with Enter can remove the field with the focus.
    if (document.activeElement !== document.body) return;
    document.getElementById(form.id)?.querySelector("select")?.focus();
  });
  return (
    <form
      id={form.id}
      onFocus={(event) => {
        focused.current = event.target;
      }}
      className="cfgw-form"
      aria-label={formTexts.form.of(provider.name)}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.save();
      }}
    >
      <GatewayPicker form={form} disabled={disabled} />
      {form.chosen === null ? (
        <OwnGateway form={form} disabled={disabled} />
      ) : (
        <GatewayToken form={form} gateway={form.chosen.key} disabled={disabled} />
      )}
      {provider.foreignHost === null ? null : (
        <KeyHostBox
          provider={provider}
          host={provider.foreignHost}
          form={form}
          disabled={disabled}
        />
      )}
      {hasSegmentField(provider) ? (
        <SegmentField provider={provider} form={form} disabled={disabled} />
      ) : null}
      <Address provider={provider} form={form} />
    </form>
  );
}

/** A gateway that is not in the list yet. */
function OwnGateway(props: { readonly form: GatewayForm; readonly disabled: boolean }) {
  const { form } = props;
  const owners = useTokenOwners(form.fields);
  return (
    <FieldsOrList
      startsWithList
      hasDomains={false}
      target={targetOf(form.fields)}
      onChoose={form.chooseListed}
      onPreselect={null}
      form={{
        fields: form.fields,
        problems: form.problems,
        insist: form.insist,
        disabled: props.disabled,
        refused: form.refused,
        token: form.token,
        situation: form.situation,
        owners,
        tokenForgotten: form.tokenForgotten,
        onType: form.type,
        onToken: form.typeToken,
        onEnter: form.enter,
      }}
    />
  );
}

/** The token of a gateway in the list: only its state, unless it has to be entered or chosen. */
function GatewayToken(props: {
  readonly form: GatewayForm;
  readonly gateway: GatewayKey;
  readonly disabled: boolean;
}) {
  const { form, gateway } = props;
  const opener = useContext(GatewayOpenerContext);
  const owners = useTokenOwners(form.fields);
  const { situation, token } = form;
  if (token === undefined && situation !== "needed" && situation !== "different") {
    return (
      <p className="cfgw-quiet">
        {formTexts.token.line[situation]}{" "}
        {form.chosen?.kind === "file" ? (
          <button type="button" className="cfgw-text-button" onClick={() => opener.open(gateway)}>
            {formTexts.token.editGateway}
          </button>
        ) : null}
      </p>
    );
  }
  return (
    <>
      <TokenField
        situation={situation}
        owners={owners}
        value={token}
        forgotten={form.tokenForgotten}
        problem={form.problems.token}
        insist={form.insist}
        refused={form.refused}
        disabled={props.disabled}
        onChange={form.typeToken}
        onEnter={(text) => form.enter("token", text)}
      />
      <p className="cfgw-hint">{formTexts.token.forAll(gateway.gatewayName)}</p>
    </>
  );
}

function SegmentField(props: {
  readonly provider: ProviderView;
  readonly form: GatewayForm;
  readonly disabled: boolean;
}) {
  const { form } = props;
  const { foreignHost } = props.provider;
  const { known } = useKnownGateways(true);
  const usual = foreignHost === null ? usualSegmentOf(props.provider) : null;
  const account = checkAccountId(form.fields.accountId.trim());
  const { id: provider, mark: seen } = props.provider;
  return (
    <>
      <TextField
        name="segment"
        label={formTexts.form.segment}
        {...(usual === null ? {} : { optional: formTexts.form.optional })}
        hint={segmentHint(usual, foreignHost)}
        placeholder={usual ?? "custom-…"}
        suggestions={segmentsToSuggest(props.provider, form.fields.accountId, known)}
        value={form.fields.segment}
        problem={form.problems.segment}
        insist={form.insist}
        disabled={props.disabled}
        onChange={(segment) => form.type({ segment })}
        onEnter={(text) => form.enter("segment", text)}
      />
      {usual === null && account.success ? (
        <CustomProviderHelp
          input={{ accountId: account.data, provider, seen }}
          segment={form.fields.segment}
          disabled={props.disabled}
          onFill={(segment) => form.type({ segment })}
        />
      ) : null}
    </>
  );
}

function segmentHint(usual: string | null, foreignHost: string | null): string {
  if (foreignHost !== null) return formTexts.keyHost.segmentHint(foreignHost);
  return usual === null ? formTexts.form.segmentHint : formTexts.form.segmentUsual(usual);
}

function Address(props: { readonly provider: ProviderView; readonly form: GatewayForm }) {
  const { provider, form } = props;
  const preview = previewBaseUrl(provider, form.fields);
  const isSaved = provider.route === "gateway" && !form.dirty;
  // Nothing is sent to a custom domain that is not confirmed, but its URL is known.
  const isUsed = isSaved && provider.baseUrl !== null;
  return (
    <BaseUrlLine
      label={isUsed ? formTexts.baseUrl.label : formTexts.baseUrl.preview}
      url={isUsed ? provider.baseUrl : preview.success ? preview.data : null}
      otherwise={isSaved ? formTexts.baseUrl.none : formTexts.baseUrl.unknown}
    />
  );
}
