/** The offer to fill a form in with the gateway that the environment names. */
import type { ProviderView } from "../../../shared/view";
import { useKnownGateways } from "../data/queries";
import { words } from "../words/words";
import type { GatewayForm } from "./gateway-form-state";
import { targetOf } from "./gateway-draft";

/** Nothing while the form names that gateway already, or its provider has a block of its own. */
export function EnvironmentOffer(props: {
  readonly provider: ProviderView;
  readonly form: GatewayForm;
  readonly disabled: boolean;
}) {
  const { provider, form } = props;
  const { environmentGateway: environment } = useKnownGateways(true).known;
  if (environment === null || provider.gateway !== null) return null;
  const target = targetOf(form.fields);
  const isNamed =
    target.accountId === environment.accountId && target.gatewayName === environment.gatewayName;
  if (isNamed) return null;
  return (
    <div className="cfgw-actions">
      <button
        type="button"
        className="cfgw-button"
        disabled={props.disabled}
        title={words.environment.names(environment.gatewayName)}
        onClick={form.takeEnvironment}
      >
        {words.environment.use}
      </button>
    </div>
  );
}
