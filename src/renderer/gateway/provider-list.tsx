/** All providers: those that can be routed in the file's order, then quietly the others. */
import type { ProviderView, ProvidersView } from "../../shared/view";
import { ProviderCard } from "./provider-card";
import { useRememberedTests } from "./queries";
import { UnroutableCard } from "./unroutable-card";
import { words } from "./words";

export function ProviderList(props: {
  readonly providers: readonly ProviderView[];
  readonly usual: ProvidersView["usual"];
  readonly locked: string | null;
}) {
  const remembered = useRememberedTests();
  const routable = props.providers.filter(isRoutable);
  const others = props.providers.filter((provider) => !isRoutable(provider));
  return (
    <>
      {routable.length === 0 ? null : <h2 className="cfgw-group">{words.section.list}</h2>}
      <ul className="cfgw-list">
        {routable.map((provider) => (
          <ProviderCard
            key={provider.id}
            provider={provider}
            usual={props.usual}
            locked={props.locked}
            last={remembered?.tests.find((test) => test.provider === provider.id) ?? null}
            lastModel={
              remembered?.models.find((last) => last.provider === provider.id)?.model ?? null
            }
          />
        ))}
      </ul>
      {others.length === 0 ? null : (
        <>
          <h2 className="cfgw-group">{words.section.unroutable}</h2>
          <ul className="cfgw-list cfgw-list-quiet">
            {others.map((provider) => (
              <UnroutableCard key={provider.id} provider={provider} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** A provider that is routed in spite of a reason against it keeps its switch, to be switched off. */
function isRoutable(provider: ProviderView): boolean {
  return provider.unroutable === null || provider.route === "gateway";
}
