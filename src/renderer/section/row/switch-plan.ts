/** Plans a change of a route: a call that can be sent at once, or a form to fill in first. */
import type { GatewayChoice } from "../form/gateway-choice";
import { changeOf, inputOf } from "../form/form-changes";
import { fieldsOf, namesOf, problemsOf, type Fields } from "../form/gateway-draft";
import type { Change } from "../data/change";
import type { KnownGateways } from "../data/queries";
import type { ProviderView } from "../../../shared/view";

export type SwitchPlan =
  { readonly kind: "send"; readonly change: Change } | { readonly kind: "form" };

/**
 * Switching on takes the provider's own block, active or disabled, and else the usual gateway; where
 * neither is complete, or the gateway's token is not known, the form has to be filled in first.
 */
export function planSwitch(provider: ProviderView, known: KnownGateways, on: boolean): SwitchPlan {
  if (!on) {
    return {
      kind: "send",
      change: { call: "disable", input: { provider: provider.id }, expecting: "shown" },
    };
  }
  return planWith(provider, fieldsOf(provider, known, null), known);
}

/** Choosing a known gateway keeps the provider's segment. */
export function planGateway(
  provider: ProviderView,
  known: KnownGateways,
  choice: GatewayChoice,
): SwitchPlan {
  const hasToken = choice.kind === "environment" && choice.hasToken;
  const token = hasToken ? ({ from: "environment" } as const) : undefined;
  const fields = { ...fieldsOf(provider, known, null), ...namesOf(choice.key), token };
  return planWith(provider, fields, known);
}

function planWith(provider: ProviderView, fields: Fields, known: KnownGateways): SwitchPlan {
  if (Object.keys(problemsOf(provider, fields, known)).length > 0) return { kind: "form" };
  const input = inputOf(provider, fields);
  return { kind: "send", change: changeOf(provider, input, known, "shown") };
}
