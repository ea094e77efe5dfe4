/** Puts every provider that needs no further word behind the usual gateway, with one click. */
import { useMemo } from "react";

import type { ProviderView } from "../../../shared/view";
import { useKnownGateways } from "../data/queries";
import { useFocusHandedOn } from "../ui/focus-handed-on";
import { planRouteAll, type ChangeOfAll } from "../gateway/route-all";
import { words } from "../words/words";

export function RouteAllButton(props: {
  readonly providers: readonly ProviderView[];
  readonly run: ChangeOfAll;
}) {
  const { providers, run } = props;
  const { known } = useKnownGateways(true);
  const plan = useMemo(() => planRouteAll(providers, known), [providers, known]);
  // One is its own switch; while it runs, the button stays for the focus.
  if (plan === null || (plan.providers.length < 2 && !run.running)) return null;
  return (
    <Button
      running={run.running}
      count={plan.providers.length}
      title={words.routeAll.why(plan.gateway.gatewayName)}
      onStart={() => {
        run.route(plan);
      }}
    />
  );
}

/** Apart, for it goes when there is nothing left to route. */
function Button(props: {
  readonly running: boolean;
  readonly count: number;
  readonly title: string;
  readonly onStart: () => void;
}) {
  const { running } = props;
  const button = useFocusHandedOn(({ nextElementSibling }) => nextElementSibling);
  return (
    <button
      ref={button}
      type="button"
      className="cfgw-button"
      aria-disabled={running}
      title={props.title}
      onClick={() => {
        if (!running) props.onStart();
      }}
    >
      {running ? words.routeAll.running : words.routeAll.start(props.count)}
    </button>
  );
}
