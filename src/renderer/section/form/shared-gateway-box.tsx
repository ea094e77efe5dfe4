/** The offer to take the other providers of a gateway along, while one of them is given another. */
import type { ProviderView } from "../../../shared/view";
import type { GatewayForm } from "./gateway-form-state";
import { useSharers } from "./sharers";
import { words } from "../words/words";

export function SharedGatewayBox(props: {
  readonly provider: ProviderView;
  readonly form: GatewayForm;
  readonly disabled: boolean;
}) {
  const { form } = props;
  const sharers = useSharers(props.provider);
  if (sharers.length === 0) return null;
  const names = new Intl.ListFormat("en").format(sharers.map(({ name }) => name));
  return (
    <label className="cfgw-check" title={names}>
      <input
        type="checkbox"
        checked={form.takesAlong}
        disabled={props.disabled}
        onChange={(event) => {
          form.takeAlong(event.target.checked);
        }}
      />
      <span>
        {words.form.others(sharers.length, props.provider.gateway?.gatewayName ?? "")}
        {form.token === undefined ? (
          <span className="cfgw-hint"> {words.form.othersHint}</span>
        ) : null}
      </span>
    </label>
  );
}
