/** Changes of many providers at once: who can be included without a word being typed, and what came of it. */
import { useState } from "react";

import type { GatewayError } from "../../../shared/errors";
import type { GatewayKey } from "../../../shared/gateways";
import type { ProviderView } from "../../../shared/view";
import { fieldsOf, problemsOf, usualOf } from "../form/gateway-draft";
import { useFeedback } from "../ui/feedback";
import type { Change, TypedChoice } from "../data/change";
import { useChange, useKnownGateways, type KnownGateways } from "../data/queries";
import { leftOutWords, remarksOn, uneditable } from "../words/route-words";
import { words } from "../words/words";

/** Many providers behind one gateway. */
export interface RouteAllPlan {
  readonly gateway: GatewayKey & { readonly token?: TypedChoice };
  readonly providers: readonly string[];
}

/**
 * Everybody who is direct and could answer through the usual gateway. Who needs something typed first,
 * has a block for another gateway, has no key or is off in mux is left as it is.
 */
export function planRouteAll(
  providers: readonly ProviderView[],
  known: KnownGateways,
): RouteAllPlan | null {
  const usual = usualOf(known);
  if (usual === null) return null;
  const { accountId, gatewayName } = usual;
  return {
    gateway: { accountId, gatewayName },
    providers: readyFor(providers, { accountId, gatewayName }),
  };
}

/** Everybody who is ready, behind the gateway that the environment names, with its token. */
export function planEnvironment(
  providers: readonly ProviderView[],
  { environmentGateway: environment }: KnownGateways,
): RouteAllPlan | null {
  if (environment === null || !environment.hasToken) return null;
  const { accountId, gatewayName } = environment;
  return {
    gateway: { accountId, gatewayName, token: { from: "environment" } },
    providers: readyFor(providers, { accountId, gatewayName }),
  };
}

function readyFor(providers: readonly ProviderView[], target: GatewayKey): readonly string[] {
  return providers.filter((provider) => isReady(provider, target)).map(({ id }) => id);
}

function isReady(provider: ProviderView, target: GatewayKey): boolean {
  const own = provider.gateway;
  return (
    provider.route === "direct" &&
    provider.unroutable === null &&
    provider.gatewayByHand === null &&
    uneditable(provider) === null &&
    remarksOn(provider).length === 0 &&
    (own === null ||
      (own.accountId === target.accountId && own.gatewayName === target.gatewayName)) &&
    !asksMore(provider, target)
  );
}

/** Whether something other than the gateway's token has to be typed for it. */
function asksMore(provider: ProviderView, target: GatewayKey): boolean {
  const known = { usual: target, gateways: [], environmentGateway: null };
  const { token: _, ...others } = problemsOf(provider, fieldsOf(provider, known, null), known);
  return Object.keys(others).length > 0;
}

/** Those whose block is on. */
export function planDirect(providers: readonly ProviderView[]): readonly string[] {
  return providers
    .filter((provider) => provider.route === "gateway" && uneditable(provider) === null)
    .map(({ id }) => id);
}

/** Those that have a block, on or off. */
export function planRemove(providers: readonly ProviderView[]): readonly string[] {
  return providers
    .filter((provider) => provider.gateway !== null && uneditable(provider) === null)
    .map(({ id }) => id);
}

export interface ChangeOfAll {
  readonly running: boolean;
  /** Why the change was refused, or null. */
  readonly problem: GatewayError | null;
  readonly dismiss: () => void;
  readonly route: (plan: RouteAllPlan) => void;
  readonly direct: (providers: readonly string[]) => void;
  readonly remove: (providers: readonly string[]) => void;
}

/** One call for all of them, and one step for Undo. */
export function useChangeOfAll(providers: readonly ProviderView[]): ChangeOfAll {
  const { changed } = useFeedback();
  const { mutateAsync, isPending, data } = useChange("all");
  const { latest } = useKnownGateways(false);
  const [isProblemShown, showProblem] = useState(false);

  const send = async (change: Change, sentence: (count: number) => string) => {
    const isFirst = change.call === "route" && latest().gateways.length === 0;
    showProblem(false);
    const answer = await mutateAsync(change);
    showProblem(!answer.success);
    if (!answer.success) return;
    const nameOf = (id: string) => providers.find((each) => each.id === id)?.name ?? id;
    const note = [
      ...leftOutWords(answer.leftOut, nameOf),
      ...(isFirst ? [words.changed.logged] : []),
    ];
    changed(sentence(answer.changed.length), {
      steps: answer.steps,
      note: note.length === 0 ? null : note.join(" "),
    });
  };
  return {
    running: isPending,
    problem: isProblemShown && data?.success === false ? data.error : null,
    dismiss: () => {
      showProblem(false);
    },
    route: ({ gateway, providers: ids }) => {
      const routes = ids.map((provider) => ({ provider }));
      void send(
        { call: "route", input: { gateway, providers: routes }, expecting: "shown" },
        (count) => words.routeAll.done(count, gateway.gatewayName),
      );
    },
    direct: (ids) => {
      void send(
        { call: "direct", input: { providers: ids }, expecting: "shown" },
        words.bulk.areDirect,
      );
    },
    remove: (ids) => {
      void send(
        { call: "remove", input: { providers: ids }, expecting: "shown" },
        words.bulk.areRemoved,
      );
    },
  };
}
