/** A provider that cannot use a gateway: the reason, and a test where it has a host. */
import { memo, useId } from "react";

import type { RememberedTest } from "../../../shared/tests";
import type { ProviderView } from "../../../shared/view";
import { TestBadge } from "../test/test-badge";
import { TestButton } from "../test/test-button";
import { useTestRun, type TestRun } from "../test/test-run";
import { ProviderMark } from "../ui/provider-mark";
import { useRowOpener } from "../ui/row-openers";
import { routeWords, shownRoute } from "../words/route-words";
import { DetailsOnDemand } from "./details-on-demand";
import { useRowOpening } from "./row-opening";

export const UnroutableCard = memo(function UnroutableCard(props: {
  readonly provider: ProviderView;
  readonly hidden: boolean;
  /** The last test of the route in use, or null. */
  readonly last: RememberedTest | null;
}) {
  const { provider } = props;
  const id = useId();
  const run = useTestRun(provider, props.last);
  const opening = useRowOpening(provider.id);
  useRowOpener(provider.id, () => opening.openAt("test"));
  const test: TestRun = {
    ...run,
    start: (...choice) => {
      opening.open("test");
      run.start(...choice);
    },
  };
  const testable = provider.inFile && provider.baseUrl !== null;
  return (
    <li
      className="cfgw-card cfgw-card-quiet"
      hidden={props.hidden}
      data-open={opening.tab !== null}
      data-leak={provider.leak !== null}
      aria-labelledby={`${id}-name`}
    >
      <div className="cfgw-head">
        <ProviderMark provider={provider} />
        <h3 className="cfgw-heading">
          <span className="cfgw-name" id={`${id}-name`} dir="auto">
            {provider.name}
          </span>
        </h3>
        <p className="cfgw-route cfgw-reason">{routeWords(provider, shownRoute(provider, null))}</p>
        {testable ? (
          <>
            <TestButton name={provider.name} run={test} model={undefined} />
            <TestBadge
              test={test.badge}
              isTestable={false}
              onOpen={() => {
                if (opening.tab === null) opening.openAt("test");
                else opening.close();
              }}
            />
          </>
        ) : null}
      </div>
      {opening.tab === null ? null : (
        <DetailsOnDemand
          provider={provider}
          rowId={test.buttonId}
          opening={opening}
          test={{ provider, run: test, model: undefined, lastSaved: null }}
          settings={null}
        />
      )}
    </li>
  );
});
