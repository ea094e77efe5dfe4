/** All providers: those that can be routed in the file's order, then quietly the others. */
import { useMemo, useState } from "react";

import type { RememberedTest, TestsView } from "../../../shared/tests";
import type { ProviderView } from "../../../shared/view";
import { Callout } from "../ui/callout";
import { commonNotices } from "../words/common-notice";
import { useGradually } from "./gradually";
import { ProviderCard } from "../row/provider-card";
import { FILTER_FROM, matches, ProviderFilter } from "./provider-filter";
import { useLostRows } from "./lost-rows";
import { useRememberedTests } from "../data/tests";
import { BulkActions } from "./bulk-actions";
import type { ChangeOfAll } from "../gateway/route-all";
import { RouteAllButton } from "./route-all-button";
import { TestAllBar } from "../test/test-all-bar";
import { UnroutableCard } from "../row/unroutable-card";
import { words } from "../words/words";

export function ProviderList(props: {
  readonly providers: readonly ProviderView[];
  /** Whether they are all that the file has: it could be read to its end. */
  readonly isWhole: boolean;
  /** Why nothing can be written now, or null. */
  readonly locked: string | null;
  readonly run: ChangeOfAll;
}) {
  const remembered = useRememberedTests();
  const { run } = props;
  const [filter, setFilter] = useState("");
  const isShown = (provider: ProviderView) => matches(provider, filter);
  const routable = useMemo(() => props.providers.filter(isRoutable), [props.providers]);
  const lost = useLostRows(routable, props.isWhole);
  const others = props.providers.filter((provider) => !isRoutable(provider));
  const common = useMemo(() => commonNotices(props.providers), [props.providers]);
  const drawn = useGradually(props.providers.length);
  // From the top down, so that nothing that is on screen moves.
  const drawnOthers = others.slice(0, Math.max(0, drawn - routable.length));
  return (
    <>
      {routable.length === 0 ? null : (
        <TestAllBar providers={props.providers}>
          {props.locked === null ? <RouteAllButton providers={props.providers} run={run} /> : null}
        </TestAllBar>
      )}
      {props.providers.length < FILTER_FROM && filter === "" ? null : (
        <ProviderFilter
          text={filter}
          shown={props.providers.filter(isShown).length}
          all={props.providers.length}
          onChange={setFilter}
        />
      )}
      {common.map(({ message, names }) => (
        <Callout key={message} kind="warning" title={words.common.concerns(names)}>
          <p>{message}</p>
        </Callout>
      ))}
      {props.providers.length > 0 ? null : <p className="cfgw-quiet">{words.section.none}</p>}
      <ul className="cfgw-list">
        {[...routable.slice(0, drawn), ...lost].map((provider) => (
          <ProviderCard
            key={provider.id}
            provider={provider}
            hidden={lost.includes(provider) || !isShown(provider)}
            locked={props.locked}
            last={lastOf(remembered, provider)}
            lastModel={
              remembered?.models.find((last) => last.provider === provider.id)?.model ?? null
            }
          />
        ))}
      </ul>
      {props.locked === null ? <BulkActions providers={props.providers} run={run} /> : null}
      {drawnOthers.length === 0 ? null : (
        <div hidden={!others.some(isShown)}>
          <h2 className="cfgw-group">{words.section.unroutable}</h2>
          <ul className="cfgw-list cfgw-list-quiet">
            {drawnOthers.map((provider) => (
              <UnroutableCard
                key={provider.id}
                provider={provider}
                hidden={!isShown(provider)}
                last={lastOf(remembered, provider)}
              />
            ))}
          </ul>
        </div>
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
