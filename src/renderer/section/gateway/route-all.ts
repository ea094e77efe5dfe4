/** Changes of many providers at once: which ones need no typed details, and how the change is sent. */
import { useState } from "react";

import type { GatewayError } from "../../../shared/errors";
import { isSameGateway, keyOfGateway, type GatewayKey } from "../../../shared/gateways";
import type { ProviderView } from "../../../shared/view";
import { fieldsOf, problemsOf, usualOf } from "../form/gateway-draft";
import { gatewayAt } from "../form/token-situation";
import { useFeedback } from "../ui/feedback";
import type { Change, TypedChoice } from "../data/change";
import { useChange, type KnownGateways } from "../data/queries";
import { leftOutWords, remarksOn, uneditable } from "../words/route-words";
import { words } from "../words/words";

/** Many providers behind one gateway. */
export interface RouteAllPlan {
  readonly gateway: GatewayKey & {
    readonly token?: TypedChoice;
    readonly storePrompts?: boolean;
  };
  readonly providers: readonly string[];
}

/**
 * All direct providers that can use the usual gateway. Leaves out those that need typed details first,
 * have a block for another gateway, have no key, or are off in mux. `mirrors`: whether compatibility
 * fields are written.
 */
export function planRouteAll(
  providers: readonly ProviderView[],
  known: KnownGateways,
  mirrors: boolean,
): RouteAllPlan | null {
  const usual = usualOf(known);
  if (usual === null) return null;
  const gateway = keyOfGateway(usual);
  const isOpen = gatewayAt(known.gateways, usual)?.token === "open";
  return { gateway, providers: readyFor(takingToken(providers, mirrors || isOpen), gateway) };
}

/** All ready providers behind the gateway that the environment names, with its token. */
export function planEnvironment(
  providers: readonly ProviderView[],
  { environmentGateway: environment }: KnownGateways,
  mirrors: boolean,
): RouteAllPlan | null {
  if (environment === null || !environment.hasToken) return null;
  const { accountId, gatewayName } = environment;
  return {
    gateway: { accountId, gatewayName, token: { from: "environment" } },
    providers: readyFor(takingToken(providers, mirrors), { accountId, gatewayName }),
  };
}

/**
 * The providers without OpenRouter, whose token can only be in a compatibility field; all of them
 * where it can, or where the gateway is open.
 */
function takingToken(
  providers: readonly ProviderView[],
  takesAll: boolean,
): readonly ProviderView[] {
  if (takesAll) return providers;
  return providers.filter(({ id, kind }) => id !== "openrouter" || kind !== "built-in");
}

/** A provider that a new gateway can be given to. */
export interface Candidate {
  readonly provider: ProviderView;
  /** The gateway that it uses or that its disabled block names; null for none. */
  readonly uses: string | null;
}

/** A valid gateway, to find out which providers need more than its names and token. */
const ANY_GATEWAY = { accountId: "0".repeat(32), gatewayName: "any" } as const;

/**
 * The providers that can use a new gateway without other typed details. `takesAll`: compatibility
 * fields are written, or the gateway is open.
 */
export function candidatesForNew(
  providers: readonly ProviderView[],
  takesAll: boolean,
): readonly Candidate[] {
  return takingToken(providers, takesAll).flatMap((provider): readonly Candidate[] => {
    const uses = provider.gateway?.gatewayName ?? null;
    const bare: ProviderView = { ...provider, route: "direct", gateway: null };
    return readyFor([bare], ANY_GATEWAY).length === 0 ? [] : [{ provider, uses }];
  });
}

/** The providers that can use a gateway without any typed details. */
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
    (own === null || isSameGateway(own, target)) &&
    !asksMore(provider, target)
  );
}

/** Whether a detail other than the gateway's token must be typed for it. */
function asksMore(provider: ProviderView, target: GatewayKey): boolean {
  const known = { usual: target, gateways: [], environmentGateway: null };
  const { token: _, ...others } = problemsOf(provider, fieldsOf(provider, known, null), known);
  return Object.keys(others).length > 0;
}

/** The providers whose block is on. */
export function planDirect(providers: readonly ProviderView[]): readonly string[] {
  return providers
    .filter((provider) => provider.route === "gateway" && uneditable(provider) === null)
    .map(({ id }) => id);
}

/** The providers with a block, on or off. */
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
  readonly update: (change: Change, sentence: (count: number) => string) => void;
}

/** Sends changes of many providers, each with one call and one step for Undo. */
export function useChangeOfAll(providers: readonly ProviderView[]): ChangeOfAll {
  const { running, problem, send, dismiss } = useBulkChange(providers);
  const update = (change: Change, sentence: (count: number) => string) => {
    void send(change, sentence);
  };
  return {
    running,
    problem,
    dismiss,
    update,
    route: (plan) => {
      update(routeChange(plan), (count) => words.routeAll.done(count, plan.gateway.gatewayName));
    },
    direct: (ids) => {
      const input = { providers: ids };
      update({ call: "direct", input, expecting: "shown" }, words.bulk.areDirect);
    },
    remove: (ids) => {
      const input = { providers: ids };
      update({ call: "remove", input, expecting: "shown" }, words.bulk.areRemoved);
    },
  };
}

/** The change that routes the providers of a plan. */
export function routeChange({ gateway, providers }: RouteAllPlan): Change {
  const routes = providers.map((provider) => ({ provider }));
  return { call: "route", input: { gateway, providers: routes }, expecting: "shown" };
}

export interface BulkChange {
  readonly running: boolean;
  readonly problem: GatewayError | null;
  readonly dismiss: () => void;
  /** Resolves with the number of changed providers, or null when the change was refused. */
  readonly send: (change: Change, sentence: (count: number) => string) => Promise<number | null>;
}

/** Sends one change at a time, and reports the result with an Undo button. */
export function useBulkChange(providers: readonly ProviderView[]): BulkChange {
  const { changed } = useFeedback();
  const { mutateAsync, isPending, data } = useChange("all");
  const [isProblemShown, showProblem] = useState(false);
  return {
    running: isPending,
    problem: isProblemShown && data?.success === false ? data.error : null,
    dismiss: () => {
      showProblem(false);
    },
    send: async (change, sentence) => {
      showProblem(false);
      const answer = await mutateAsync(change);
      showProblem(!answer.success);
      if (!answer.success) return null;
      const nameOf = (id: string) => providers.find((each) => each.id === id)?.name ?? id;
      const note = leftOutWords(answer.leftOut, nameOf);
      const count = answer.changed.length;
      changed(count === 0 ? words.bulk.unchanged : sentence(count), {
        steps: answer.steps,
        note: note.length === 0 ? null : note.join(" "),
      });
      return count;
    },
  };
}
