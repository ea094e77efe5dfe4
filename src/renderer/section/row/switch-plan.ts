/** What a click on a provider's switch means: a call that can be sent as it is, or a form to fill in. */
import { enableInputOf, fieldsOf, problemsOf } from "../form/gateway-draft";
import type { Change } from "../data/change";
import type { ProviderView, ProvidersView } from "../../../shared/view";

export type SwitchPlan =
  { readonly kind: "send"; readonly change: Change } | { readonly kind: "form" };

/**
 * Switching on takes the provider's own block, active or disabled, and else the usual gateway;
 * where neither is complete, the form has to be filled in first.
 */
export function planSwitch(
  provider: ProviderView,
  usual: ProvidersView["usual"],
  on: boolean,
): SwitchPlan {
  if (!on) {
    return {
      kind: "send",
      change: { call: "disable", input: { provider: provider.id }, expecting: "shown" },
    };
  }
  const fields = fieldsOf(provider, usual, null);
  if (Object.keys(problemsOf(provider, fields)).length > 0) return { kind: "form" };
  return {
    kind: "send",
    change: { call: "enable", input: enableInputOf(provider, fields), expecting: "shown" },
  };
}
