/** The list of keyboard shortcuts. */
import { words } from "../words/words";

/** On a Mac, undo uses the Command key instead of Ctrl. */
function undoKeys(): readonly string[] {
  return [navigator.userAgent.includes("Mac") ? "⌘" : "Ctrl", "Z"];
}

export function ShortcutList() {
  return (
    <dl className="cfgw-keys">
      <Shortcut keys={["/"]} does={words.help.filter} />
      <Shortcut keys={["T"]} does={words.help.test} />
      <Shortcut keys={["Shift", "T"]} does={words.help.testAll} />
      <Shortcut keys={["Enter"]} does={words.help.enter} />
      <Shortcut keys={["Esc"]} does={words.help.escape} />
      <Shortcut keys={undoKeys()} does={words.help.undo} />
      <Shortcut keys={["?"]} does={words.help.help} />
    </dl>
  );
}

function Shortcut(props: { readonly keys: readonly string[]; readonly does: string }) {
  return (
    <div>
      <dt>
        {props.keys.map((key) => (
          <kbd key={key} className="cfgw-key">
            {key}
          </kbd>
        ))}
      </dt>
      <dd>{props.does}</dd>
    </div>
  );
}
