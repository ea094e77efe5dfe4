/** What a person must know of the file before the switches make sense. */
import type { ProvidersView } from "../../shared/view";
import { Callout } from "./callout";
import { words } from "./words";

export function FileState(props: { readonly view: ProvidersView }) {
  const { otherFile } = props.view;
  return (
    <>
      {otherFile === null ? null : (
        <Callout kind="warning" title={words.otherHome.title}>
          <p>
            {words.otherHome.text} <code className="cfgw-code">{otherFile}</code>
          </p>
        </Callout>
      )}
      <Shown view={props.view} />
    </>
  );
}

function Shown(props: { readonly view: ProvidersView }) {
  const { view } = props;
  if (view.problem !== null) {
    return (
      <Callout kind="error" title={words.broken.title} urgent>
        <p>{view.problem.message}</p>
        <p>{words.broken.text}</p>
      </Callout>
    );
  }
  if (!view.exists) {
    return (
      <Callout kind="info" title={words.missing.title}>
        <p>{words.missing.text}</p>
      </Callout>
    );
  }
  const fresh = view.providers.every((provider) => provider.gateway === null);
  if (!fresh) return null;
  return (
    <Callout kind="info" title={words.first.title}>
      <p>{words.first.text}</p>
    </Callout>
  );
}
