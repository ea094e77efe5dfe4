/** For a key of another host: whose it is, and the one click that says it is the provider's own. */
import type { ProviderView } from "../../../shared/view";
import { Callout } from "../ui/callout";
import { usualSegmentOf } from "../words/segments";
import { formTexts } from "../words/form-texts";
import type { GatewayForm } from "./gateway-form-state";
import { proposedDomain } from "./proposed-domain";

export function KeyHostBox(props: {
  readonly provider: ProviderView;
  /** The host that the key belongs to. */
  readonly host: string;
  readonly form: GatewayForm;
  readonly disabled: boolean;
}) {
  const { provider, host, form } = props;
  const usual = usualSegmentOf(provider);
  const segment = form.fields.segment.trim();
  const domain = proposedDomain(provider.directBaseUrl ?? "");
  const isSentNow = provider.route === "gateway" && (provider.gateway?.segment ?? null) === null;
  return (
    <Callout kind={segment === "" ? "warning" : "info"} title={formTexts.keyHost.title(host)}>
      <p>
        {isSentNow
          ? formTexts.keyHost.routed(provider.name)
          : formTexts.keyHost.text(provider.name)}
      </p>
      {usual === null ? null : (
        <label className="cfgw-check">
          <input
            type="checkbox"
            checked={segment === usual}
            disabled={props.disabled}
            onChange={(event) => {
              form.type({ segment: event.target.checked ? usual : "" });
            }}
          />
          <span>
            {formTexts.keyHost.confirm(provider.name)}{" "}
            <span className="cfgw-hint">{formTexts.keyHost.confirmHint(usual)}</span>
          </span>
        </label>
      )}
      {domain === null || form.fields.host === domain.host ? null : (
        <button
          type="button"
          className="cfgw-button"
          disabled={props.disabled}
          onClick={() => {
            form.choose(null);
            form.type(domain);
          }}
        >
          {formTexts.keyHost.isDomain}
        </button>
      )}
    </Callout>
  );
}
