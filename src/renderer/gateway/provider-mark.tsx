/** The small square that stands for a provider. */
import { initialsOf } from "./route-words";

export function ProviderMark(props: { readonly name: string }) {
  return (
    <span className="cfgw-mark" aria-hidden="true">
      {initialsOf(props.name)}
    </span>
  );
}
