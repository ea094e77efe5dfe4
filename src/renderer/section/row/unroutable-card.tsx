/** A provider that cannot go through the gateway: quiet, with the reason, and testable where it has a host. */
import { memo, useId } from "react";

import type { RememberedTest } from "../../../shared/tests";
import type { ProviderView } from "../../../shared/view";
import { ProviderMark } from "../ui/provider-mark";
import { routeWords, shownRoute } from "../words/route-words";
import { TestBadge } from "../test/test-badge";
import { TestButton } from "../test/test-button";
import { TestPanel } from "../test/test-panel";
import { useRowOpener } from "../ui/row-openers";
import { useTestRun } from "../test/test-run";

export const UnroutableCard = memo(function UnroutableCard(props: {
  readonly provider: ProviderView;
  readonly hidden: boolean;
  /** The last test over the saved route, or null. */
  readonly last: RememberedTest | null;
}) {
  const { provider } = props;
  const id = useId();
  const run = useTestRun(provider, props.last);
  useRowOpener(provider.id, run.reveal);
  const testable = provider.inFile && provider.baseUrl !== null;
  return (
    <li
      className="cfgw-card cfgw-card-quiet"
      hidden={props.hidden}
      data-leak={provider.leak !== null}
      aria-labelledby={`${id}-name`}
    >
      <div className="cfgw-head">
        <div className="cfgw-lead">
          <ProviderMark provider={provider} />
          <div className="cfgw-names">
            <h3 className="cfgw-name" id={`${id}-name`} dir="auto">
              {provider.name}
            </h3>
            <p className="cfgw-route">{routeWords(provider, shownRoute(provider, null))}</p>
          </div>
          {testable ? <TestBadge run={run} /> : null}
        </div>
        {testable ? <TestButton name={provider.name} run={run} model={undefined} /> : null}
      </div>
      <TestPanel provider={provider} run={run} model={undefined} />
    </li>
  );
});
