/** Sends every provider that needs no further word through the usual gateway, with one click. */
import { useMemo } from "react";

import type { ProviderView, ProvidersView } from "../../shared/view";
import { planRouteAll, type RouteAll } from "./route-all";
import { words } from "./words";

export function RouteAllButton(props: {
  readonly providers: readonly ProviderView[];
  readonly usual: ProvidersView["usual"];
  readonly run: RouteAll;
}) {
  const { providers, usual, run } = props;
  const changes = useMemo(() => planRouteAll(providers, usual), [providers, usual]);
  // One is its own switch; while it runs, the button stays for the focus.
  if (usual === null || (changes.length < 2 && !run.running)) return null;
  return (
    <button
      type="button"
      className="cfgw-button"
      aria-disabled={run.running}
      title={words.routeAll.why(usual.gatewayName)}
      onClick={() => {
        if (!run.running) run.start(changes);
      }}
    >
      {run.running ? words.routeAll.running : words.routeAll.start(changes.length)}
    </button>
  );
}
