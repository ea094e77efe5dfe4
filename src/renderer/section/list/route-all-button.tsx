/** Sends every provider that needs no further word through the usual gateway, with one click. */
import { useMemo } from "react";

import type { ProviderView, ProvidersView } from "../../../shared/view";
import { useFocusHandedOn } from "../ui/focus-handed-on";
import { planRouteAll, type RouteAll } from "./route-all";
import { words } from "../words/words";

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
    <Button
      running={run.running}
      count={changes.length}
      title={words.routeAll.why(usual.gatewayName)}
      onStart={() => {
        run.start(changes);
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
