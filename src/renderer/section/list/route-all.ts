/** "Route all": which providers can be switched on without a word being typed, and the way to do it. */
import { useState } from "react";

import type { GatewayError } from "../../../shared/errors";
import type { ProviderView, ProvidersView } from "../../../shared/view";
import { useFeedback } from "../ui/feedback";
import type { Change } from "../data/change";
import { useChange } from "../data/queries";
import { remarksOn, uneditable } from "../words/route-words";
import { planSwitch } from "../row/switch-plan";
import { words } from "../words/words";

/**
 * The changes that switch on everybody who is direct and could answer through the usual gateway.
 * Who needs something typed first, has no key or is off in mux is left as it is.
 */
export function planRouteAll(
  providers: readonly ProviderView[],
  usual: ProvidersView["usual"],
): readonly Change[] {
  if (usual === null) return [];
  return providers.filter(isReady).flatMap((provider) => {
    const plan = planSwitch(provider, usual, true);
    return plan.kind === "send" ? [plan.change] : [];
  });
}

function isReady(provider: ProviderView): boolean {
  return (
    provider.route === "direct" &&
    provider.unroutable === null &&
    provider.gatewayByHand === null &&
    uneditable(provider) === null &&
    remarksOn(provider).length === 0
  );
}

export interface RouteAll {
  readonly running: boolean;
  /** Why the first change that was refused was; the others before it stand. */
  readonly problem: GatewayError | null;
  readonly start: (changes: readonly Change[]) => void;
}

/** One change after the other, and one Undo for all of them. */
export function useRouteAll(): RouteAll {
  const { changed } = useFeedback();
  const { mutateAsync } = useChange("route all");
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<GatewayError | null>(null);

  const routeAll = async (changes: readonly Change[]) => {
    setRunning(true);
    setProblem(null);
    let done = 0;
    let steps = 0;
    for (const change of changes) {
      const answer = await mutateAsync(change);
      if (!answer.success) {
        setProblem(answer.error);
        break;
      }
      done += 1;
      steps += answer.steps;
    }
    setRunning(false);
    if (done > 0) changed(words.routeAll.done(done), { steps });
  };
  return {
    running,
    problem,
    start: (changes) => {
      void routeAll(changes);
    },
  };
}
