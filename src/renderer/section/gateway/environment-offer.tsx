/** In the form for a new gateway: the one that the environment names, with one click. */
import type { ProvidersView } from "../../../shared/view";
import { formTexts } from "../words/form-texts";
import { words } from "../words/words";
import { planEnvironment, routeChange, useBulkChange } from "./route-all";

/** One click for a user whose environment names a gateway and its token. */
export function EnvironmentOffer(props: {
  readonly view: ProvidersView;
  readonly locked: boolean;
  readonly promptsChoice: boolean | undefined;
}) {
  const { view, locked, promptsChoice } = props;
  const change = useBulkChange(view.providers);
  const plan = planEnvironment(view.providers, view, view.mirror.on);
  if (plan === null || plan.providers.length === 0) {
    return view.environmentGateway === null ? null : (
      <p className="cfgw-hint">{formTexts.newGateway.environmentNames}</p>
    );
  }
  return (
    <div className="cfgw-actions">
      <button
        type="button"
        className="cfgw-button cfgw-primary"
        title={formTexts.newGateway.fromEnvironmentWhy}
        disabled={locked}
        aria-disabled={change.running}
        onClick={() => {
          if (change.running) return;
          const chosen = promptsChoice === undefined ? {} : { storePrompts: promptsChoice };
          const gateway = { ...plan.gateway, ...chosen };
          void change.send(routeChange({ ...plan, gateway }), (count) =>
            words.routeAll.done(count, plan.gateway.gatewayName),
          );
        }}
      >
        {formTexts.newGateway.fromEnvironment(plan.gateway.gatewayName, plan.providers.length)}
      </button>
      {change.problem === null ? null : <p className="cfgw-problem">{change.problem.message}</p>}
    </div>
  );
}
