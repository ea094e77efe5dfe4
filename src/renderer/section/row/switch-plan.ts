/** What a click on a provider's switch means: a call that can be sent as it is, or a form to fill in. */
import { changeOf, fieldsOf, inputOf, problemsOf } from "../form/gateway-draft";
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
  const fields = fieldsOf(provider, known, null);
  if (Object.keys(problemsOf(provider, fields, known)).length > 0) return { kind: "form" };
  const input = inputOf(provider, fields);
  return { kind: "send", change: changeOf(provider, input, known, "shown") };
}
