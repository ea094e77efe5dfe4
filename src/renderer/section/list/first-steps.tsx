/** For somebody who has no gateway in the file yet: what there is, and the three steps to the first one. */
import { GATEWAYS_PAGE } from "../../../shared/dashboard";
import type { ProvidersView } from "../../../shared/view";
import { Callout } from "../ui/callout";
import { ExternalLink } from "../ui/external-link";
import { useFocusHandedOn } from "../ui/focus-handed-on";
import { planEnvironment, type ChangeOfAll } from "../gateway/route-all";
import { words } from "../words/words";

export function FirstSteps(props: { readonly view: ProvidersView; readonly run: ChangeOfAll }) {
  const { exists, providers } = props.view;
  const keyless = providers.every(({ keySource }) => keySource === "none");
  return (
    <Callout kind="info" title={exists ? words.first.title : words.missing.title}>
      {exists ? null : <p>{words.missing.text}</p>}
      <ol className="cfgw-steps">
        <li>
          {words.first.gateway}{" "}
          <ExternalLink href={GATEWAYS_PAGE} label={words.section.dashboard} />
        </li>
        <li>{words.first.details}</li>
        <li>{words.first.test}</li>
      </ol>
      <EnvironmentButton {...props} />
      {keyless ? <p>{words.first.noKeys}</p> : null}
    </Callout>
  );
}

/** One click for somebody whose environment names a gateway and its token. */
function EnvironmentButton(props: { readonly view: ProvidersView; readonly run: ChangeOfAll }) {
  const { view, run } = props;
  const button = useFocusHandedOn((own) => own.closest(".cfgw")?.querySelector(".cfgw-title"));
  const plan = planEnvironment(view.providers, view);
  if (plan === null || plan.providers.length === 0) return null;
  return (
    <>
      <p>{words.environment.offer(plan.gateway.gatewayName, plan.providers.length)}</p>
      <button
        ref={button}
        type="button"
        className="cfgw-button cfgw-primary"
        aria-disabled={run.running}
        onClick={() => {
          if (!run.running) run.route(plan);
        }}
      >
        {words.environment.use}
      </button>
    </>
  );
}
