/** The sentence that announces the change of one provider. */
import { assertNever } from "../../../shared/assert-never";
import type { ProviderView } from "../../../shared/view";
import type { Change } from "../data/change";
import { words } from "../words/words";

/** `now`: the provider after the change. `others`: how many more were changed with it. */
export function changeSentence(
  change: Change,
  provider: ProviderView,
  now: ProviderView | undefined,
  others: number,
): string {
  const gateway = now?.gateway?.gatewayName ?? "";
  switch (change.call) {
    case "enable":
    case "route":
      return provider.route === "gateway"
        ? words.changed.saved(provider.name, gateway)
        : words.changed.on(provider.name, gateway);
    case "updateGateway":
      return words.changed.followed(provider.name, others, gateway);
    case "disable":
    case "direct":
      return now?.gatewayByHand
        ? words.changed.offByHand(provider.name, now.gatewayByHand.gatewayName)
        : words.changed.off(provider.name);
    case "forget":
    case "remove":
      return words.changed.forgotten(provider.name);
    case "fix":
      return words.changed.fixed(provider.name);
    case "confirmDomain":
      return words.domain.confirmed(change.input.host);
    case "setMirror":
      return change.input.on ? words.mirror.isOn : words.mirror.isOff;
    case "undo":
      return words.undone.sentence([], () => "");
    default:
      return assertNever(change);
  }
}
