/** The form of one provider's gateway: account ID, gateway name, segment and token. */
import type { ProviderView } from "../../../shared/view";
import { BaseUrlLine } from "../ui/base-url-line";
import { hasSegmentField, usualSegmentOf } from "../words/segments";
import { previewBaseUrl } from "./gateway-draft";
import type { GatewayForm } from "./gateway-form-state";
import { KeyHostBox } from "./key-host-box";
import { changesGateway } from "./shared-gateway";
import { SharedGatewayBox } from "./shared-gateway-box";
import { TextField } from "../ui/text-field";
import { EnvironmentOffer } from "./environment-offer";
import { TokenField } from "./token-field";
import { useTokenOwners } from "./sharers";
import { words } from "../words/words";

export function GatewayFormFields(props: {
  readonly provider: ProviderView;
  readonly form: GatewayForm;
  readonly disabled: boolean;
}) {
  const { provider, form, disabled } = props;
  const { fields, problems, insist } = form;
  const owners = useTokenOwners(fields);
  return (
    <form
      id={form.id}
      className="cfgw-form"
      aria-label={words.form.of(provider.name)}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.save();
      }}
    >
      <EnvironmentOffer provider={provider} form={form} disabled={disabled} />
      <div className="cfgw-pair">
        <TextField
          label={words.form.accountId}
          hint={form.nothingEntered ? words.form.nothingEntered : words.form.accountIdHint}
          value={fields.accountId}
          problem={problems.accountId}
          insist={insist}
          disabled={disabled}
          onChange={(accountId) => form.type({ accountId })}
          onEnter={(text) => form.enter("accountId", text)}
        />
        <TextField
          label={words.form.gatewayName}
          hint={words.form.gatewayNameHint}
          value={fields.gatewayName}
          problem={problems.gatewayName}
          insist={insist}
          disabled={disabled}
          onChange={(gatewayName) => form.type({ gatewayName })}
          onEnter={(text) => form.enter("gatewayName", text)}
        />
      </div>
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
      <TokenField
        situation={form.situation}
        owners={owners}
        value={form.token}
        forgotten={form.tokenForgotten}
        problem={problems.token}
        insist={insist}
        disabled={disabled}
        onChange={form.typeToken}
        onEnter={(text) => form.enter("token", text)}
      />
      <Address provider={provider} form={form} />
      {changesGateway(provider, fields) ? (
        <SharedGatewayBox provider={provider} form={form} disabled={disabled} />
      ) : null}
    </form>
  );
}

function SegmentField(props: {
  readonly provider: ProviderView;
  readonly form: GatewayForm;
  readonly disabled: boolean;
}) {
  const { form } = props;
  const { foreignHost } = props.provider;
  const usual = foreignHost === null ? usualSegmentOf(props.provider) : null;
  return (
    <TextField
      label={words.form.segment}
      {...(usual === null ? {} : { optional: words.form.optional })}
      hint={segmentHint(usual, foreignHost)}
      placeholder={usual ?? "custom-…"}
      value={form.fields.segment}
      problem={form.problems.segment}
      insist={form.insist}
      disabled={props.disabled}
      onChange={(segment) => form.type({ segment })}
      onEnter={(text) => form.enter("segment", text)}
    />
  );
}

function segmentHint(usual: string | null, foreignHost: string | null): string {
  if (foreignHost !== null) return words.keyHost.segmentHint(foreignHost);
  return usual === null ? words.form.segmentHint : words.form.segmentUsual(usual);
}

function Address(props: { readonly provider: ProviderView; readonly form: GatewayForm }) {
  const { provider, form } = props;
  const preview = previewBaseUrl(provider, form.fields);
  const saved = provider.route === "gateway" && !form.dirty;
  return (
    <BaseUrlLine
      label={saved ? words.baseUrl.label : words.baseUrl.preview}
      url={saved ? provider.baseUrl : preview.success ? preview.data : null}
      otherwise={words.baseUrl.unknown}
    />
  );
}
