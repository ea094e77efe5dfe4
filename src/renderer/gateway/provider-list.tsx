/** All providers: those that can be routed in the file's order, then quietly the others. */
import type { RememberedTest, TestsView } from "../../shared/tests";
import type { ProviderView, ProvidersView } from "../../shared/view";
import { ProviderCard } from "./provider-card";
import { useRememberedTests } from "./queries";
import { TestAllBar } from "./test-all-bar";
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
      {routable.length === 0 ? null : <TestAllBar providers={props.providers} />}
      <ul className="cfgw-list">
        {routable.map((provider) => (
          <ProviderCard
            key={provider.id}
            provider={provider}
            usual={props.usual}
            locked={props.locked}
            last={lastOf(remembered, provider)}
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
              <UnroutableCard
                key={provider.id}
                provider={provider}
                last={lastOf(remembered, provider)}
              />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function lastOf(remembered: TestsView | null, { id }: ProviderView): RememberedTest | null {
  return remembered?.tests.find((test) => test.provider === id) ?? null;
}

/** A provider that is routed in spite of a reason against it keeps its switch, to be switched off. */
function isRoutable(provider: ProviderView): boolean {
  return provider.unroutable === null || provider.route === "gateway";
}
