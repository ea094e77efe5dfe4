/** What a person must know of the file before the switches make sense. */
import type { ProvidersView } from "../../../shared/view";
import { Callout } from "../ui/callout";
import { words } from "../words/words";

export function FileState(props: { readonly view: ProvidersView }) {
  const { otherFile, warnings } = props.view;
  return (
    <>
      {warnings.map(({ code, message }) => (
        <Callout key={code} kind="warning" title={words.warnings[code]}>
          <p>{message}</p>
        </Callout>
      ))}
      {otherFile === null ? null : (
        <Callout kind="warning" title={words.otherHome.title}>
          <p>
            {words.otherHome.text} <code className="cfgw-code">{otherFile}</code>
          </p>
        </Callout>
      )}
      <Shown {...props} />
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
  return null;
}
