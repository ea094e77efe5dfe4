/** For somebody who has no gateway in the file yet: what there is, and the three steps to the first one. */
import { GATEWAYS_PAGE } from "../../../shared/dashboard";
import type { ProvidersView } from "../../../shared/view";
import { Callout } from "../ui/callout";
import { ExternalLink } from "../ui/external-link";
import { words } from "../words/words";

export function FirstSteps(props: { readonly view: ProvidersView }) {
  const { exists, providers } = props.view;
  const keyless = providers.every(({ keySource }) => keySource === "none");
  return (
    <Callout kind="info" title={exists ? words.first.title : words.missing.title}>
      {exists ? null : <p>{words.missing.text}</p>}
      <ol className="cfgw-steps">
        <li>
          {words.first.gateway}{" "}
          <ExternalLink href={GATEWAYS_PAGE} label={words.section.dashboard} />
        </li>
        <li>{words.first.details}</li>
        <li>{words.first.test}</li>
      </ol>
      {keyless ? <p>{words.first.noKeys}</p> : null}
    </Callout>
  );
}
